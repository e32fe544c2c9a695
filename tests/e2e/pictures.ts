/** Makes the pictures of the README: session A, lived through once, photographed at its moments. Run by `npm run pictures`. */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { liveThrough } from './support/live-through.ts'
import type { Cast, Moment } from './support/session-a.ts'
import { startServer } from './support/server.ts'
import { launch } from './support/stage.ts'

/** What the README shows. */
const SHOWN = ['weather-phone', 'sky-screen', 'board-console', 'board-screen', 'partners-phone', 'tree-grown-screen', 'board-telefono']

/** With a folder and "all" as arguments: every surface at every moment, for looking at the whole product; a third, "dark", in dark. */
const [folder = 'docs/pictures', which, theme] = process.argv.slice(2)

const server = await startServer()
const browser = await launch()
try {
  await mkdir(folder, { recursive: true })
  const { crowd } = await liveThrough({ browser, server, troubles: { list: [] }, dark: theme === 'dark', at: photograph })
  // Else they go on looking for a server that is gone.
  for (const someone of crowd) someone.drop()
} finally {
  await browser.close()
  await server.close()
}

async function photograph(moment: Moment, cast: Cast): Promise<void> {
  const pages = { phone: cast.phone, telefono: cast.telefono, screen: cast.screen, console: cast.facilitator }
  for (const [surface, page] of Object.entries(pages)) {
    if (which !== 'all' && !SHOWN.includes(`${moment}-${surface}`)) continue
    await page.evaluate(() => document.fonts.ready)
    await page.screenshot({ path: join(folder, `${moment}-${surface}.png`) })
  }
}
