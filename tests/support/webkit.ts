/** Phones in WebKitGTK, the relative of every iPhone's browser that runs here: spoken to as the W3C WebDriver protocol says, by plain requests. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { openDisplay } from '../e2e/support/tabs.ts'
import { freePort } from './free-port.ts'
import { until } from './until.ts'

const DRIVER = '/usr/bin/WebKitWebDriver'
const PACKAGES = ['webkit2gtk-driver', 'xvfb']
const LIBRARIES = '/usr/lib'
/** The key under which the protocol hands over an element. */
const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf'
const START_MS = 60_000

/** The small browser that comes with the library, wherever Debian keeps libraries on this kind of machine. */
function browserPath(): string | undefined {
  for (const machine of existsSync(LIBRARIES) ? readdirSync(LIBRARIES) : []) {
    for (const version of ['webkit2gtk-4.1', 'webkit2gtk-4.0', 'webkitgtk-6.0']) {
      const path = `${LIBRARIES}/${machine}/${version}/MiniBrowser`
      if (existsSync(path)) return path
    }
  }
  return undefined
}

/** True if WebKitGTK and its driver are here, or could be installed (Debian, as root). */
export function findWebKit(): boolean {
  if (existsSync(DRIVER) && browserPath() !== undefined) return true
  if (process.getuid?.() !== 0 || spawnSync('apt-get', ['--version']).status !== 0) return false
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  spawnSync('apt-get', ['update', '-qq'], { env })
  spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...PACKAGES], { env })
  return existsSync(DRIVER) && browserPath() !== undefined
}

export interface WebKitPhone {
  goto(url: string): Promise<void>
  reload(): Promise<void>
  /** Runs in the page, as the body of a function; what it returns is handed over as JSON. */
  run<T>(script: string): Promise<T>
  /** The first element of this selector, once there is one. Types or clicks as a person does. */
  type(selector: string, text: string): Promise<void>
  click(selector: string): Promise<void>
  /** The processes of its pages. */
  pids(): number[]
  close(): Promise<void>
}

/** A browser of its own on a display of its own: a driver has one session at a time. */
export async function openWebKit(): Promise<WebKitPhone> {
  const display = await openDisplay()
  const port = await freePort()
  const driver = spawn(DRIVER, ['--host=127.0.0.1', `--port=${port}`], {
    // Its sandbox needs rights that containers do not give; it visits our own server alone.
    env: { ...process.env, DISPLAY: display.name, GDK_BACKEND: 'x11', LIBGL_ALWAYS_SOFTWARE: '1', LC_ALL: 'C.UTF-8', WEBKIT_DISABLE_COMPOSITING_MODE: '1', WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1' },
    stdio: 'ignore',
  })
  const ask = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }) })
    const { value } = (await response.json()) as { value: T & { error?: string; message?: string } }
    if (!response.ok) throw new Error(`${path}: ${value.error ?? response.status} ${value.message ?? ''}`)
    return value
  }
  await until(() => ask('GET', '/status').then(() => true, () => false), 'the driver of WebKitGTK', START_MS)
  const options = { binary: browserPath(), args: ['--automation'] }
  const { sessionId } = await ask<{ sessionId: string }>('POST', '/session', { capabilities: { alwaysMatch: { 'webkitgtk:browserOptions': options } } })
  const at = `/session/${sessionId}`
  const find = (selector: string) =>
    until(() => ask<Record<string, string>>('POST', `${at}/element`, { using: 'css selector', value: selector }).then((found) => found[ELEMENT] ?? false, () => false), selector, 30_000)

  return {
    goto: (url) => ask('POST', `${at}/url`, { url }),
    reload: () => ask('POST', `${at}/refresh`, {}),
    run: (script) => ask('POST', `${at}/execute/sync`, { script, args: [] }),
    type: async (selector, text) => ask('POST', `${at}/element/${await find(selector)}/value`, { text }),
    click: async (selector) => ask('POST', `${at}/element/${await find(selector)}/click`, {}),
    pids: () => descendants(driver.pid ?? 0).filter((pid) => /^WebKitWebProces/u.test(statOf(pid)?.name ?? '')),
    async close() {
      await ask('DELETE', at).catch(() => undefined)
      await ended(driver)
      await display.close()
    },
  }
}

function descendants(of: number): number[] {
  const all = readdirSync('/proc').filter((name) => /^\d+$/u.test(name)).map(Number)
  const children = (parent: number): number[] => all.filter((pid) => statOf(pid)?.parent === parent).flatMap((pid) => [pid, ...children(pid)])
  return children(of)
}

function statOf(pid: number): { name: string; parent: number } | undefined {
  try {
    const [, name = '', parent] = /^\d+ \((.*)\) \S (\d+)/u.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? []
    return { name, parent: Number(parent) }
  } catch {
    return undefined
  }
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = once(child, 'exit')
  child.kill()
  await gone
}
