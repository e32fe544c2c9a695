/** F1 DR1: every text field that a phone has, of every kind, keeps its words over a reload and over a browser that was closed hard. */
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { kinds } from '#shared/activities/registry.ts'
import type { Plan } from '#shared/session/plan.ts'
import { planOf } from '../support/kinds.ts'
import { own, send } from './support/pages.ts'
import { startServer, type TestServer } from './support/server.ts'
import { joinByCode, launch, person, PHONE, type Created, type Troubles } from './support/stage.ts'

let server: TestServer
let browser: Browser
let context: BrowserContext
let page: Page
let created: Created
const troubles: Troubles = { list: [] }

beforeAll(async () => {
  server = await startServer()
  browser = await launch()
  created = await server.api<Created>('POST', '/api/sessions', { template: 'smart-goals' })
  const shipped = await server.api<Plan>('GET', `/api/sessions/${created.id}/plan`)
  const plan = planOf(shipped)
  // The neighbours' number is a field of the groups, wherever a step takes place in them.
  for (const kind of ['answers', 'board']) {
    const step = plan.steps[kind]
    if (step !== undefined) step.activity.config = { ...(step.activity.config as object), perPerson: 5, ...(kind === 'answers' ? { byDepartment: false } : {}) }
  }
  plan.groupings = { partners: { order: 0, how: 'neighbours', size: 2 } }
  await server.api('PUT', `/api/sessions/${created.id}/plan`, { ...plan, naming: 'first', askDepartment: false })
  await server.api('POST', `/api/sessions/${created.id}/open`)
  await server.api('POST', `/api/sessions/${created.id}/start`)
  context = await person(browser, server, troubles, { viewport: PHONE })
  page = await joinByCode(context, server, created.code, 'Ana')
})
afterAll(async () => {
  await browser.close()
  await server.close()
  expect(troubles.list).toEqual([])
})

/** What brings a kind's text fields out, by what stands on the page; each way is a state of the step of its own. */
const WAYS: Record<string, ((page: Page) => Promise<void>)[]> = {
  'check-in': [async (on) => on.getByRole('radio').first().check({ force: true })],
  closing: [
    async (on) => on.getByRole('radio', { name: /alone/iu }).check({ force: true }),
    async (on) => on.getByRole('radio', { name: /shar/iu }).check({ force: true }),
  ],
  answers: [async () => undefined, async (on) => edit(on)],
  board: [async () => undefined, async (on) => edit(on)],
}

async function edit(on: Page): Promise<void> {
  await send(on, 'A card to change')
  await own(on, 'A card to change').getByRole('button', { name: 'Edit' }).click()
}

/** Fields of each kind that were tried, so that one that shows none is no proof. */
const FIELDS: Record<string, number> = { 'check-in': 1, closing: 2, answers: 3, board: 3, talk: 1 }

const fields = (on: Page) => on.locator('main').locator('input:not([type]), input[type="text"], textarea').filter({ visible: true })

test.each(Object.keys(kinds))('F1 DR1 %s: what is typed and not sent is there after a reload', async (kind) => {
  await server.api('POST', `/api/sessions/${created.id}/next`).catch(() => undefined)
  await goTo(kind)
  let tried = 0
  for (const [way, bringOut] of (WAYS[kind] ?? [async () => undefined]).entries()) {
    await bringOut(page)
    const count = await fields(page).count()
    for (let i = 0; i < count; i += 1) await fields(page).nth(i).fill(wordsFor(kind, way, i))
    await page.reload()
    await page.locator('.step > *').first().waitFor()
    for (let i = 0; i < count; i += 1) await expect.poll(() => fields(page).nth(i).inputValue(), { message: `${kind}, way ${way}, field ${i}` }).toBe(wordsFor(kind, way, i))
    tried += count
  }
  expect(tried).toBe(FIELDS[kind] ?? 0)
  // The next kind is not held back by words that wait to be sent.
  for (let i = await fields(page).count(); i > 0; i -= 1) await fields(page).nth(i - 1).fill('')
})

/** A neighbour's number is digits alone. */
const wordsFor = (kind: string, way: number, i: number) => (kind === 'talk' ? `4${i}` : `Typed ${way} ${i} — ñ, 日本, 👩🏽‍🏫`)

async function goTo(kind: string): Promise<void> {
  const title = `Step ${kind}`
  const console = await import('../support/visit.ts').then(({ visit }) => visit(server.origin))
  const line = await console.facilitator({ ...created, joinToken: '' })
  await line.act(undefined, { type: 'flow.goto', step: kind })
  console.hangUp()
  await page.locator('header .where').filter({ hasText: title }).waitFor()
  await page.locator('.step > *').first().waitFor()
}
