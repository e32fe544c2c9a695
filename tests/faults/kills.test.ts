/** F1, F2, F17: the server killed in the thick of it. What was acknowledged is there, once; what was not comes again, once. */
import { randomBytes } from 'node:crypto'
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { random, type Random } from '#shared/random.ts'
import type { FolderState } from '../support/folder-state.ts'
import type { Line } from '../support/line.ts'
import { planWith } from '../support/kinds.ts'
import { spawnServer, type ServerProcess } from '../support/server-process.ts'
import { photograph, storedBytes } from '../support/storage-reader.ts'
import { until } from '../support/until.ts'
import { shareOf } from '../torture/share.ts'
import type { Ticket } from '../support/visit.ts'
import { joinInsisting, openWordsRoom, type WordsRoom } from './support/kills-room.ts'

const share = shareOf('kills')

const WRITERS = 300
/** Words of each writer between two kills: more than a thousand acknowledged in all. */
const WORDS_EACH = 4
/** Kills that one session lives through; then it ends, and the next one begins. */
const ROOM_LIVES = 5
/** SQLite moves its write-ahead log into the database at a thousand pages: a kill from here on meets that. */
const NEAR_CHECKPOINT = 3_900_000
/** Every so many kills the server is stopped for a while instead of killed, ms. A full run takes longer ones. */
const STOP_EACH = 20
const STOP_MS = share.full ? [5_000, 40_000] as const : [5_000, 5_001] as const
const PATIENCE = 120_000

let server: ServerProcess
beforeEach(async () => { server = await spawnServer({ LOG_LEVEL: 'error' }) })
afterEach(async () => { await server.close() })

/** What is under way when the kill comes, besides three hundred people's words. */
const MOMENTS = ['words', 'checkpoint', 'end', 'delete', 'notes', 'plan', 'timer', 'join', 'start'] as const
type Moment = (typeof MOMENTS)[number]

interface Cycle {
  room: WordsRoom
  dice: Random
  seed: number
}

/** Begins what the moment is named after. Resolves with what must be true of the log once its answer has come. */
const BEGIN: Record<Moment, (cycle: Cycle) => Promise<(state: FolderState) => void>> = {
  words: async () => () => undefined,
  start: async () => () => undefined,
  checkpoint: async () => () => undefined,
  async end({ room }) {
    await room.insist('POST', `/api/sessions/${room.session.id}/end`)
    return (state) => expect(eventsOf(state, room)).toContain('"session.ended"')
  },
  async delete({ room }) {
    const [old] = (await until(() => server.host('GET', '/api/sessions').then(({ status, body }) => status === 200 && [body], () => undefined), 'the list', PATIENCE)) as { id: string; phase: string }[][]
    const gone = old?.find(({ phase }) => phase === 'ended')
    if (gone === undefined) return () => undefined
    await room.insist('DELETE', `/api/sessions/${gone.id}`)
    return (state) => expect(state.sessions.has(gone.id)).toBe(false)
  },
  async notes({ room }) {
    await room.insist('GET', `/api/sessions/${room.session.id}/notes?kind=record&format=docx`)
    return () => undefined
  },
  async plan({ room, seed }) {
    const path = `/api/sessions/${room.session.id}/plan`
    const { body } = await room.insist('GET', path)
    await room.insist('PUT', path, { ...body, title: { en: `Plan of kill ${seed}` } })
    return (state) => expect(eventsOf(state, room)).toContain(`Plan of kill ${seed}`)
  },
  async timer({ room, seed }) {
    const total = 3_600_000 + seed
    expect(await room.console.act(undefined, { type: 'timer.start', total })).toMatchObject({ ok: true })
    return (state) => expect(eventsOf(state, room).split(`"total":${total},`)).toHaveLength(2)
  },
  async join({ room }) {
    const devices = Array.from({ length: 20 }, () => randomBytes(32).toString('base64url'))
    await Promise.all(devices.map((device) => joinInsisting(server, room.session, device)))
    return (state) => {
      const people = eventsOf(state, room).split('"person.joined"').length - 1
      expect(people).toBeGreaterThan(WRITERS)
      expect((people - WRITERS) % devices.length).toBe(0)
      expect(state.sessions.get(room.session.id)?.people).toBe(people)
    }
  },
}

function eventsOf(state: FolderState, room: WordsRoom): string {
  return (state.sessions.get(room.session.id)?.events ?? []).map(({ data }) => data).join('\n')
}

/** In a PostgreSQL nothing is known of it, and the burst alone decides. */
const walBytes = () => statSync(join(server.folder, 'gatherwell.sqlite-wal'), { throwIfNoEntry: false })?.size ?? 0

/** Kills the server (of two: one or the other, or both) in the middle of this, starts it again, and sees that nothing is lost or doubled. Returns how long everybody took to be back, ms. */
async function cycle(room: WordsRoom, seed: number): Promise<number> {
  const dice = random(`kill ${seed}`)
  const moment = MOMENTS[seed % MOMENTS.length] as Moment
  const from = room.acknowledged.size
  const words = room.write(WORDS_EACH)
  // Whatever goes wrong is said where it is waited for, below.
  words.catch(() => undefined)
  await until(() => room.acknowledged.size - from >= dice.below(WRITERS * WORDS_EACH * 0.9), 'the burst to go on', PATIENCE)
  if (moment === 'checkpoint') await until(() => walBytes() > NEAR_CHECKPOINT || room.acknowledged.size - from > WRITERS * (WORDS_EACH - 0.5), 'the log to be nearly full', PATIENCE)
  // Whoever writes in a session that has ended is told so: the end waits for its turn.
  if (moment === 'end') await words
  const begun = BEGIN[moment]({ room, dice, seed })
  begun.catch(() => undefined)
  await wait(dice.below(moment === 'words' ? 3 : 40))

  const dies = server.turn()
  const someLive = dies.each.length < server.each.length
  const killed = performance.now()
  await dies.kill()
  if (moment === 'start') {
    const stillborn = dies.restart().catch(() => undefined)
    await wait(dice.below(600))
    await dies.kill()
    await stillborn
  }
  const left = photograph(server.folder)
  const promised = room.promised()
  const restarted = dies.restart()
  const state = await left()
  expect(state.integrity).toBe('ok')
  room.check(state, promised)
  await restarted
  const everybody = [...room.writers, room.console]
  await until(() => everybody.every((who) => who.seen >= 1 && (someLive || who.seenAt > killed)), 'everybody to be back', PATIENCE)
  const back = Math.max(...everybody.map(({ seenAt }) => seenAt), killed) - killed
  const holds = await begun
  await words
  await room.quiet()
  const after = await photograph(server.folder)()
  holds(after)
  const held = room.check(after)
  if (moment !== 'end') expect(held).toBe(room.acknowledged.size)
  return back
}

/** Nobody hears anything for a while, then everything at once: phones have given their lines up and said it all again. */
async function stopped(room: WordsRoom, seed: number): Promise<void> {
  const dice = random(`stop ${seed}`)
  const [least, most] = STOP_MS
  const words = room.write(WORDS_EACH)
  words.catch(() => undefined)
  await wait(dice.below(200))
  const sleeps = server.turn()
  sleeps.signal('SIGSTOP')
  await wait(least + dice.below(most - least))
  sleeps.signal('SIGCONT')
  await words
  expect(room.check(await photograph(server.folder)())).toBe(room.acknowledged.size)
}

interface Walls { cards?: Record<string, { text: string }> }
const textsOf = (activity: unknown) => Object.values((activity as Walls | undefined)?.cards ?? {}).map(({ text }) => text).sort()

/** Whoever looks anew sees what was saved: one's own word on one's phone, everybody's once the wall is revealed. */
async function looksRight(room: WordsRoom): Promise<void> {
  const console = await server.facilitator(room.session)
  await console.done('step', { type: 'reveal' })
  await until(() => textsOf(console.view('facilitator')?.step?.activity).length === WRITERS, 'the wall')
  expect(textsOf(console.view('facilitator')?.step?.activity)).toEqual([...room.last.values()].sort())
  for (const i of [0, WRITERS - 1]) {
    const phone = await server.participant(room.session, room.tickets[i] as Ticket)
    expect(textsOf(phone.view('mine')?.steps.step)).toEqual([room.last.get(i)])
    phone.close()
  }
  console.close()
}

test.skipIf(share.count === 0)('F17 ID1 ID2 F1 killed at any moment under three hundred writers: nothing acknowledged is lost, nothing is doubled, and everybody is back', async () => {
  let room: WordsRoom | undefined
  const sum = { acknowledged: 0, resent: 0, stops: 0, lost: 0, doubled: 0, worstBackMs: 0 }
  const leave = async (ended = false) => {
    if (room === undefined) return
    sum.acknowledged += room.acknowledged.size
    sum.resent += [...room.writers, room.console].reduce((all, { resent }) => all + resent, 0)
    room.close()
    if (!ended) await looksRight(room)
    await room.insist('POST', `/api/sessions/${room.session.id}/end`)
    room = undefined
  }
  for (const seed of share.seeds) {
    // A line that is silent for longer than this is given up; a real phone waits a little longer.
    room ??= await openWordsRoom(server, { people: WRITERS, mark: `s${seed}`, writer: { silence: 3_000 } })
    try {
      sum.worstBackMs = Math.max(sum.worstBackMs, Math.round(await cycle(room, seed)))
      // A session that has just ended has nobody who writes any more.
      if (seed % STOP_EACH === STOP_EACH / 2 && MOMENTS[seed % MOMENTS.length] !== 'end') {
        await stopped(room, seed)
        sum.stops += 1
      }
    } catch (error) {
      throw new Error(`Kill ${seed} (${MOMENTS[seed % MOMENTS.length]}): ${(error as Error).message}`, { cause: error })
    }
    const ended = MOMENTS[seed % MOMENTS.length] === 'end'
    if (ended || (seed + 1) % ROOM_LIVES === 0) await leave(ended)
  }
  await leave()
  expect(server.said()).not.toMatch(/unhandled|uncaught/iu)
  expect(sum.acknowledged).toBeGreaterThanOrEqual(share.count * 1_000)
  share.report({ kills: share.count, ...sum })
  console.log(JSON.stringify(sum))
}, share.timeout(6_000))

test('F17 TI4 a timer, a pause and the step outlive the server', async () => {
  const session = await server.openSession(planWith('check-in'))
  await server.move(session, 'start')
  const ana: Line = await server.participant(session, {}, { reconnects: true })
  const console = await server.facilitator(session)
  await console.done(undefined, { type: 'timer.start', total: 600_000 })
  await console.done(undefined, { type: 'pause.set', paused: true })
  await until(() => ana.view('everyone')?.timer !== undefined && ana.view('everyone')?.paused === true)
  const before = ana.view('everyone')
  await server.kill()
  await server.restart()
  const wholes = ana.wholes
  await until(() => ana.wholes >= wholes + 2, 'the whole views of the next life')
  expect(ana.view('everyone')).toEqual(before)
})

test('F17 what was deleted before a kill stands in no file of the next life', async () => {
  const room = await openWordsRoom(server, { people: 20, mark: 'gone' })
  await room.write()
  room.close()
  await server.host('DELETE', `/api/sessions/${room.session.id}`)
  await server.kill()
  await server.restart()
  expect((await storedBytes(server.folder)).includes('gonew')).toBe(false)
})
