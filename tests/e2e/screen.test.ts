/** What stands before the room: always something good, never an error, never a name by accident, never cut off. */
import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import type { Plan } from '#shared/session/plan.ts'
import { crowd } from './support/crowd.ts'
import { useDevices } from './support/devices.ts'
import { cutOff, tooSmall } from './support/looks.ts'
import { manyLines, onward, shortSession } from './support/session-short.ts'
import { CONSOLE, openConsole, openScreen, SCREEN, type Created } from './support/stage.ts'

const stage = useDevices()

const screenOf = async (created: Created): Promise<Page> => openScreen(await stage.device(SCREEN), stage.server, created.links.screen)
const consoleOf = async (created: Created): Promise<Page> => openConsole(await stage.device(CONSOLE), stage.server, created.links.facilitator)
const words = (screen: Page) => screen.evaluate(() => document.body.innerText)

/** A sentence of this many characters, of words as long as people's. */
function long(length: number, seed = ''): string {
  return `${seed}${'What must be true of the work of each department, and of those who lead it, before a family believes us? '.repeat(12)}`.slice(0, length - 1).trimEnd() + '.'
}

/** What this page has fetched until now, by the names that its build gave to files. */
const fetched = (page: Page) => page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname.slice(1)))

describe('when the server is gone', () => {
  test('because it died, the last good frame stays, without a word about it, and the screen is back with the room by itself', async () => {
    const created = await shortSession(stage.server, { steps: ['weather', 'serve', 'closing'], change: manyLines })
    const facilitator = await consoleOf(created)
    const screen = await screenOf(created)
    await screen.getByRole('heading').first().waitFor()
    const before = await words(screen)
    await stage.server.kill()
    // The console says it, since its facilitator must know; by then the screen knows too.
    await facilitator.getByText('The server does not answer.').waitFor()
    expect(await words(screen)).toBe(before)
    await stage.server.start()
    await onward(stage.server, created)
    await screen.getByText('How will, or can, your department serve?').waitFor()
    await facilitator.getByText('The server does not answer.').waitFor({ state: 'hidden' })
  })

  test('or files do not come just as the room goes on, the next step stands there all the same, on the screen and on the console', async () => {
    const built = JSON.parse(readFileSync('dist/client/.vite/desk.json', 'utf8')) as Record<string, { file: string }>
    const created = await shortSession(stage.server, { steps: ['weather', 'serve'], change: manyLines })
    const [facilitator, screen] = [await consoleOf(created), await screenOf(created)]
    for (const [page, part] of [[facilitator, 'Console'], [screen, 'Screen']] as const) {
      await expect.poll(() => fetched(page), { timeout: 20_000 }).toContain(built[`activities/answers/${part}.svelte`]?.file)
      await page.context().route('**/assets/**', (route) => route.abort())
    }
    await onward(stage.server, created)
    await screen.getByText('How will, or can, your department serve?').waitFor()
    await facilitator.getByText('Nothing to show yet.').waitFor()
  })

  test('or the link is revoked and the session deleted, the frame stays, without the code that no longer works', async () => {
    const created = await shortSession(stage.server, { steps: ['serve'], change: manyLines })
    const screen = await screenOf(created)
    await screen.getByText('How will, or can, your department serve?').waitFor()
    const handles = await stage.server.api<{ handle: string; role: string }[]>('GET', `/api/sessions/${created.id}/links`)
    for (const { handle } of handles.filter(({ role }) => role === 'screen')) await stage.server.api('DELETE', `/api/sessions/${created.id}/links/${handle}`)
    await stage.server.api('DELETE', `/api/sessions/${created.id}`)
    await expect.poll(() => screen.getByText(created.code.slice(0, 4)).count()).toBe(0)
    expect(await words(screen)).toContain('How will, or can, your department serve?')
  })
})

describe('names', () => {
  test('reach the screen from no anonymous step, neither shown nor in what it is sent', async () => {
    const created = await shortSession(stage.server, { steps: ['weather', 'moments', 'change', 'board'], phase: 'open' })
    const context = await stage.device(SCREEN)
    const heard: string[] = []
    context.on('page', (page) => page.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => heard.push(String(payload)))))
    const screen = await openScreen(context, stage.server, created.links.screen)
    const facilitator = await consoleOf(created)
    const people = await crowd(stage.server, created.code, ['Ada', 'Ben', 'Cleo', 'Dev', 'Eli', 'Fay'].map((name) => `Canary${name}`))
    await facilitator.getByRole('button', { name: 'Start the session' }).click()
    const seen: string[] = []
    const look = async () => seen.push(await screen.evaluate(() => document.documentElement.outerHTML))

    await Promise.all(people.map((someone) => someone.sees((view) => view?.step?.id === 'weather')))
    await Promise.all(people.map((someone) => someone.act('weather', { type: 'answer', weather: 'foggy' })))
    await facilitator.getByRole('button', { name: 'Reveal the sky' }).click()
    await screen.getByText(/of us/u).first().waitFor()
    await look()
    for (const [step, command] of [['change', { type: 'write' }], ['board', { type: 'write', kind: 'thought', lang: 'en' }]] as const) {
      while ((await stage.server.api<{ step?: string }>('POST', `/api/sessions/${created.id}/next`)).step !== step) await look()
      await Promise.all(people.map((someone) => someone.sees((view) => view?.step?.id === step)))
      await Promise.all(people.map((someone, i) => someone.act(step, { ...command, text: `Line number ${i + 1}` })))
      await facilitator.getByRole('button', { name: 'Reveal', exact: true }).click()
      await screen.getByText('Line number 3').waitFor()
      await look()
    }
    for (const someone of people) someone.drop()
    expect(heard.some((frame) => frame.includes('Line number 3')), 'frames were heard').toBe(true)
    expect([...heard, ...seen].filter((text) => text.includes('Canary'))).toEqual([])
  })
})

describe('at 1920 by 1080', () => {
  const wrong: string[] = []

  async function look(screen: Page, moment: string): Promise<void> {
    await screen.evaluate(async () => {
      await document.fonts.ready
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))
    })
    wrong.push(...(await cutOff(screen)).map((what) => `${moment}: ${what}`), ...(await tooSmall(screen)).map((what) => `${moment}: ${what}`))
  }

  test('the longest agreements fit, one by one, together, and as the strip below another step', async () => {
    const created = await shortSession(stage.server, { steps: ['agreements', 'weather'], change: longAgreements })
    const facilitator = await consoleOf(created)
    const screen = await screenOf(created)
    await screen.getByRole('heading').first().waitFor()
    for (let moment = 1; (await stepOf(created)) === 'agreements'; moment += 1) {
      await look(screen, `agreement ${moment}`)
      await onward(stage.server, created)
      await facilitator.getByText(`${moment + 1} of 4`).or(facilitator.getByText('Step 2 of 2')).or(facilitator.getByText(/talk/u)).first().waitFor()
    }
    await screen.getByRole('list', { name: /agreements/iu }).waitFor()
    await look(screen, 'the strip')
    expect(wrong.splice(0)).toEqual([])
  })

  test('the longest answers, cards and commitments of twelve people fit, and can be read from the back row', async () => {
    const created = await shortSession(stage.server, { steps: ['agreements', 'change', 'board', 'serve', 'closing'], change: longWalls })
    const screen = await screenOf(created)
    const facilitator = await consoleOf(created)
    const people = await crowd(stage.server, created.code, Array.from({ length: 12 }, (_, i) => `Wilhelmina Montgomery-Featherstone the ${i + 1}th`))
    for (const [step, length, command] of [['change', 280, { type: 'write' }], ['board', 500, { type: 'write', kind: 'thought', lang: 'en' }], ['serve', 280, { type: 'write' }], ['closing', 200, { type: 'write' }]] as const) {
      while ((await stepOf(created)) !== step) await onward(stage.server, created)
      await Promise.all(people.map((someone) => someone.sees((view) => view?.step?.id === step)))
      await screen.getByText(/Written quietly/u).first().waitFor()
      await look(screen, `${step}, veiled`)
      const answers = await Promise.all(people.map((someone, i) => someone.act(step, { ...command, text: long(length, `${i + 1}. `) })))
      expect(answers.filter(({ ok }) => !ok)).toEqual([])
      await facilitator.getByRole('button', { name: 'Reveal', exact: true }).click()
      await screen.getByText(/^\d+\. What must be/u).first().waitFor()
      await look(screen, `${step}, the wall`)
      await facilitator.getByRole('button', { name: 'Spotlight' }).first().click()
      await facilitator.getByRole('button', { name: 'Back to the wall' }).first().waitFor()
      await look(screen, `${step}, one in the light`)
    }
    for (const someone of people) someone.drop()
    expect(wrong.splice(0)).toEqual([])
  })
})

const stepOf = async (created: Created) => (await stage.server.api<{ step?: string }>('GET', `/api/sessions/${created.id}`)).step
const configOf = (plan: Plan, step: string) => plan.steps[step]?.activity.config as Record<string, unknown>

/** Every text of the agreements as long as a plan may have it. */
function longAgreements(plan: Plan): void {
  const agreements = configOf(plan, 'agreements') as { agreements: Record<string, object>; source?: object }
  for (const agreement of Object.values(agreements.agreements)) Object.assign(agreement, { name: { en: long(60) }, text: { en: long(400) }, local: { en: long(160) } })
  agreements.source = { en: long(200) }
}

/** Every prompt as long as a plan may have it, and as much room for each person. */
function longWalls(plan: Plan): void {
  plan.naming = 'full'
  const prompt = { en: long(300) }
  Object.assign(configOf(plan, 'change'), { prompt, length: 280 })
  Object.assign(configOf(plan, 'board'), { prompt, length: 500 })
  Object.assign(configOf(plan, 'serve'), { prompt, length: 280 })
  Object.assign(configOf(plan, 'closing'), { prompt })
}
