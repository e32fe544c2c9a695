/** F22, F36 in WebKitGTK: naughty strings on a phone. In the full run alone. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { spawnServer, type ServerProcess } from '../support/server-process.ts'
import { until } from '../support/until.ts'
import { findWebKit, openWebKit, type WebKitPhone } from '../support/webkit.ts'
import { shareOf } from '../torture/share.ts'
import { BURST, naughtySession } from './support/naughty-session.ts'
import { naughty } from './support/naughty-strings.ts'

const share = shareOf('naughty-webkit')
/** Strings of one session. */
const EACH = 50

const here = share.count > 0 && findWebKit()
if (share.count > 0 && !here) console.log('WebKitGTK is not tried: it is not here. On Debian: apt-get install webkit2gtk-driver xvfb.')

let server: ServerProcess
beforeAll(async () => {
  if (here) server = await spawnServer({ NODE_ENV: 'production', LOG_LEVEL: 'error' })
})
afterAll(async () => {
  await server?.close()
})

/** What ran, or asked for something elsewhere, since the page was loaded. */
const PWNED = "return [String(window.__pwned ?? ''), ...performance.getEntriesByType('resource').map(({ name }) => name).filter((name) => !name.startsWith(location.origin) && !/^(data|blob):/.test(name))].filter((one) => one !== '')"

async function look(phone: WebKitPhone, where: string): Promise<string[]> {
  const wide = await phone.run<string | null>(`return ${BURST}`)
  const ran = await phone.run<string[]>(PWNED)
  return [...(wide === null || wide === undefined ? [] : [`${where}: ${wide}`]), ...ran.map((what) => `${where}: ${what}`)]
}

test.skipIf(!here)('F22 F36 in WebKit naughty strings run nowhere and burst no phone', async () => {
  const troubles: string[] = []
  for (let from = 0; from < share.seeds.length; from += EACH) {
    const seeds = share.seeds.slice(from, from + EACH)
    let at = 0
    const { session, lead, steps } = await naughtySession(server, () => naughty(seeds[(at += 1) % seeds.length] as number))
    const phone = await openWebKit()
    try {
      await phone.goto(`${server.url}/#${session.joinToken}`)
      await phone.type('[autocomplete="given-name"]', 'Ana')
      await phone.click('form button[type="submit"]')
      await until(() => phone.run<boolean>("return document.querySelector('[autocomplete=\\'given-name\\']') === null"), 'the phone to be in', 30_000)
      for (const step of steps) {
        const answer = await lead.act(undefined, { type: 'flow.goto', step })
        expect(answer.ok || answer.code === 'already').toBe(true)
        await phone.run('return new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(() => drawn(true))))')
        troubles.push(...(await look(phone, step)))
      }
    } finally {
      await phone.close()
    }
    server.hangUp()
  }
  expect([...new Set(troubles)]).toEqual([])
  share.report({ strings: share.count, ran: 0, burst: 0 })
}, share.timeout(3_000))
