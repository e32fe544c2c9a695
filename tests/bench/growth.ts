/** P12: what an act costs as the work grows: more cards, more steps, more people, in every kind of activity that there is. */
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { Cores } from './cores.ts'
import type { Grown } from './growing.ts'
import { GROWING, hasCards } from './growing-kinds.ts'
import type { Figures, Measure, Size } from './measure.ts'
import { count, ms, table } from './words.ts'

const GROWING_FILE = fileURLToPath(new URL('./growing.ts', import.meta.url))
const run = promisify(execFile)
/** While one thing grows, the others stay. Ten thousand cards are a thousand people's: no plan allows one person more than twelve. */
const STAY = { cards: { steps: 1, people: 1_000 }, steps: { cards: 100, people: 200 }, people: { cards: 100, steps: 1 } }
const AXES = { cards: [100, 1_000, 10_000], steps: [10, 30, 100], people: [100, 1_000, 5_000] } as const
type Axis = keyof typeof AXES
/** In a quick run: enough to see that it works. */
const QUICK: Record<Axis, string> = { cards: 'board, named', steps: 'moments', people: 'moments' }

export const GROWTH: Measure = {
  name: 'growth',
  rows: ['P12'],
  runs: { quick: 1, full: 1 },
  async measure(cores, size, say) {
    const figures: Figures = {}
    let refused = 0
    for (const axis of Object.keys(AXES) as Axis[]) {
      for (const which of worksOf(axis, size)) {
        say(`more ${axis}: ${which}`)
        for (const value of sizesOf(axis, size)) {
          const grown = await sized(cores, which, axis, value)
          figures[`${axis}/${which}/${value}`] = grown.cpu
          refused += grown.refused
        }
        figures[`${axis}/${which}/exponent`] = slope(sizesOf(axis, size).map((value) => [value, figures[`${axis}/${which}/${value}`] ?? NaN]))
      }
    }
    return { ...figures, refused }
  },
  lines(figures, size) {
    const said = (axis: Axis) => {
      const { which, exponent } = worstOf(figures, axis, size)
      const sizes = sizesOf(axis, size).map((value) => count(value)).join(', ')
      return { value: exponent, product: `${which}: ${sizesOf(axis, size).map((value) => ms(figures[`${axis}/${which}/${value}`])).join(', ')} at ${sizes}` }
    }
    return { 'P12 cards': said('cards'), 'P12 steps': said('steps'), 'P12 people': said('people') }
  },
  section(figures, size) {
    return `## As the work grows

Processor time of one act (all threads of a process that holds one room and nothing else): the command is parsed, decided, folded, committed to
a log in memory; every view that it touches is made anew, compared and encoded. No sockets and no disk, which do not grow. Each act is
a flush of its own, as in a calm room: a busy one shares the views of a window among all that was done in it. While one thing grows,
the others stay: cards grow among ${count(STAY.cards.people)} people in one step, steps with ${STAY.steps.people} people and ${STAY.steps.cards} cards, people with ${STAY.people.cards} cards in one
step. The exponent is the slope of log CPU over log size: 0 is flat, 1 grows with the work.
${figures['refused'] === 0 ? 'No act was refused.' : `${figures['refused']} acts were refused: do not trust these figures.`}

${(Object.keys(AXES) as Axis[]).map((axis) => tableOf(figures, axis, size)).join('\n\n')}
`
  },
}

function worksOf(axis: Axis, size: Size): string[] {
  return Object.entries(GROWING).flatMap(([which, growing]) => ((axis === 'cards' && (!hasCards(growing) || growing.oneCard === true)) || (size === 'quick' && QUICK[axis] !== which) ? [] : [which]))
}

function sizesOf(axis: Axis, size: Size): readonly number[] {
  return size === 'quick' ? AXES[axis].slice(0, 2) : AXES[axis]
}

async function sized(cores: Cores, which: string, axis: Axis, value: number): Promise<Grown> {
  const { cards, steps, people } = { ...STAY[axis], [axis]: value } as Record<Axis, number>
  const command = [...(cores.server === undefined ? [] : ['taskset', '-c', cores.server]), process.execPath, GROWING_FILE, which, String(cards), String(steps), String(people)]
  const { stdout } = await run(command[0] as string, command.slice(1))
  return JSON.parse(stdout) as Grown
}

/** Least squares through the logarithms. */
export function slope(points: readonly (readonly [size: number, cost: number])[]): number {
  const logs = points.map(([size, cost]) => [Math.log(size), Math.log(cost)] as const)
  const mean = (at: 0 | 1) => logs.reduce((sum, point) => sum + point[at], 0) / logs.length
  const [x, y] = [mean(0), mean(1)]
  return logs.reduce((sum, point) => sum + (point[0] - x) * (point[1] - y), 0) / logs.reduce((sum, point) => sum + (point[0] - x) ** 2, 0)
}

/** The kind that grows most. */
function worstOf(figures: Figures, axis: Axis, size: Size): { which: string; exponent: number } {
  const all = worksOf(axis, size).map((which) => ({ which, exponent: figures[`${axis}/${which}/exponent`] ?? NaN }))
  return all.reduce((worst, one) => (one.exponent > worst.exponent ? one : worst))
}

function tableOf(figures: Figures, axis: Axis, size: Size): string {
  const sizes = sizesOf(axis, size)
  const rows = worksOf(axis, size).map((which) => [which, ...sizes.map((value) => ms(figures[`${axis}/${which}/${value}`])), (figures[`${axis}/${which}/exponent`] ?? NaN).toFixed(2)])
  return table([[`CPU of one act, by ${axis}`, ...sizes.map((value) => count(value)), 'exponent'], ...rows])
}
