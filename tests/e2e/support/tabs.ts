/**
 * Tabs of a browser with a window, in which one truly hides another: Playwright tells every page that it is in front, and
 * switches the throttling of hidden pages off. So this speaks to the browser by itself.
 */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { until } from '../../support/until.ts'
import { BROWSER } from './stage.ts'

export interface Tab {
  /** In the page; awaited there, handed over as JSON. */
  evaluate<T>(expression: string): Promise<T>
  /** Brings it to the front, and hides the tab that was there. */
  show(): Promise<void>
}

export interface Tabs {
  open(url: string): Promise<Tab>
  close(): Promise<void>
}

/** A display for windows that nobody looks at, from Debian's package xvfb. */
export function hasDisplay(): boolean {
  return process.env['DISPLAY'] !== undefined || spawnSync('Xvfb', ['-help']).error === undefined
}

const SCREENS = ['-screen', '0', '1600x1000x24', '-nolisten', 'tcp', '-displayfd', '1']

/** Starts a display unless there is one; resolves with its name and how to end it. */
export async function openDisplay(): Promise<{ name: string; close: () => Promise<void> }> {
  const given = process.env['DISPLAY']
  if (given !== undefined) return { name: given, close: () => Promise.resolve() }
  const server = spawn('Xvfb', SCREENS, { stdio: ['ignore', 'pipe', 'ignore'] })
  let number = ''
  server.stdout.on('data', (chunk) => (number += String(chunk)))
  await until(() => number.includes('\n'), 'a display', 60_000)
  return { name: `:${number.trim()}`, close: () => ended(server) }
}

export async function openTabs(flags: string[] = []): Promise<Tabs> {
  const display = await openDisplay()
  const profile = await mkdtemp(join(tmpdir(), 'gatherwell-tabs-'))
  const usual = ['--no-sandbox', '--disable-gpu', '--no-first-run', '--no-default-browser-check', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--window-size=1440,900', '--lang=en-US']
  const browser = spawn(BROWSER, [...usual, ...flags, `--user-data-dir=${profile}`, '--remote-debugging-port=0', 'about:blank'], { env: { ...process.env, DISPLAY: display.name, LANGUAGE: 'en_US' }, stdio: 'ignore' })
  const port = await until(() => readFile(join(profile, 'DevToolsActivePort'), 'utf8').then((told) => /^(\d+)\n/u.exec(told)?.[1] ?? false, () => false), 'a browser with a window', 60_000).catch(async (error: unknown) => {
    await ended(browser)
    await display.close()
    throw error
  })
  const ask = (method: string, path: string) => fetch(`http://127.0.0.1:${port}${path}`, { method })
  const sockets: WebSocket[] = []

  async function open(url: string): Promise<Tab> {
    const { id, webSocketDebuggerUrl } = (await (await ask('PUT', `/json/new?${encodeURIComponent(url)}`)).json()) as { id: string; webSocketDebuggerUrl: string }
    const socket = new WebSocket(webSocketDebuggerUrl)
    sockets.push(socket)
    await new Promise((opened) => socket.addEventListener('open', opened, { once: true }))
    let asked = 0
    const evaluate = <T>(expression: string) =>
      new Promise<T>((resolve, reject) => {
        const mine = (asked += 1)
        const hear = ({ data }: MessageEvent) => {
          const { id: answered, result, error } = JSON.parse(String(data)) as { id?: number; result?: { result: { value: T }; exceptionDetails?: { text: string } }; error?: { message: string } }
          if (answered !== mine) return
          socket.removeEventListener('message', hear)
          const wrong = error?.message ?? result?.exceptionDetails?.text
          if (wrong !== undefined) reject(new Error(wrong))
          else resolve(result?.result.value as T)
        }
        socket.addEventListener('message', hear)
        socket.send(JSON.stringify({ id: mine, method: 'Runtime.evaluate', params: { expression, awaitPromise: true, returnByValue: true } }))
      })
    return { evaluate, show: async () => void (await ask('GET', `/json/activate/${id}`)) }
  }

  return {
    open,
    async close() {
      for (const socket of sockets) socket.close()
      await ended(browser)
      await display.close()
      await rm(profile, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = once(child, 'exit')
  child.kill()
  await gone
}
