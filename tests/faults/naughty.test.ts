/** F22, F36: naughty strings in every text field, seen on every surface, at an address and under a name. Nothing runs, nothing bursts. */
import JSZip from 'jszip'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startServer, type TestServer } from '../e2e/support/server.ts'
import { CONSOLE, launch, openConsole, openScreen, PHONE, SCREEN } from '../e2e/support/stage.ts'
import { elementsOf } from '../server/export/xml.ts'
import { HOST_KEY, visit, type Visit } from '../support/visit.ts'
import { shareOf } from '../torture/share.ts'
import { markOf } from './support/naughty-plan.ts'
import { BURST, naughtySession } from './support/naughty-session.ts'
import { naughty } from './support/naughty-strings.ts'

const share = shareOf('naughty')
/** Strings of one session. */
const EACH = 60
const SMALL = { width: 320, height: 640 }

let server: TestServer
let browser: Browser
let doors: Visit
beforeAll(async () => {
  if (share.count === 0) return
  server = await startServer()
  browser = await launch(['--host-resolver-rules=MAP hall.test 127.0.0.1'])
  doors = visit(server.origin)
})
afterAll(async () => {
  doors?.hangUp()
  await browser?.close()
  await server?.close()
})

/** Everything that should never happen on a page, told as it happens. */
async function watched(troubles: string[], viewport: { width: number; height: number }): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport, reducedMotion: 'reduce' })
  await context.exposeFunction('__tell', (what: string) => void troubles.push(what))
  await context.addInitScript(() => {
    const tell = (what: string) => void (window as unknown as { __tell(what: string): void }).__tell(what)
    Object.defineProperty(window, '__pwned', { set: () => tell('a script ran') })
    for (const name of ['alert', 'confirm', 'prompt', 'print'] as const) Object.assign(window, { [name]: () => tell(`${name} was called`) })
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => tell(`policy: ${violatedDirective} ${blockedURI}`))
  })
  context.on('page', (page) => {
    page.on('pageerror', (error) => void troubles.push(`error: ${error.message}`))
    page.on('request', (request) => {
      if (!/^(http:\/\/(127\.0\.0\.1|hall\.test)(:\d+)?\/|blob:|data:)/u.test(request.url())) troubles.push(`elsewhere: ${request.url()}`)
    })
  })
  return context
}

async function run(seeds: readonly number[], host: string): Promise<string[]> {
  const troubles: string[] = []
  let at = 0
  const next = () => naughty(seeds[(at += 1) % seeds.length] as number)
  const { session, lead, steps } = await naughtySession(doors, next)

  const pages: [string, Page][] = []
  const there = { ...server, origin: `http://${host}:${server.port}` }
  const open = async (name: string, viewport: { width: number; height: number }, how: (context: BrowserContext) => Promise<Page>) => {
    pages.push([name, await how(await watched(troubles, viewport))])
  }
  const joins = async (context: BrowserContext) => {
    const page = await context.newPage()
    await page.goto(`${there.origin}/#${session.joinToken}`)
    const name = page.locator('[autocomplete="given-name"]')
    await name.fill('Ana')
    await name.press('Enter')
    await page.getByText(session.code.slice(0, 4)).or(page.locator('main')).first().waitFor()
    return page
  }
  await open('phone', SMALL, joins)
  await open('phone in Spanish', PHONE, joins)
  await open('screen', SCREEN, (context) => openScreen(context, there, session.links.screen))
  await open('console', CONSOLE, (context) => openConsole(context, there, session.links.facilitator))
  await open('small console', SMALL, (context) => openConsole(context, there, session.links.facilitator))
  for (const step of steps) {
    await lead.act(undefined, { type: 'flow.goto', step })
    // Some steps show no title on phone and screen: they were sent theirs before the console was.
    for (const [name, page] of pages) if (name.endsWith('console')) await page.getByText(markOf(step)).first().waitFor()
    for (const [name, page] of pages) {
      await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))))
      const wide = await page.evaluate<string | undefined>(BURST)
      if (wide !== undefined) troubles.push(`${name}, ${step}: ${wide}`)
    }
    // Whatever has a field on a phone takes the strings as thumbs bring them.
    const [, phone] = pages[0] as [string, Page]
    const field = phone.getByRole('textbox').first()
    if (await field.isVisible()) await field.fill(next())
  }
  const [, console] = pages[3] as [string, Page]
  for (const path of ['prepare', 'notes']) {
    await console.goto(`${there.origin}/host/sessions/${session.id}/${path}`)
    await console.getByRole('heading').first().waitFor()
    const wide = await console.evaluate<string | undefined>(BURST)
    if (wide !== undefined) troubles.push(`${path}: ${wide}`)
  }
  for (const kind of ['send', 'record']) {
    const docx = await fetch(`${server.origin}/api/sessions/${session.id}/notes?format=docx&kind=${kind}`, { headers: { authorization: `Bearer ${HOST_KEY}` } })
    const zip = await JSZip.loadAsync(await docx.arrayBuffer())
    for (const part of Object.values(zip.files).filter(({ name }) => /\.(xml|rels)$/u.test(name))) {
      const xml = await part.async('string')
      elementsOf(xml)
      const fields = [...xml.matchAll(/<w:instrText[^>]*>([^<]*)/gu)].map(([, field = '']) => field.trim())
      if (/TargetMode="External"|w:fldSimple/u.test(xml) || fields.some((field) => field !== 'PAGE' && field !== 'NUMPAGES')) troubles.push(`${part.name} leads elsewhere`)
    }
  }
  for (const [, page] of pages) await page.context().close()
  return troubles
}

test.skipIf(share.count === 0)('F22 F23 F36 naughty strings run nowhere, burst no page, and make no broken or speaking document', async () => {
  const troubles: string[] = []
  for (let from = 0, round = 0; from < share.seeds.length; from += EACH, round += 1) {
    const found = await run(share.seeds.slice(from, from + EACH), round % 2 === 0 ? 'hall.test' : '127.0.0.1')
    troubles.push(...found.map((trouble) => `seeds from ${share.seeds[from]}: ${trouble}`))
  }
  expect([...new Set(troubles)]).toEqual([])
  expect(server.output()).not.toMatch(/Unhandled|a request failed|a rule or a view failed/u)
  share.report({ strings: share.count, ran: 0, burst: 0 })
}, share.timeout(800))
