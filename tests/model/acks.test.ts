/**
 * F2, ID1, ID3: each command of the session and of every kind, its answer lost, itself doubled, and copies of it coming late over
 * other lines: one effect, and the same answer each time. A command of which nothing can be shown fails.
 */
import { expect, test, vi } from 'vitest'
import { random } from '#shared/random.ts'
import type { Act, Answer } from '#shared/wire/protocol.ts'
import { shareOf } from '../torture/share.ts'
import { everything, nextAct, pick } from './generator.ts'
import { Model } from './model.ts'
import { once } from './nemesis.ts'
import { rehearse, type Rehearsed } from './rehearsal.ts'
import { seenBy, send, type Run } from './run.ts'
import { openWorld, SESSION, type World } from './world.ts'

vi.mock('socket.io-client', async () => ({ io: (await import('./network.ts')).dial }))
vi.mock('socket.io', async () => ({ Server: (await import('./network.ts')).Server }))

const share = shareOf('acks')
/** Every so manieth case is of an act that is refused, where the command can be. */
const REFUSED = 4
/** Cases that share a past. */
const CASES = 20

const DEATH = 'the server dies when it has stored it'

type Fate = (world: World, copies: number) => void

const FATES: Record<string, Fate> = {
  'nothing is wrong': () => undefined,
  'its answer is lost with the line': (world) => once({ world }, 'down', 'ack', 'cut'),
  'it is lost with the line, and sent again': (world) => once({ world }, 'up', 'act', 'cut'),
  [DEATH]: (world) => {
    world.storage = (call) => {
      if (call === 'read') return 'kept'
      world.storage = () => 'kept'
      world.kill()
      setTimeout(() => world.start(), 300)
      return 'unheard'
    }
  },
  'it comes several times at once': (world, copies) => {
    const before = world.network.fate
    world.network.fate = (seen) => {
      if (seen.way !== 'up' || seen.event !== 'act') return before(seen)
      world.network.fate = before
      for (let i = 1; i < copies; i += 1) seen.again()
      return 'pass'
    }
  },
  'it hangs on one line, goes over another, and comes after that once more': (world) => {
    const before = world.network.fate
    world.network.fate = (seen) => {
      if (seen.way !== 'up' || seen.event !== 'act') return before(seen)
      world.network.fate = before
      // As behind a proxy that has stopped: the page gives the line up, and makes another.
      seen.link.stall('up', 'down')
      setTimeout(() => seen.link.flow(), 11_000)
      return 'pass'
    }
  },
}

test.skipIf(share.count === 0)('F2 ID1 ID3 each command, its answer lost, itself doubled or late, has one effect and the same answer', async () => {
  let [acts, accepted, repeated] = [0, 0, 0]
  for (const command of everything()) {
    const pasts = new Map<string, Rehearsed>()
    for (const seed of share.seeds) {
      const takes = seed % REFUSED !== REFUSED - 1
      const which = `${Math.floor(seed / CASES)}/${takes}`
      const past = pasts.get(which) ?? rehearse(command, `acks/${command}/${which}`, takes)
      pasts.set(which, past)
      const { answers, answer, problems, name } = await oneAct(command, seed, past)
      const what = `seed ${seed}: ${command}, and ${name}`
      expect(answer?.ok, `${what}: answered`).toBe(past.accepted)
      expect(problems, what).toEqual([])
      for (const one of answers) expect(one, what).toEqual(answer)
      acts += 1
      repeated += answers.length
      accepted += past.accepted ? 1 : 0
    }
  }
  share.report({ acts, accepted, repeated, answeredOtherwise: 0, doubled: 0 })
}, share.timeout(6_000))

/** One act in a room with a past: sent, hit by a fate, and come again, after the room has gone on. */
async function oneAct(command: string, seed: number, { asked, by, ...before }: Rehearsed) {
  const world = await openWorld(`acks/${command}/${seed}`, { before })
  const run: Run = { world, name: command, model: new Model(SESSION, world.store, world.thrown), open: new Map(), marks: 0, story: [] }
  const dice = random(`acks/${command}/${seed}/fate`)
  // A refusal is remembered in memory: with the server the lines end on which it could come again.
  const name = pick(dice, Object.keys(FATES).filter((fate) => before.accepted || fate !== DEATH)) ?? ''
  try {
    const page = world.open(by)
    const console = world.open({ door: 'console' })
    await world.clock.until(() => console.held('facilitator') !== undefined && page.live.view !== undefined, 5_000)
    FATES[name]?.(world, 2 + dice.below(9))
    let answer: Answer | undefined
    void send(run, page, asked.step, asked.do, (is) => (answer = is))
    const act = [...run.model.acts.values()][0]?.act as Act
    await world.clock.until(() => answer !== undefined || run.model.done.length > 0 && page.live.connection.bye !== undefined, 30_000)
    // The room goes on, so that it would be answered otherwise if it were decided anew.
    for (let i = 0; i < 2; i += 1) {
      const next = nextAct(dice, seenBy(run, console), () => `w${(run.marks += 1)}z`)
      if (next !== undefined) void send(run, console, next.step, next.do)
      await world.clock.pass(150)
    }
    await world.clock.pass(12_000)
    const tab = world.open(by)
    await world.clock.until(() => tab.live.view !== undefined, 3_000)
    const answers: Answer[] = []
    for (const { socket } of [page, tab, tab]) {
      if (socket.connected) void socket.timeout(5_000).emitWithAck('act', act).then((is) => answers.push(is as Answer), () => undefined)
    }
    await world.clock.pass(300)
    run.model.follow()
    run.model.checkLog()
    // Versions begin anew with a server: nobody who was let go or asks another one can be told the old one.
    const died = name === DEATH
    const told = (one: Answer | undefined): Answer | undefined => (died && one?.ok === true ? { ok: true, at: 0 } : one)
    return { name, answers: answers.map(told), answer: told(answer ?? (run.model.done.length > 0 ? { ok: true, at: 0 } : undefined)), problems: [...run.model.problems, ...world.bugs] }
  } finally {
    world.close()
  }
}
