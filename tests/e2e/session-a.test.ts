/** The main job, whole: from the code on the wall to the notes, with a dropped phone and a killed server on the way. */
import JSZip from 'jszip'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { liveThrough, OTHER_CARDS } from './support/live-through.ts'
import { DATE, HOSTS, NAMES, SAID, type Cast, type Moment } from './support/session-a.ts'
import { HOST_KEY, startServer, type TestServer } from './support/server.ts'
import { axe, launch, type Troubles } from './support/stage.ts'

/** A whole session with browsers takes a minute on a quiet machine. */
const WHOLE = 400_000

let server: TestServer
let browser: Browser
const troubles: Troubles = { list: [] }

beforeAll(async () => {
  server = await startServer()
  browser = await launch()
})
afterAll(async () => {
  await browser.close()
  await server.close()
})

async function notes(cast: Cast, query: string): Promise<Response> {
  const response = await fetch(`${server.origin}/api/sessions/${cast.created.id}/notes?${query}`, { headers: { authorization: `Bearer ${HOST_KEY}` } })
  expect(response.status).toBe(200)
  return response
}

/** What goes wrong on the way, and who must not notice. */
async function disturb(moment: Moment, cast: Cast): Promise<void> {
  if (moment === 'problem') {
    // The battery is dead: the room has one person less, until the same phone comes back as the same person.
    await cast.phone.goto('about:blank')
    await cast.facilitator.getByText('25', { exact: true }).waitFor()
    await cast.phone.goto(server.origin)
    await cast.facilitator.getByText('26', { exact: true }).waitFor()
    await cast.phone.getByText('On the screen now').first().waitFor()
  }
  if (moment !== 'board-writing') return
  // In the middle of a burst: whoever got no answer sends again, with the same id.
  const burst = cast.crowd.slice(9, 21).map((someone, i) => someone.act('board', { type: 'write', kind: 'thought', text: BURST[i], lang: 'en' }))
  await server.kill()
  await server.start()
  const answers = await Promise.all(burst)
  expect(answers.every((answer) => answer.ok)).toBe(true)
  await cast.facilitator.getByRole('button', { name: 'Reveal', exact: true }).waitFor()
}

const BURST = Array.from({ length: 12 }, (_, i) => `Card ${'abcdefghijkl'[i] ?? ''} written while the server fell`)

describe('session A', () => {
  test(
    'runs from the first step to the notes, and the notes hold what was said and nothing else',
    async () => {
      const found: string[] = []
      const cast = await liveThrough({
        browser,
        server,
        troubles,
        at: async (moment, now) => {
          await disturb(moment, now)
          for (const [surface, page] of Object.entries({ phone: now.phone, telefono: now.telefono, screen: now.screen, console: now.facilitator })) {
            found.push(...(await axe(page)).map((violation) => `${moment}, ${surface}: ${violation}`))
          }
        },
      })
      expect(found).toEqual([])

      const sent = await (await notes(cast, 'format=md')).text()
      const said = [...SAID.changes, SAID.thought, SAID.epiphany, SAID.spanish, SAID.serve, SAID.serveAna, SAID.commitment, ...OTHER_CARDS, ...BURST]
      for (const words of said) expect(occurrences(sent, words), words).toBe(1)
      // On its board, and among those parked for next time.
      expect(occurrences(sent, SAID.question)).toBe(2)
      for (const words of [SAID.goal, HOSTS]) expect(sent).toContain(words)
      expect(sent).toContain('November 24, 2026')
      expect(DATE).toBe('2026-11-24')
      for (const name of ['Ana', 'Beatriz', ...NAMES]) expect(sent).toContain(name)
      for (const words of [SAID.hidden, SAID.private, SAID.second]) expect(sent).not.toContain(words)

      const record = await (await notes(cast, 'format=md&kind=record')).text()
      expect(occurrences(record, SAID.hidden)).toBe(1)
      for (const words of [SAID.private, SAID.second]) expect(record).not.toContain(words)

      const word = await JSZip.loadAsync(await (await notes(cast, 'format=docx')).arrayBuffer())
      const body = (await word.file('word/document.xml')?.async('string')) ?? ''
      for (const words of [SAID.epiphany, SAID.spanish, SAID.commitment]) expect(body).toContain(words)
      for (const words of [SAID.hidden, SAID.private]) expect(body).not.toContain(words)
      expect(Object.keys(word.files).filter((name) => name.endsWith('.png'))).toHaveLength(3)

      await cast.facilitator.getByRole('link', { name: 'To the notes' }).click()
      await cast.facilitator.getByText(SAID.epiphany).waitFor()
      for (const someone of cast.crowd) someone.drop()
      expect(troubles.list).toEqual([])
    },
    WHOLE,
  )
})

function occurrences(text: string, words: string): number {
  return text.split(words).length - 1
}
