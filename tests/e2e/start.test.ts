import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, test } from 'vitest'

const root = fileURLToPath(new URL('../../', import.meta.url))

/** "A second start is ready in a few seconds", with room for a machine that runs tests besides. */
const READY_WITHIN_MS = 10_000

let npm: ChildProcess | undefined
let dataDir: string | undefined

afterEach(async () => {
  if (npm?.pid && groupIsAlive(npm.pid)) process.kill(-npm.pid, 'SIGKILL')
  if (dataDir) await rm(dataDir, { recursive: true, force: true })
})

/** `npm start` as a person types it, in a process group of its own so that nothing it starts can hide. */
async function npmStart(): Promise<{ address: string; child: ChildProcess; group: number; said: () => string }> {
  const port = await freePort()
  dataDir = await mkdtemp(join(tmpdir(), 'gatherwell-'))
  const { VITEST: _vitest, NODE_ENV: _env, ...env } = process.env
  const child = spawn('npm', ['start'], {
    cwd: root,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...env, PORT: String(port), HOST: '127.0.0.1', DATA_DIR: dataDir },
  })
  npm = child
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += String(chunk)))
  return { address: `http://127.0.0.1:${port}`, child, group: child.pid ?? 0, said: () => said }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  return port
}

const isHealthy = (address: string): Promise<boolean> => fetch(`${address}/healthz`).then((answer) => answer.status === 200, () => false)

function groupIsAlive(group: number): boolean {
  try {
    process.kill(-group, 0)
    return true
  } catch {
    return false
  }
}

describe('npm start', () => {
  test('serves the three pages within seconds, and a SIGTERM to npm leaves no process', async () => {
    const { address, child, group, said } = await npmStart()
    await expect.poll(() => isHealthy(address), { timeout: READY_WITHIN_MS, message: said() }).toBe(true)
    for (const [page, door] of [['/', 'phone'], ['/host', 'host'], ['/screen', 'screen']] as const) {
      expect(await (await fetch(address + page)).text()).toContain(`data-door="${door}"`)
    }

    child.kill('SIGTERM')
    const [code] = (await once(child, 'close')) as [number | null]
    expect(code, said()).toBe(0)
    await expect.poll(() => groupIsAlive(group)).toBe(false)
    expect(await isHealthy(address)).toBe(false)
  })
})
