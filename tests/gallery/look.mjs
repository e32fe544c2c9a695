/**
 * Takes pictures of the gallery and asks axe about each: node tests/gallery/look.mjs <folder>, after building it.
 * Serves the built gallery itself, on a port the system chooses.
 */
import { createServer } from 'node:http'
import { readFile, mkdir } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { AxeBuilder } from '@axe-core/playwright'
import { chromium } from 'playwright-core'

const built = fileURLToPath(new URL('../.out/gallery', import.meta.url))
const folder = process.argv[2] ?? join(built, '../gallery-pictures')
const types = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.woff2': 'font/woff2' }
const views = [
  { name: 'phone', width: 390, height: 844, surface: 'phone', shows: ['parts', 'sky'] },
  { name: 'screen', width: 1920, height: 1080, surface: 'screen', shows: ['stage', 'parts'] },
  { name: 'console', width: 1440, height: 900, surface: 'console', shows: ['parts', 'sky'] },
]

const server = createServer(async (request, response) => {
  const path = new URL(request.url ?? '/', 'http://gallery').pathname
  const body = await readFile(join(built, path === '/' ? 'index.html' : path)).catch(() => undefined)
  response.writeHead(body ? 200 : 404, { 'content-type': types[extname(path)] ?? 'text/html' }).end(body)
})
await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)))
const origin = `http://127.0.0.1:${server.address().port}`
await mkdir(folder, { recursive: true })

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium', args: ['--no-sandbox'] })
let wrong = 0
for (const { name, width, height, surface, shows } of views) {
  for (const theme of ['light', 'dark']) {
    for (const show of shows) {
      const context = await browser.newContext({ viewport: { width, height } })
      const page = await context.newPage()
      page.on('console', (message) => message.type() === 'error' && (wrong += 1, console.log(`${name} ${theme} ${show}: ${message.text()}`)))
      page.on('pageerror', (error) => (wrong += 1, console.log(`${name} ${theme} ${show}: ${error.message}`)))
      await page.goto(`${origin}/?theme=${theme}&surface=${surface}&show=${show}`)
      await page.evaluate(() => document.fonts.ready)
      await page.screenshot({ path: join(folder, `${name}-${show}-${theme}.png`), fullPage: show !== 'stage' })
      const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']).analyze()
      for (const { id, nodes } of violations) {
        wrong += 1
        console.log(`${name} ${theme} ${show}: ${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`)
      }
      await context.close()
    }
  }
}
await browser.close()
server.close()
console.log(wrong === 0 ? 'Nothing to say against it' : `${wrong} things to put right`)
process.exitCode = wrong === 0 ? 0 : 1
