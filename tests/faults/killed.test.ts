/** F1, F2, F17: the server killed in the middle of a burst. What was acknowledged is there, once; what was not comes again, once. */
import { nanoid } from 'nanoid'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { planWith } from '../support/kinds.ts'
import type { Line } from '../support/line.ts'
import { spawnServer, type ServerProcess } from '../support/server-process.ts'
import { until } from '../support/until.ts'
import type { Hosted, Ticket } from '../support/visit.ts'

const WRITERS = 60
const CARDS_EACH = 5
const ROUNDS = 5

let server: ServerProcess
beforeEach(async () => { server = await spawnServer({ LOG_LEVEL: 'error' }) })
afterEach(async () => { await server.close() })

const walls = planWith('answers', { config: { prompt: { en: 'Say' }, perPerson: CARDS_EACH, length: 100, byDepartment: false } })

type Phone = Line & { ticket: Ticket }

interface Writer {
  line: Phone
  /** Answered with a yes. */
  saved: string[]
  /** Resolves when everything is answered. */
  done: Promise<void>
}

/** A phone that writes each card once, and sends it again and again until it is answered, as the outbox does. */
function write(line: Phone, name: string): Writer {
  const writer: Writer = { line, saved: [], done: Promise.resolve() }
  writer.done = (async () => {
    for (let i = 0; i < CARDS_EACH; i += 1) {
      const [id, text] = [nanoid(), `${name} card ${i}`]
      await until(async () => {
        if (!line.socket.connected) return false
        const answer = await line.act('step', { type: 'write', text, lang: 'en' }, id).catch(() => undefined)
        if (answer === undefined) return false
        if (!answer.ok && answer.code !== 'too-fast' && answer.code !== 'storage') throw new Error(`${text}: ${answer.code}`)
        return answer.ok
      }, `${text} to be saved`, 60_000)
      writer.saved.push(text)
    }
  })()
  return writer
}

const textsOn = (line: Line) => Object.values((line.view('mine')?.steps.step as { cards?: Record<string, { text: string }> } | undefined)?.cards ?? {}).map(({ text }) => text)

async function aRoomOf(writers: number): Promise<{ session: Hosted; lines: Phone[] }> {
  const session = await server.openSession(walls)
  await server.move(session, 'start')
  const lines = await Promise.all(Array.from({ length: writers }, () => server.participant(session, {}, { reconnects: true })))
  return { session, lines }
}

test('ID1 ID2 killed at any moment under sixty writers: nothing acknowledged is lost, nothing is doubled, and everybody is back', async () => {
  for (let round = 0; round < ROUNDS; round += 1) {
    const { session, lines } = await aRoomOf(WRITERS)
    const writers = lines.map((line, i) => write(line, `writer ${i}`))
    const saved = () => writers.reduce((sum, writer) => sum + writer.saved.length, 0)
    // Twice a round, in the thick of it: after some dozens of answers, while the others are on their way.
    for (const share of [0.15 + round * 0.05, 0.5 + round * 0.05]) {
      await until(() => saved() >= WRITERS * CARDS_EACH * share, 'the burst to go on', 60_000)
      await server.kill()
      const acknowledged = writers.flatMap((writer) => writer.saved)
      await server.restart()
      // What a phone was told is saved is there for whoever looks anew.
      for (const [i, { line }] of writers.entries()) {
        const mine = acknowledged.filter((text) => text.startsWith(`writer ${i} `))
        const looks = await server.participant(session, line.ticket)
        expect(textsOn(looks)).toEqual(expect.arrayContaining(mine))
        looks.close()
      }
    }
    await Promise.all(writers.map((writer) => writer.done))
    for (const [i, writer] of writers.entries()) {
      const expected = Array.from({ length: CARDS_EACH }, (_, card) => `writer ${i} card ${card}`)
      await until(() => textsOn(writer.line).length >= CARDS_EACH)
      expect(textsOn(writer.line).sort()).toEqual(expected)
    }
    const console = await server.facilitator(session)
    await console.done('step', { type: 'reveal' })
    const cards = Object.values((console.view('facilitator')?.step?.activity as { cards: Record<string, { text: string }> }).cards).map(({ text }) => text)
    expect(cards).toHaveLength(WRITERS * CARDS_EACH)
    expect(new Set(cards).size).toBe(WRITERS * CARDS_EACH)
    server.hangUp()
  }
  expect(server.said()).not.toContain('Unhandled')
}, 240_000)

test('TI4 a timer, a pause and the step outlive the server', async () => {
  const { session, lines } = await aRoomOf(1)
  const ana = lines[0] as Phone
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
