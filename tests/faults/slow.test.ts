/** F3 F32: lines that look alive and carry nothing, messages that never arrive, phones that do not read. Side by side: each waits for most of its time. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { random } from '#shared/random.ts'
import type { Plan } from '#shared/session/plan.ts'
import { PROTOCOL } from '#shared/wire/protocol.ts'
import { SILENCE } from '../../client/live/reconnect.ts'
import type { LiveSession } from '../../client/live/session.svelte.ts'
import { openNetwork } from '../support/chaos-proxy.ts'
import { Client } from '../support/cheap-client.ts'
import { planWith } from '../support/kinds.ts'
import { openPhone } from '../support/phone.ts'
import { probe, PROBED } from '../support/probed.ts'
import { putAside } from '../support/databases.ts'
import { spawnServer, type ServerProcess } from '../support/server-process.ts'
import { onlyOn } from '../support/storage.ts'
import { canonical, until } from '../support/until.ts'
import { visit } from '../support/visit.ts'

/** A client hears nothing for longer than the server's beat, looks every second, and comes back. ms */
const NOTICED = 10_000 + 1_000 + 6_000
/** What was missed is known by the next beat, and the whole view is here. ms */
const KNOWN = 5_000

type Finished = (close: () => Promise<void> | void) => void

/** A server of one test’s own, to be killed or filled. */
async function start(after: Finished, env: Record<string, string> = {}): Promise<ServerProcess> {
  const server = await spawnServer({ LOG_LEVEL: 'error', ...env })
  after(() => server.close())
  return server
}

let server: ServerProcess
beforeAll(async () => { server = await spawnServer({ LOG_LEVEL: 'error' }) })
afterAll(async () => { await server.close() })

async function network(after: Finished) {
  const made = await openNetwork({ origin: server.url, port: server.port })
  after(() => made.close())
  return made
}

async function phone(after: Finished, origin: string, session: Parameters<ServerProcess['join']>[0]): Promise<LiveSession> {
  const made = openPhone(origin, await visit(origin).join(session))
  after(() => made.close())
  await until(() => made.view !== undefined && made.mine !== undefined)
  return made
}

const walls = planWith('answers', { config: { prompt: { en: 'Say' }, perPerson: 5, length: 100, byDepartment: false } })
const write = (text: string) => ({ type: 'write', text, lang: 'en' })

for (const direction of ['up', 'down'] as const) test.concurrent(`F3 a line that carries nothing ${direction} is noticed by the phone itself: its words are answered and it is where the room is`, async ({ onTestFinished: after }) => {
  const session = await server.openSession(walls)
  await server.move(session, 'start')
  const between = await network(after)
  const made = await phone(after, between.server.origin, session)
  between.silence(direction)
  const console = await server.facilitator(session)
  const answered = made.act('step', write('into nothing'))
  // The end comes by another line, and at several servers to another one: it must not be first.
  if (direction === 'down') await until(() => JSON.stringify(console.view('facilitator')?.step).includes('into nothing'), 'the words to arrive')
  await server.host('POST', `/api/sessions/${session.id}/end`)
  expect(made.sending('step')).not.toBe('saved')
  await until(() => made.view?.phase === 'ended', 'the phone to see what the room sees', NOTICED)
  // It was too late where it never arrived; where it did, the answer comes at the second asking. Never is nothing said.
  expect((await answered).ok).toBe(direction === 'down')
  expect(made.waiting).toBe(0)
}, 60_000)

test.concurrent('F3 of messages that are lost on the way none is missed for longer than five seconds', async ({ onTestFinished: after }) => {
  const session = await server.openSession(walls)
  await server.move(session, 'start')
  const between = await network(after)
  const phones = [await phone(after, between.server.origin, session), await phone(after, between.server.origin, session)]
  const console = await server.facilitator(session)
  const dice = random('one in four')
  between.loseAll((frame) => frame.includes('42["patch"') && dice.below(4) === 0)
  for (let i = 0; i < 12; i += 1) {
    await console.done(undefined, { type: 'pause.set', paused: i % 2 === 0 })
    await phones[i % 2]?.act('step', write(`card ${i}`))
  }
  // The last thing that happens never arrives: only the beat can tell of it.
  between.loseAll((frame) => frame.includes('42["patch"'))
  await console.done(undefined, { type: 'step.lock', step: 'step', locked: true })
  const newcomer = await server.participant(session)
  between.loseAll(undefined)
  await until(() => phones.every((made) => canonical(made.view) === canonical(newcomer.view('everyone'))), 'all to agree', KNOWN)
}, 60_000)

test.concurrent('F40 where the network swallows WebSockets without a word, a phone is in and is heard by polling, and comes back so', async ({ onTestFinished: after }) => {
  const session = await server.openSession(walls)
  await server.move(session, 'start')
  const between = await network(after)
  between.swallowsWebSockets()
  const made = openPhone(between.server.origin, await server.join(session))
  after(() => made.close())
  await until(() => made.view?.phase === 'live', 'the phone to be in', 2 * SILENCE)
  expect(await made.act('step', write('by another way'))).toMatchObject({ ok: true })
  between.cut()
  await until(() => made.connection.state === 'off', 'the line to be lost', NOTICED)
  between.swallowsWebSockets()
  await until(() => made.connection.state === 'on', 'the phone to be back')
  expect(await made.act('step', write('and again'))).toMatchObject({ ok: true })
}, 60_000)

test.concurrent('F40 F44 a line that ends between its WebSocket and the first word is tried again soon', async ({ onTestFinished: after }) => {
  const session = await server.openSession(walls)
  await server.move(session, 'start')
  const between = await network(after)
  const made = await phone(after, between.server.origin, session)
  await between.endsOpening()
  between.heal()
  // Nothing but the longest wait for an answer would end it otherwise.
  await until(() => made.connection.state === 'on', 'the phone to be back', SILENCE - 1_000)
  expect(await made.act('step', write('back again'))).toMatchObject({ ok: true })
}, 60_000)

test.concurrent('F3 F46 a server that comes back with an older memory is followed, and whom it does not know is told so and keeps their words', async ({ onTestFinished: after }) => {
  const server = await start(after)
  const session = await server.openSession(walls)
  await server.move(session, 'start')
  const known = await phone(after, server.url, session)
  expect(await known.act('step', write('before the copy'))).toMatchObject({ ok: true })
  await server.kill()
  const before = await putAside(server.folder)
  await server.restart()
  await until(() => known.connection.state === 'on')
  expect(await known.act('step', write('after the copy'))).toMatchObject({ ok: true })
  const late = await phone(after, server.url, session)
  await server.kill()
  await before.restore()
  // Written while there is no server at all.
  void late.act('step', write('of somebody whom nobody knows'))
  const back = known.act('step', write('written in between'))
  await server.restart()
  expect(await back).toMatchObject({ ok: true })
  const newcomer = await server.participant(session)
  await until(() => canonical(known.view) === canonical(newcomer.view('everyone')), 'the phone to agree with the older memory')
  await until(() => canonical(known.mine).includes('written in between'), 'the phone to show what it wrote in between')
  expect(canonical(known.mine)).not.toContain('after the copy')
  await until(() => late.connection.refused !== undefined, 'the stranger to be told')
  expect(late.waiting).toBe(1)
}, 60_000)

const STUCK = 8
const OTHERS = 6
/** Each a message of some 40 KB: together more than what the system itself keeps for a line. */
const CHANGES = 180
const MEGABYTE = 1024 * 1024

/** A plan so long that a change of its titles is a large message for everybody. */
function long(shipped: Plan, round: number): Plan {
  const plan = walls(shipped)
  const step = plan.steps.step
  if (step === undefined) throw new Error('no step')
  for (let i = 0; i < 180; i += 1) plan.steps[`more${i}`] = { ...step, order: i + 1, title: { en: `${round} ${'x'.repeat(110)}`, es: `${round} ${'y'.repeat(110)}` } }
  return plan
}

test.runIf(onlyOn(['sqlite', 'postgres'], 'the balancer in front reads for those who do not'))('F32 phones that do not read cost the server a bounded memory and nobody else a second, and come back to a whole view', async ({ onTestFinished: after }) => {
  const server = await start(after, PROBED)
  const session = await server.openSession((shipped) => long(shipped, 0))
  await server.move(session, 'start')
  const shipped = (await server.host('GET', `/api/sessions/${session.id}/plan`)).body as Plan
  const others = await Promise.all(Array.from({ length: OTHERS }, () => server.participant(session)))
  const stuck: { client: Client; gone: boolean }[] = []
  for (let i = 0; i < STUCK; i += 1) {
    const { token, veil } = await server.join(session)
    const made = { client: undefined as unknown as Client, gone: false }
    made.client = new Client(server.url, { v: PROTOCOL, door: 'phone', token, veil }, () => undefined, { lost: () => (made.gone = true) })
    stuck.push(made)
    after(() => made.client.close())
    await made.client.ready
    made.client.freeze()
  }
  const here = async () => (await server.host('GET', `/api/sessions/${session.id}`)).body.here as number
  await until(async () => (await here()) === OTHERS + STUCK, 'everybody to be here')
  const before = await probe(server)
  let slowest = 0
  let most = 0
  for (let i = 1; i <= CHANGES; i += 1) {
    const seen = others[0]?.held('everyone')?.at
    expect((await server.host('PUT', `/api/sessions/${session.id}/plan`, long(shipped, i))).status).toBe(200)
    // Changes of one moment are sent as one: each has to go out by itself for so much to wait.
    await until(() => others[0]?.held('everyone')?.at !== seen, 'the change to be sent')
    if (i % 20 !== 0) continue
    const began = performance.now()
    await others[(i / 20) % OTHERS]?.done('step', write(`card ${i}`))
    slowest = Math.max(slowest, performance.now() - began)
    most = Math.max(most, (await probe(server)).heap)
  }
  await until(async () => (await here()) === OTHERS, 'those who do not read to be let go', 15_000)
  expect(most - before.heap).toBeLessThan(STUCK * 2 * MEGABYTE + 20 * MEGABYTE)
  expect(slowest).toBeLessThan(2_000)
  expect(others.every((line) => line.socket.connected)).toBe(true)
  const newcomer = await server.participant(session)
  await until(() => others.every((line) => canonical(line.view('everyone')) === canonical(newcomer.view('everyone'))))
  stuck[0]?.client.thaw()
  await until(() => stuck[0]?.gone === true, 'whoever reads again to learn that the line has ended')
}, 60_000)
