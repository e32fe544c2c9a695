/** VW5, over every registered kind: a view kept by patches is the view made from scratch, whatever people send. */
import fc from 'fast-check'
import { nanoid } from 'nanoid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { kinds } from '#shared/activities/registry.ts'
import type { SessionEvent } from '#shared/session/events.ts'
import { fold } from '#shared/session/evolve.ts'
import { everyoneView, facilitatorView, mineView, screenView } from '#shared/session/views/views.ts'
import type { PatchMessage } from '#shared/wire/protocol.ts'
import { tagOf } from '../../../server/access/veil.ts'
import { openSqliteLog } from '../../../server/log/sqlite.ts'
import type { SharedAudience } from '../../../server/room/audience.ts'
import { DICE } from '../../../server/room/dice.ts'
import { Rooms, type Running } from '../../../server/room/rooms.ts'
import { decideActivity, decideJoin, decideSession } from '#shared/session/decide.ts'
import { parseCommand } from '#shared/wire/parse.ts'
import type { Log } from '../../../server/log/port.ts'
import { smartGoals } from '#shared/templates/smart-goals/plan.ts'
import { takePatch, takeView, type Held } from '../../../client/live/inbox.ts'
import { aFolder } from '../log/folder.ts'
import { arbitraries, planOf } from '../../support/kinds.ts'
import type { Command } from '../../support/line.ts'
import { untilSame } from '../../support/until.ts'

const PEOPLE = ['ana', 'ben', 'cleo', 'dan', 'eva', 'fay']
const folder = aFolder()
let log: Log
beforeAll(async () => { log = await openSqliteLog({ folder: folder.path }) })
afterAll(async () => {
  await log.close()
  folder.remove()
})

test('every registered kind says what people may send to it', () => {
  expect(arbitraries.map(({ kind }) => kind).sort()).toEqual(Object.keys(kinds).sort())
})

const veilOf = (person: string) => person.padEnd(32, '-')

/** A room with an audience each and a phone each, kept by patches as a client keeps them. */
async function aRoom(anonymous: boolean) {
  const id = nanoid()
  await log.createSession({ id, code: String(Math.floor(Math.random() * 1e8)).padStart(8, '0'), joinToken: nanoid(), title: '', phase: 'draft', createdAt: 0 })
  const plan = planOf(smartGoals, () => anonymous)
  await log.append({ session: id, expected: 0, events: [{ at: 0, data: JSON.stringify({ type: 'session.created', plan } satisfies SessionEvent) }], receipts: [] })
  const held = new Map<string, Held>()
  const bugs: unknown[] = []
  const take = (channel: string, { patch }: { patch: PatchMessage }) => {
    const taken = takePatch(held.get(channel), patch)
    if (typeof taken === 'string') throw new Error(`${channel}: ${taken}`)
    // As over the wire: nothing is shared with the server's own objects.
    held.set(channel, JSON.parse(JSON.stringify(taken.held)) as Held)
  }
  let now = 1_000
  const rooms = new Rooms({ log, now: () => (now += 10), dice: DICE, bug: (error) => bugs.push(error) }, take)
  const { room, audiences } = (await rooms.get(id)) as Running
  /** Ids of things that this room has made: arbitrary commands name them as id-1, id-2 … */
  const made: string[] = []
  room.onCommit(({ events }) => {
    for (const event of events) if ('is' in event && 'id' in event.is && typeof event.is.id === 'string') made.push(event.is.id)
  })
  const real = (command: Command) => JSON.parse(JSON.stringify(command).replaceAll(/"id-(\d+)"/gu, (_all, n: string) => JSON.stringify(made[Number(n) % made.length] ?? 'none'))) as Command
  const tags = new Map<string, (scope: string) => string>()
  const join = (audience: SharedAudience) => room.committed(() => held.set(`${id}/${audience}`, takeView(audiences.join(audience))))
  const phone = (person: string) => room.committed(() => {
    const { channel, message } = audiences.joinOwn(person, veilOf(person))
    held.set(channel, takeView(message))
    tags.set(person, audiences.tagger(channel) as (scope: string) => string)
    return channel
  })
  const submit = (person: string | undefined, step: string | undefined, command: Command) =>
    room.submit({
      command: nanoid(),
      sender: person === undefined ? 'facilitator' : 'participant',
      ...(person === undefined ? {} : { person, tag: tags.get(person) as (scope: string) => string }),
      decide(state, context) {
        const parsed = parseCommand(state, step, real(command))
        if ('refused' in parsed) return parsed
        return 'session' in parsed.value ? decideSession(state, parsed.value.session, context) : decideActivity(state, parsed.value.step, parsed.value.command, context)
      },
    })
  await submit(undefined, undefined, { type: 'session.open' })
  const channels = new Map<string, string>()
  for (const person of PEOPLE) {
    await room.submit({ sender: 'participant', decide: (state) => decideJoin(state, { type: 'person.join', person, name: person }) })
    channels.set(person, await phone(person))
  }
  for (const audience of ['everyone', 'screen', 'facilitator'] as const) await join(audience)
  await submit(undefined, undefined, { type: 'session.start' })

  /** Every audience's view, kept by patches, against the one made from scratch from the log alone. */
  async function agrees(): Promise<void> {
    const rows = await log.read(id)
    const state = fold(id, rows.map(({ data, at }) => ({ event: JSON.parse(data) as SessionEvent, at })))
    if (state === undefined) throw new Error('no log')
    const whole: Record<string, unknown> = { [`${id}/everyone`]: everyoneView(state), [`${id}/screen`]: screenView(state), [`${id}/facilitator`]: facilitatorView(state) }
    for (const person of PEOPLE) whole[channels.get(person) as string] = mineView(state, person, (scope) => tagOf(veilOf(person), id, scope))
    await untilSame(() => Object.fromEntries([...held].map(([channel, { view }]) => [channel, view])), () => whole, 'the patched views to be the whole ones', 2_000)
  }
  return { submit, agrees, bugs, close: () => rooms.close() }
}

type Sent = { by: string | undefined; command: Command }

const sent = (kind: (typeof arbitraries)[number]): fc.Arbitrary<Sent> =>
  fc.oneof(
    { weight: 4, arbitrary: fc.record({ by: fc.constantFrom(...PEOPLE), command: kind.participant }) },
    { weight: 2, arbitrary: fc.record({ by: fc.constant(undefined), command: kind.facilitator }) },
  )

/** What a session itself may be asked besides, at any time. */
const around: fc.Arbitrary<Sent> = fc.oneof(
  fc.record({
    by: fc.constant(undefined),
    command: fc.constantFrom<Command>(
      { type: 'flow.next' }, { type: 'flow.back' }, { type: 'timer.start', total: 60_000 }, { type: 'timer.add', more: 60_000 }, { type: 'timer.pause' }, { type: 'timer.clear' },
      { type: 'pause.set', paused: true }, { type: 'pause.set', paused: false }, { type: 'screen.show', shows: 'blank' }, { type: 'screen.show', shows: 'step' },
      { type: 'groups.form', grouping: 'partners' }, { type: 'groups.dissolve', grouping: 'partners' }, { type: 'person.remove', person: 'fay' },
    ),
  }),
  fc.record({
    by: fc.constantFrom(...PEOPLE),
    command: fc.constantFrom<Command>({ type: 'call.raise', what: 'slow-down' }, { type: 'call.raise', what: 'find-me' }, { type: 'person.place', department: 'safety' }, { type: 'groups.stay', stays: true }),
  }),
)

for (const kind of arbitraries) {
  test.each([true, false])(`VW5 ${kind.kind}: patches make the view that is made from scratch (anonymous: %s)`, async (anonymous) => {
    let taken = 0
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof({ weight: 5, arbitrary: sent(kind).map((one) => ({ ...one, step: kind.kind as string | undefined })) }, { weight: 1, arbitrary: around.map((one) => ({ ...one, step: undefined })) }), { minLength: 10, maxLength: 60 }),
        fc.integer({ min: 1, max: 8 }),
        async (commands, together) => {
          const room = await aRoom(anonymous)
          await room.submit(undefined, undefined, { type: 'flow.goto', step: kind.kind })
          for (let i = 0; i < commands.length; i += together) {
            const answers = await Promise.all(commands.slice(i, i + together).map(({ by, step, command }) => room.submit(by, step, command)))
            taken += answers.filter((answer, j) => answer.ok && commands[i + j]?.step !== undefined).length
          }
          await room.agrees()
          expect(room.bugs).toEqual([])
          room.close()
        },
      ),
      { numRuns: 12 },
    )
    expect(taken, 'commands that were taken').toBeGreaterThan(5)
  }, 60_000)
}
