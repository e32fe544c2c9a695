/** F20: the server is replaced by its next release in the middle of a session. Nobody loses a word, and nobody's page is taken from under their hands. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { PROTOCOL } from '#shared/wire/protocol.ts'
import { memoryStorage } from '../../client/live/storage.ts'
import { arbitraries, planWith } from '../support/kinds.ts'
import { countMarks } from '../support/storage-reader.ts'
import { Member } from '../support/member.ts'
import { openPhone } from '../support/phone.ts'
import { spawnServer, type ServerProcess } from '../support/server-process.ts'
import { until } from '../support/until.ts'

const WRITERS = 100
const EACH = 6
/** Between two cards of one person, ms. */
const PACE = 220
/** A server that was asked to end has ended by then, whatever its clients do. ms */
const DRAINED = 10_000
const BACK = 5_000

let server: ServerProcess
const members: Member[] = []
beforeEach(async () => { server = await spawnServer({ LOG_LEVEL: 'error' }) })
afterEach(async () => {
  for (const member of members.splice(0)) member.close()
  await server.close()
})

const board = planWith('board', { anonymous: true, config: { ...(arbitraries.find(({ kind }) => kind === 'board')?.config as object), perPerson: 12 } })

/** As an operator does it: asked to end, and the next one started when it has. */
async function replace(): Promise<void> {
  const pid = server.pid()
  server.signal('SIGTERM')
  await until(() => {
    try {
      return !process.kill(pid, 0)
    } catch {
      return true
    }
  }, 'the old server to have ended', DRAINED)
  await server.restart()
}

test('F20 replaced under a hundred people writing: all are back within 5 s, every word is there once, and no page was told to reload', async () => {
  const session = await server.openSession(board)
  await server.move(session, 'start')
  for (let i = 0; i < WRITERS; i += 1) members.push(new Member(server.url, await server.join(session)))
  await until(() => members.every((member) => member.in), 'everybody to be in', 30_000)
  const typing = openPhone(server.url, await server.join(session))
  await until(() => typing.view !== undefined)
  typing.draft('step/text').text = 'half a sentence'
  let written = 0
  const pace = setInterval(() => {
    if (written === EACH) return clearInterval(pace)
    written += 1
    members.forEach((member, i) => member.write('step', `d${i}x${written}z`))
  }, PACE)
  const saved = () => members.flatMap((member) => member.saved)
  await until(() => saved().length > WRITERS, 'the writing to go on', 30_000)
  await replace()
  const up = performance.now()
  await until(() => written === EACH && saved().length === WRITERS * EACH && members.every((member) => member.in), 'all to be back with all their words', 30_000)
  expect(performance.now() - up).toBeLessThan(BACK)
  expect(members.flatMap((member) => member.refused)).toEqual([])
  const stored = await countMarks(server.folder, /d\d+x\d+z/gu)
  expect(saved().filter((mark) => stored.get(mark) !== 1)).toEqual([])
  expect(stored.size).toBe(WRITERS * EACH)
  // No goodbye and no refusal: nothing that would make a page load itself anew.
  await until(() => typing.connection.state === 'on')
  expect([typing.connection.refused, typing.connection.bye, typing.draft('step/text').text]).toEqual([undefined, undefined, 'half a sentence'])
  expect(server.said()).not.toMatch(/Unhandled|a listener failed/u)
  typing.close()
}, 120_000)

test.each([PROTOCOL - 1, PROTOCOL + 1])('F20 a page that speaks protocol %i is told that it is out of date, keeps what it wrote, and the page that replaces it sends it once', async (v) => {
  const session = await server.openSession(board)
  await server.move(session, 'start')
  const [ticket, storage] = [await server.join(session), memoryStorage()]
  const page = openPhone(server.url, ticket, { storage, v })
  void page.act('step', { type: 'write', text: 'o1x1z', kind: 'thought' })
  await until(() => page.connection.refused === 'outdated', 'the page to be told')
  expect([page.waiting, page.view]).toEqual([1, undefined])
  page.close()
  const reloaded = openPhone(server.url, ticket, { storage })
  await until(() => reloaded.connection.state === 'on' && reloaded.waiting === 0, 'what was written to be sent')
  expect(await countMarks(server.folder, /o\d+x\d+z/gu)).toEqual(new Map([['o1x1z', 1]]))
  reloaded.close()
})
