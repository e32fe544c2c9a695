/** The results as a page in Markdown: the table of P1 to P14, then each measure's part, then how it was measured. */
import { readFileSync } from 'node:fs'
import { MEASURES } from './measures.ts'
import { inUnit, LINE_IDS, LINES, verdictOf, type LineId, type Said, type Verdict } from './rows.ts'
import type { Circumstances, Results } from './results.ts'
import { percent, table } from './words.ts'

/** What a person writes about the figures: it stands at the end of every page. */
const NOTES = new URL('./notes.md', import.meta.url)

const MARKS: Record<Verdict, string> = { reached: 'reached', met: 'met', 'not met': '**not met**', 'not measured': 'not measured' }

/** The whole page, from its title on. */
export function page(results: Results): string {
  const there = MEASURES.flatMap((measure) => {
    const result = results[measure.name]
    return result === undefined ? [] : [{ measure, ...result }]
  })
  const said: Partial<Record<LineId, Said>> = Object.assign({}, ...there.map(({ measure, figures, circumstances }) => measure.lines(figures, circumstances.size)))
  // With fewer people than a line names, it judges nothing.
  const unjudged = new Set(there.filter(({ circumstances }) => circumstances.size === 'quick').flatMap(({ measure }) => measure.rows))
  const same = new Set(there.map(({ circumstances }) => origin(circumstances))).size === 1
  const [first] = there
  return [
    '# Performance',
    first === undefined ? 'Nothing has been measured yet: `npm run bench -- --write`.' : '',
    first === undefined || !same ? 'Measured by `npm run bench`, in several goes; each part says when.' : origin(first.circumstances),
    first === undefined ? '' : first.circumstances.cores,
    there.some(({ circumstances }) => circumstances.size === 'quick') ? QUICK : '',
    METHOD,
    '## The table',
    TABLE_WORDS,
    judged(said, unjudged),
    ...there.map(({ measure, figures, circumstances, runs }) => [measure.section(figures, circumstances.size).trim(), footnote(circumstances, runs.length, same)].join('\n\n')),
    readFileSync(NOTES, 'utf8').trim(),
  ].filter((part) => part !== '').join('\n\n') + '\n'
}

function judged(said: Partial<Record<LineId, Said>>, unjudged: ReadonlySet<string>): string {
  return table([
    ['#', 'measure', 'figure', 'product', 'reference', 'must', 'reach', ''],
    ...LINE_IDS.map((id) => {
      const one = said[id]
      const { what, must, reach } = LINES[id]
      const row = id.split(' ')[0] as string
      return [row, what, one === undefined ? '' : `**${inUnit(id, one.value)}**`, one?.product ?? '', one?.reference ?? '', inUnit(id, must), inUnit(id, reach), one !== undefined && unjudged.has(row) ? 'not judged' : MARKS[verdictOf(id, one)]]
    }),
  ])
}

function origin({ date, commit, node, machine, size }: Circumstances): string {
  return `Measured by \`npm run bench${size === 'quick' ? ' -- --quick' : ''}\` on ${date}, commit ${commit}, Node ${node.slice(1)}, ${machine}.`
}

function footnote(circumstances: Circumstances, runs: number, same: boolean): string {
  const { load, noise } = circumstances
  return [
    ...(same ? [] : [origin(circumstances)]),
    `${runs === 1 ? 'One run' : `Medians of ${runs} runs`}. Load average before: ${load}. At most, others used ${noise.foreign.toFixed(1)} cores meanwhile, and the load's own process ${percent(noise.load)} of one.`,
  ].join(' ')
}

const METHOD = `Server and clients speak over loopback. The clients write and read Socket.IO's packets by hand over \`ws\`, since socket.io-client
costs three times the processor; the load's process counts what each of them receives, and checks that it comes in order. Server CPU
is all threads of the server's process, from the first command until the last phone has everything. Times are from sending to receiving
in the load's one process, so what it takes to read a thousand phones' packets is in them: a load near 100 % measures itself. Where
others used the cores meanwhile, times say little, and CPU still holds.`

const QUICK = `Some of it was measured with \`--quick\`: with far fewer people than the lines below name. That says whether the bench works, not how
fast the product is.`

const TABLE_WORDS = `Ratios are product ÷ reference: less is better, in every line. "Reached" is what we reach for, "met" what must be.`
