/** A room of the real server behind a bad network: eight phones, a console and a screen, that do what a generator draws. */
import { random, type Random } from '#shared/random.ts'
import type { Plan } from '#shared/session/plan.ts'
import type { Answer } from '#shared/wire/protocol.ts'
import type { LiveSession } from '../../../client/live/session.svelte.ts'
import { nextAct, pick, planFor, type Asked } from '../../model/generator.ts'
import type { Network } from '../../support/chaos-proxy.ts'
import { openPhone } from '../../support/phone.ts'
import type { ServerProcess } from '../../support/server-process.ts'
import { canonical, until } from '../../support/until.ts'
import { visit, type Hosted, type Ticket } from '../../support/visit.ts'

const PHONES = 8
/** Between two acts of one person, ms: below what the server takes from one in the long run. */
const PACE = 230
/** All agree this long after the last ill is over, ms. */
const AGREED = 5_000

/** What takes words away on purpose has tests of its own: here all of them are looked for. */
const TAKES_WORDS = /^person\.remove$|^take-back$|\.erase$/u

export interface ChaosRoom {
  session: Hosted
  tickets: Ticket[]
  /** Everybody acts until the function is called; resolves when nobody will begin anything more. */
  act(): () => Promise<void>
  /** Resolves when all that was written is answered and all views are what a newcomer gets; rejects with the difference. */
  agreed(): Promise<void>
  /** What was answered with a yes, and all else that was sent, by the mark that its words begin with. */
  marks: { acknowledged: string[]; refused: string[]; answered: number; said: Map<string, string> }
  close(): void
}

export async function openRoom(server: ServerProcess, network: Network, seed: number): Promise<ChaosRoom> {
  const dice = random(`chaos ${seed}`)
  const session = await server.openSession((shipped) => wordy(planFor(dice, shipped)))
  await server.move(session, 'start')
  const through = visit(network.server.origin)
  const tickets: Ticket[] = []
  for (let i = 0; i < PHONES; i += 1) tickets.push(await server.join(session, { name: `P${i}`, device: deviceOf(dice) }))
  const phones = tickets.map((ticket) => openPhone(network.server.origin, ticket))
  const comesBack = { reconnects: true }
  const [console, screen] = [await through.facilitator(session, session.links.facilitator, comesBack), await through.screen(session, comesBack)]
  const plan = (await server.host('GET', `/api/sessions/${session.id}/plan`)).body as Plan
  // Most rooms begin where people write: it is their words that must not be lost.
  await console.insist(undefined, { type: 'flow.goto', step: pick(dice, [...WALLS, ...WALLS, 'welcome']) as string })
  const marks = { acknowledged: [] as string[], refused: [] as string[], answered: 0, said: new Map<string, string>() }
  let written = 0
  const mark = () => `w${seed}x${(written += 1)}z`

  function counted(asked: Asked, answer: Answer): void {
    marks.answered += 1
    for (const found of canonical(asked.do).match(/w\d+x\d+z/gu) ?? []) {
      marks[answer.ok ? 'acknowledged' : 'refused'].push(found)
      marks.said.set(found, canonical(asked))
    }
  }

  async function lead(): Promise<void> {
    const asked = nextAct(dice, { door: 'console', view: console.view('facilitator'), plan }, mark)
    if (asked === undefined || TAKES_WORDS.test(asked.do.type)) return
    counted(asked, await console.insist(asked.step, asked.do))
  }

  async function take(phone: LiveSession): Promise<void> {
    const { step } = phone.view ?? {}
    const writes = step !== undefined && WALLS.includes(step.id) && dice.below(2) === 0
    const asked = writes ? { step: step.id, do: words(step.id, mark()) } : nextAct(dice, { door: 'phone', view: phone.view as never, mine: phone.mine }, mark)
    if (asked !== undefined && !TAKES_WORDS.test(asked.do.type)) counted(asked, await phone.act(asked.step, asked.do))
  }

  function act(): () => Promise<void> {
    let goesOn = true
    const one = async (turn: () => Promise<void>) => {
      while (goesOn) {
        const paced = new Promise((resolve) => setTimeout(resolve, PACE))
        await turn()
        await paced
      }
    }
    const all = Promise.all([one(lead), ...phones.map((phone) => one(() => take(phone)))])
    return async () => {
      goesOn = false
      await all
    }
  }

  async function agreed(): Promise<void> {
    // What tells of a broadcast that was the last to be lost is the next one.
    await console.insist(undefined, { type: 'screen.show', shows: 'step' })
    // Somebody new has to come in, whatever was done to the doors.
    for (const open of [{ type: 'doors.lock', locked: false }, { type: 'doors.guard', guarded: false }, { type: 'doors.cap', most: 1_000 }]) await console.insist(undefined, open)
    await console.insist(undefined, { type: 'pause.set', paused: console.view('facilitator')?.paused !== true })
    const fresh = [await server.participant(session, { name: 'Newcomer' }), await server.facilitator(session), await server.screen(session)] as const
    const same = await Promise.all(tickets.map((ticket) => server.participant(session, ticket)))
    const pairs = (): [string, unknown, unknown][] => [
      ['facilitator', console.view('facilitator'), fresh[1].view('facilitator')],
      ['screen', screen.view('screen'), fresh[2].view('screen')],
      ...phones.flatMap((phone, i): [string, unknown, unknown][] => [
        [`everyone of ${i}`, phone.view, fresh[0].view('everyone')],
        [`mine of ${i}`, phone.mine, same[i]?.view('mine')],
      ]),
    ]
    const waiting = () => phones.reduce((sum, phone) => sum + phone.waiting, 0)
    await until(() => waiting() === 0 && pairs().every(([, held, truth]) => canonical(held) === canonical(truth)), 'all to agree', AGREED).catch(() => {
      const different = pairs().filter(([, held, truth]) => canonical(held) !== canonical(truth))
      throw new Error(`${waiting()} acts wait; console ${String(console.socket.connected)}, screen ${String(screen.socket.connected)}; lines ${phones.map(({ connection }) => `${connection.state} ${connection.refused ?? ''}`).join(' ')}\n${different.map(([who, held, truth]) => `${who}:\n  ${canonical(held)}\n  ${canonical(truth)}`).join('\n')}`)
    })
    for (const line of [...fresh, ...same]) line.close()
  }

  return { session, tickets, act, agreed, marks, close: () => (phones.forEach((phone) => phone.close()), through.hangUp()) }
}

/** Steps in which many may write much. */
const WALLS = ['answers', 'board']

function wordy(plan: Plan): Plan {
  for (const [step, perPerson] of [['answers', 5], ['board', 12]] as const) {
    const { activity } = plan.steps[step] ?? {}
    if (activity !== undefined) activity.config = { ...(activity.config as object), perPerson }
  }
  return plan
}

function words(step: string, text: string): Asked['do'] {
  return step === 'board' ? { type: 'write', text, kind: 'thought' } : { type: 'write', text, lang: 'en' }
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** A device's secret, as its phone would make it, but the same for the same seed. */
function deviceOf(dice: Random): string {
  return Array.from({ length: 43 }, () => LETTERS[dice.below(64)]).join('')
}
