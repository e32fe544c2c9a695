/** F43: two servers' copies of one session are what a fresh one would be, whatever each wrote, whoever was first, and whatever storage said. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { random } from '#shared/random.ts'
import { decideJoin, decideSession } from '#shared/session/decide.ts'
import type { SessionCommand } from '#shared/session/commands.ts'
import { emptySession } from '#shared/session/model.ts'
import { smartGoals } from '#shared/templates/smart-goals/plan.ts'
import type { SessionEvent } from '#shared/session/events.ts'
import type { Log } from '../../../server/log/port.ts'
import { Copy } from '../../../server/room/copy.ts'
import { followed, type Drafted, type Order } from '../../../server/room/draft.ts'
import { load } from '../../../server/room/load.ts'
import { Room } from '../../../server/room/room.ts'
import { receiptOf } from '../../../server/access/veil.ts'
import { memoryStore, type Fate } from '../../model/memory-log.ts'
import { canonical } from '../../support/until.ts'

const NOW = Date.UTC(2026, 10, 24, 14)
const SESSION = 'session'

type Step =
  | { does: 'write'; at: 0 | 1; acts: { id: number; command: SessionCommand | { person: number } }[]; fate: Fate }
  | { does: 'hear' | 'rebuild'; at: 0 | 1 }

const command = fc.oneof(
  fc.record({ person: fc.nat(4) }),
  fc.constant<SessionCommand>({ type: 'session.open' }),
  fc.constant<SessionCommand>({ type: 'session.start' }),
  fc.constant<SessionCommand>({ type: 'flow.next' }),
  fc.nat(3).map((n): SessionCommand => ({ type: 'timer.start', total: 60_000 * n })),
  fc.nat(4).map((n): SessionCommand => ({ type: 'person.remove', person: `p${String(n)}` })),
  fc.nat(4).map((n): SessionCommand => ({ type: 'person.erase', person: `p${String(n)}` })),
  fc.boolean().map((guarded): SessionCommand => ({ type: 'doors.guard', guarded })),
  fc.constant<SessionCommand>({ type: 'people.admit' }),
  fc.record({ person: fc.nat(4), into: fc.nat(4) }).map(({ person, into }): SessionCommand => ({ type: 'person.merge', person: `p${String(person)}`, into: `p${String(into)}` })),
  fc.boolean().map((paused): SessionCommand => ({ type: 'pause.set', paused })),
)
const at = fc.constantFrom<0 | 1>(0, 1)
const steps = fc.array(
  fc.oneof(
    // Few ids, so that the same act comes again, here and there.
    { weight: 5, arbitrary: fc.record({ does: fc.constant('write' as const), at, acts: fc.array(fc.record({ id: fc.nat(30), command }), { minLength: 1, maxLength: 4 }), fate: fc.constantFrom<Fate>('kept', 'kept', 'kept', 'refused', 'doubt') }) },
    { weight: 1, arbitrary: fc.record({ does: fc.constantFrom('hear' as const, 'rebuild' as const), at }) },
  ),
  { maxLength: 25 },
)

test('F43 F18 two copies on one log fold to the state of a fresh one, after conflicts, rewrites and commits in doubt, and an act that one has done the other knows', async () => {
  let [conflicts, kept] = [0, 0]
  await fc.assert(
    fc.asyncProperty(steps, async (story) => {
      const store = memoryStore({ shared: true })
      const dice = random('copies')
      const throws = { seed: () => String(dice.below(2 ** 30)), id: () => `id-${String(dice.below(2 ** 30))}` }
      let fate: Fate = 'kept'
      const open = () => store.open(() => NOW, (call) => (call === 'read' ? 'kept' : ([fate, fate = 'kept'][0] as Fate)))
      const logs = [open(), open()]
      const [first] = logs
      await first?.createSession({ id: SESSION, code: '12345678', joinToken: 'token', title: '', phase: 'draft', createdAt: NOW })
      await first?.append({ session: SESSION, expected: 0, events: [{ at: NOW, data: JSON.stringify({ type: 'session.created', plan: smartGoals }) }], receipts: [] })
      const copies = await Promise.all(logs.map(async (log) => {
        const loaded = await load(log, SESSION)
        if (loaded === undefined) throw new Error('There is no session')
        const copy = new Copy({ log, now: () => NOW, dice: throws }, loaded, { followed: () => undefined, behind: () => undefined, gone: () => undefined })
        return { copy, stop: copy.follow() }
      }))
      const done = new Set<string>()
      const write = (step: Extract<Step, { does: 'write' }>): Promise<Drafted | undefined> | undefined => {
        fate = step.fate
        const batch = step.acts.map(({ id, command }) => ({ order: orderOf(id, command), answer: () => undefined }))
        return copies[step.at]?.copy.write(batch, () => false)
      }
      for (const [i, step] of story.entries()) {
        const copy = copies[step.at]?.copy as Copy
        if (step.does === 'rebuild') await copy.rebuild()
        else if (step.does === 'hear') await copy.catchUp()
        else if (step.does === 'write') {
          const next = story[i + 1]
          const before = store.rows(SESSION).length
          // Both at once, now and then: one of them is first.
          const beside = next?.does === 'write' && next.at !== step.at && i % 3 === 0 ? write({ ...next, fate: step.fate }) : undefined
          const [written] = await Promise.all([write(step), beside])
          if (beside !== undefined) conflicts += 1
          if (store.rows(SESSION).length > before) kept += 1
          for (const receipt of written?.append.receipts ?? []) done.add(receipt)
          // What is drafted and was not kept is in no copy that says that it may be read.
          expect(copy.spoilt).toBe(false)
        }
      }
      const fresh = await load(logs[0] as (typeof logs)[0], SESSION)
      for (const { copy, stop } of copies) {
        expect(await copy.catchUp()).toBe(true)
        expect(canonical(copy.state)).toBe(canonical(fresh?.state))
        stop()
      }
      // Each act that was done is done once, and is known where it comes again over another line.
      const receipts = store.history(SESSION).flatMap((commit) => commit.receipts)
      expect(new Set(receipts).size).toBe(receipts.length)
      for (const receipt of done) expect(receipts).toContain(receipt)
      const everything = story.flatMap((step) => (step.does === 'write' ? step.acts : []))
      const rows = store.rows(SESSION).length
      for (const { copy } of copies) {
        const again = everything.filter((_, i, all) => all.findIndex(({ id }) => id === all[i]?.id) === i)
        const drafted = await copy.write(again.map(({ id, command }) => ({ order: orderOf(id, command), answer: () => undefined })), () => false)
        for (const { receipt, decided } of drafted?.outcomes ?? []) if (receipts.includes(receipt ?? '')) expect(decided).toBeUndefined()
      }
      expect(store.rows(SESSION).length).toBeGreaterThanOrEqual(rows)
    }),
    { seed: 43, numRuns: 150 },
  )
  // The story is about something.
  expect(Math.min(conflicts, kept)).toBeGreaterThan(30)
})

test('F43 what seems to have nothing to change, or not to be allowed, on a copy that has not heard of the other server’s writing is decided on what is true', async () => {
  const store = memoryStore({ shared: true })
  const logs = [0, 1].map(() => store.open(() => NOW, undefined, { hears: () => undefined }))
  const [here, there] = logs as [Log, Log]
  await here.createSession({ id: SESSION, code: '12345678', joinToken: 'token', title: '', phase: 'draft', createdAt: NOW })
  const opened: SessionEvent[] = [{ type: 'session.created', plan: smartGoals }, { type: 'session.opened' }]
  await here.append({ session: SESSION, expected: 0, events: opened.map((event) => ({ at: NOW, data: JSON.stringify(event) })), receipts: [] })
  const mine = await copyOf(here)
  const asks = async (copy: Copy, id: number, command: SessionCommand) => (await copy.write([{ order: orderOf(id, command), answer: () => undefined }], () => false))?.outcomes[0]
  const locked = async () => (await load(here, SESSION))?.state.doorsLocked === true
  // Who knows no more than that doors are open would refuse this: done already, over another line.
  const early = await copyOf(there)
  await asks(mine, 1, { type: 'session.start' })
  await asks(mine, 9, { type: 'flow.next' })
  expect(await asks(early, 9, { type: 'flow.next' })).not.toHaveProperty('refusal')
  expect(early.state.phase).toBe('live')
  // Who knows of no locked doors has none to open.
  const late = await copyOf(there)
  await asks(mine, 2, { type: 'doors.lock', locked: true })
  expect(await locked()).toBe(true)
  expect(await asks(late, 3, { type: 'doors.lock', locked: false })).not.toHaveProperty('refusal')
  expect(await locked()).toBe(false)
})

test('F43 F2 an act that did its work elsewhere, and whose work was followed, is known when it comes again much later', async () => {
  const store = memoryStore({ shared: true })
  let now = NOW
  const [here, there] = [0, 1].map(() => store.open(() => now, undefined, { hears: () => undefined })) as [Log, Log]
  await here.createSession({ id: SESSION, code: '12345678', joinToken: 'token', title: '', phase: 'draft', createdAt: NOW })
  const opened: SessionEvent[] = [{ type: 'session.created', plan: smartGoals }, { type: 'session.opened' }]
  await here.append({ session: SESSION, expected: 0, events: opened.map((event) => ({ at: NOW, data: JSON.stringify(event) })), receipts: [] })
  const [mine, theirs] = [await copyOf(here), await copyOf(there, () => now)]
  const starts = (copy: Copy) => copy.write([{ order: orderOf(1, { type: 'session.start' }), answer: () => undefined }], () => false)
  await starts(mine)
  expect(await theirs.catchUp()).toBe(true)
  now += 60_000
  const again = (await starts(theirs))?.outcomes[0]
  expect(again).not.toHaveProperty('decided')
  expect(again).not.toHaveProperty('refusal')
})

test('F43 what another server says of an act comes too late for one that is being stored here: who asked is told that it is', async () => {
  const store = memoryStore({ shared: true })
  const log = store.open(() => NOW, undefined, { hears: () => undefined })
  await log.createSession({ id: SESSION, code: '12345678', joinToken: 'token', title: '', phase: 'draft', createdAt: NOW })
  await log.append({ session: SESSION, expected: 0, events: [{ at: NOW, data: JSON.stringify({ type: 'session.created', plan: smartGoals }) }], receipts: [] })
  const order = orderOf(1, { type: 'session.open' })
  const around: Log = {
    ...log,
    append: async (append) => {
      await log.append(append)
      room.refusedElsewhere(receiptOf(SESSION, order.command ?? ''), { refused: 'already' })
    },
  }
  const room = (await Room.load(SESSION, { log: around, now: () => NOW, dice: DICE, bug: (error) => expect.fail(String(error)) })) as Room
  expect(await room.submit(order)).toMatchObject({ ok: true })
  expect(await room.submit(order)).toMatchObject({ ok: true })
  room.close()
})

const DICE = { seed: () => 'seed', id: () => 'id' }

async function copyOf(log: Log, now: () => number = () => NOW): Promise<Copy> {
  const loaded = await load(log, SESSION)
  if (loaded === undefined) throw new Error('There is no session')
  const copy = new Copy({ log, now, dice: DICE }, loaded, { followed: () => undefined, behind: () => undefined, gone: () => undefined })
  copy.follow()
  return copy
}

function orderOf(id: number, command: SessionCommand | { person: number }): Order {
  const person = 'person' in command && typeof command.person === 'number' ? `p${String(command.person)}` : undefined
  return {
    command: `command-of-number-${String(id)}`,
    sender: person === undefined ? 'facilitator' : 'participant',
    decide: (state, context) => (person === undefined ? decideSession(state, command as SessionCommand, context) : decideJoin(state, { type: 'person.join', person, name: 'Ana' })),
  }
}

test('F43 what another server writes while somebody reads keeps them from nothing: they are shown all that was there when they asked', async () => {
  const store = memoryStore({ shared: true })
  const here = store.open(() => NOW)
  await here.createSession({ id: SESSION, code: '12345678', joinToken: 'token', title: '', phase: 'draft', createdAt: NOW })
  await here.append({ session: SESSION, expected: 0, events: [{ at: NOW, data: JSON.stringify({ type: 'session.created', plan: smartGoals }) }], receipts: [] })
  let tell: (seq: number) => void = () => undefined
  let told = 0
  const busy = new Proxy(here, {
    get(log, name) {
      if (name === 'follow') return (_session: string, moved: (head: { seq: number; edition: number }) => void) => {
        tell = (seq) => void here.whole(SESSION).then((whole) => moved({ seq, edition: whole?.head.edition ?? 0 }))
        return () => undefined
      }
      // Somebody else writes, and says so, before this server has the answer to what it asked.
      if (name === 'missed') return async (...args: Parameters<Log['missed']>) => {
        const missed = await log.missed(...args)
        if ((told += 1) === 1) tell(2)
        await new Promise((resolve) => setImmediate(resolve))
        return missed
      }
      return Reflect.get(log, name) as unknown
    },
  })
  const room = await Room.load(SESSION, { log: busy, now: () => NOW, dice: { seed: () => 'seed', id: () => 'id' }, bug: () => undefined })
  expect(await room?.committed(({ phase }) => phase)).toBe('draft')
  expect(told).toBeGreaterThan(0)
  room?.close()
})

test('F20 F43 what a newer version writes that this one does not know is followed without a stumble, and everybody’s view is looked at', () => {
  const state = emptySession(SESSION, smartGoals)
  const before = canonical(state)
  const happened = followed(state, [{ seq: 1, at: NOW, data: '{"type":"person.teleported","person":"p1"}' }, { seq: 2, at: NOW, data: '{"type":"session.opened"}' }] as Parameters<typeof followed>[1])
  expect(happened.touched).toBe('all')
  expect(state.phase).toBe('open')
  expect(canonical({ ...state, phase: 'draft' })).toBe(before)
})
