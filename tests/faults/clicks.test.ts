/** F57: several facilitators lead one session, and press Next in the same moment. The room goes one step further, not three. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { random } from '#shared/random.ts'
import type { Plan } from '#shared/session/plan.ts'
import { arbitraries } from '../support/kinds.ts'
import type { Line } from '../support/line.ts'
import { spawnServer, type ServerProcess } from '../support/server-process.ts'
import { until } from '../support/until.ts'
import { shareOf } from '../torture/share.ts'

const CONSOLES = 4
const STEPS = 12

const share = shareOf('clicks')
let server: ServerProcess
beforeAll(async () => { server = await spawnServer({ LOG_LEVEL: 'error' }) })
afterAll(async () => { await server.close() })

/** Steps one after another, without moments inside them: a step further is one more. */
function long(shipped: Plan): Plan {
  const config = arbitraries.find(({ kind }) => kind === 'check-in')?.config
  const steps: Plan['steps'] = {}
  for (let i = 0; i < STEPS; i += 1) steps[`s${i}`] = { order: i, title: { en: `Step ${i}` }, minutes: 5, anonymous: true, activity: { kind: 'check-in', config } }
  return { ...shipped, steps }
}

const at = (console: Line) => ({ flow: console.view('facilitator')?.flow ?? -1, step: console.view('facilitator')?.step?.id })

test.skipIf(share.count === 0)('F57 of several clicks on Next that saw the same step one counts, and the others are told that the room has moved on', async () => {
  const session = await server.openSession(long)
  await server.move(session, 'start')
  const consoles: Line[] = []
  for (let i = 0; i < CONSOLES; i += 1) consoles.push(await server.facilitator(session, i === 0 ? undefined : (await server.link(session, i === 1 ? 'facilitator' : 'cofacilitator')).link))
  const [first] = consoles as [Line]
  let advanced = 0
  for (const seed of share.seeds) {
    const dice = random(`clicks ${seed}`)
    await until(() => consoles.every((console) => at(console).flow === at(first).flow), 'all consoles to see the same')
    const before = at(first)
    const index = Number(before.step?.slice(1))
    // At the ends of the plan there is only one way.
    const type = index === 0 ? 'flow.next' : index === STEPS - 1 || dice.below(3) === 0 ? 'flow.back' : 'flow.next'
    const clicks = consoles.slice(0, 2 + dice.below(CONSOLES - 1)).flatMap((console) => Array.from({ length: 1 + dice.below(2) }, () => console))
    // A thousand rounds are more than hands can press: where all were too fast, they press again.
    const answers = await until(async () => {
      const said = await Promise.all(clicks.map((console) => console.act(undefined, { type, flow: before.flow })))
      return said.some((answer) => answer.ok || answer.code !== 'too-fast') ? said : undefined
    }, 'a click that is heard')
    const said = `seed ${seed}: ${JSON.stringify(answers)}`
    expect(answers.filter(({ ok }) => ok), said).toHaveLength(1)
    expect(answers.flatMap((answer) => (answer.ok ? [] : [answer.code])).every((code) => code === 'moved-on' || code === 'too-fast'), said).toBe(true)
    await until(() => at(first).flow > before.flow, 'the room to have moved')
    expect(at(first), said).toEqual({ flow: before.flow + 1, step: `s${index + (type === 'flow.next' ? 1 : -1)}` })
    advanced += 1
  }
  share.report({ rounds: share.count, advanced })
}, share.timeout(1_000))
