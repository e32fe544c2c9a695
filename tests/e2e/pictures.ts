/** Makes the pictures of the README: session A, lived through once, photographed at its moments. Run by `npm run pictures`. */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { liveThrough } from './support/live-through.ts'
import type { Cast, Moment } from './support/session-a.ts'
import { startServer } from './support/server.ts'
import { launch } from './support/stage.ts'

/** With a folder as argument: every surface at every moment, for looking at the whole product. */
const [folder = 'docs/pictures', only, dark] = process.argv.slice(2)

const server = await startServer()
const browser = await launch()
try {
  await mkdir(folder, { recursive: true })
  await liveThrough({ browser, server, troubles: { list: [] }, dark: dark === 'dark', at: photograph })
} finally {
  await browser.close()
  await server.close()
}

async function photograph(moment: Moment, cast: Cast): Promise<void> {
  if (only !== undefined && only !== 'all' && only !== moment) return
  const pages = { phone: cast.phone, telefono: cast.telefono, screen: cast.screen, console: cast.facilitator }
  for (const [surface, page] of Object.entries(pages)) {
    await page.evaluate(() => document.fonts.ready)
    await page.screenshot({ path: join(folder, `${moment}-${surface}.png`) })
  }
}
