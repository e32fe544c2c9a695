/** F13: the laptop that leads dies in the middle of a step. Somebody else leads on within seconds, and the room notices nothing. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openNetwork, type Network } from '../support/chaos-proxy.ts'
import { planWith } from '../support/kinds.ts'
import { spawnServer, type ServerProcess } from '../support/server-process.ts'
import { until } from '../support/until.ts'
import { visit } from '../support/visit.ts'

const IN_CONTROL_MS = 15_000

let server: ServerProcess
let network: Network
beforeEach(async () => {
  server = await spawnServer({ LOG_LEVEL: 'error' })
  network = await openNetwork({ origin: server.url, port: server.port })
})
afterEach(async () => {
  await network.close()
  await server.close()
})

test('F13 a dead laptop’s successor leads by the same key within seconds, participants see nothing, and the old one sees all when it wakes', async () => {
  const session = await server.openSession(planWith('check-in'))
  await server.move(session, 'start')
  const people = [await server.participant(session), await server.participant(session)]
  const screen = await server.screen(session)
  const laptop = await visit(network.server.origin).facilitator(session, undefined, { reconnects: true })
  await laptop.done(undefined, { type: 'timer.start', total: 600_000 })
  await until(() => [...people.map((line) => line.view('everyone')), screen.view('screen')].every((view) => view?.timer !== undefined))
  const seen = () => [...people, screen].map((line) => line.frames.filter((frame) => frame.includes('"patch"') || frame.includes('"view"') || frame.includes('"bye"')).length)
  const before = { seen: seen(), views: people.map((line) => line.view('everyone')) }

  // Its lid is closed: nobody is told, and to the server its line stays open.
  network.strand()
  const died = performance.now()
  const phone = await server.facilitator(session)
  expect(phone.view('facilitator')?.timer).toEqual(people[0]?.view('everyone')?.timer)
  expect(seen(), 'what the room was sent').toEqual(before.seen)
  expect(people.map((line) => line.view('everyone'))).toEqual(before.views)
  await phone.done(undefined, { type: 'pause.set', paused: true })
  expect(performance.now() - died).toBeLessThan(IN_CONTROL_MS)
  await until(() => people.every((line) => line.view('everyone')?.paused === true))

  // The old one is back: it shows what was done without it, and both lead one session.
  network.heal()
  await until(() => laptop.socket.connected && laptop.view('facilitator')?.paused === true, 'the laptop to be back')
  await laptop.done(undefined, { type: 'pause.set', paused: false })
  await until(() => phone.view('facilitator')?.paused === false)
  await phone.done(undefined, { type: 'pause.set', paused: true })
  await until(() => laptop.view('facilitator')?.paused === true)
  expect(laptop.byes).toEqual([])
})

test('F45 whoever comes back while their old line still seems open is here once, and is still here when the old line ends', async () => {
  const session = await server.openSession(planWith('check-in'))
  const tickets = [await server.join(session), await server.join(session), await server.join(session)]
  const through = visit(network.server.origin)
  const console = await server.facilitator(session)
  const phones = [await through.participant(session, tickets[0], { reconnects: true }), await through.participant(session, tickets[1], { reconnects: true })]
  await server.participant(session, tickets[2])
  await until(() => console.here === 3)
  const counts: number[] = []
  console.socket.on('here', (count: number) => counts.push(count))
  const entered = phones.map((line) => line.wholes)
  network.strand()
  network.heal()
  await until(() => phones.every((line, i) => line.wholes >= (entered[i] ?? 0) + 2), 'the phones to be back')
  network.unstrand()
  // Whatever the ends of the old lines would say is said before somebody new is counted.
  const last = await server.participant(session)
  await until(() => console.here === 4)
  last.close()
  await until(() => console.here === 3)
  // Each count that was told: first the newcomer, then without them. Nobody else went or came.
  expect(counts).toEqual([4, 3])
  expect((await server.host('GET', `/api/sessions/${session.id}`)).body.here).toBe(3)
  through.hangUp()
})
