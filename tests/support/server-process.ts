/** The real process, to be killed: `server/main.ts` on a data folder and a port that its next life has too. */
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { until } from './until.ts'
import { HOST_KEY, visit, type Visit } from './visit.ts'

const MAIN = fileURLToPath(new URL('../../server/main.ts', import.meta.url))

export interface ServerProcess extends Visit {
  folder: string
  /** `kill -9`: nothing can be written or said any more. Resolves when the process is gone. */
  kill(): Promise<void>
  /** The next life, on the same folder and port. Resolves when it answers. */
  restart(): Promise<void>
  /** What it has printed, over all its lives. */
  said(): string
  close(): Promise<void>
}

export async function spawnServer(env: Record<string, string> = {}): Promise<ServerProcess> {
  const above = mkdtempSync(join(tmpdir(), 'gatherwell-process-'))
  const folder = join(above, 'data')
  const port = await freePort()
  const visits = visit(`http://127.0.0.1:${port}`)
  let said = ''
  let child: ChildProcess | undefined

  async function restart(): Promise<void> {
    const { VITEST: _vitest, NODE_ENV: _env, ...inherited } = process.env
    const born = spawn(process.execPath, [MAIN], { stdio: ['ignore', 'pipe', 'pipe'], env: { ...inherited, PORT: String(port), HOST: '127.0.0.1', DATA_DIR: folder, HOST_KEY, ...env } })
    child = born
    for (const stream of [born.stdout, born.stderr]) stream.on('data', (chunk) => (said += String(chunk)))
    await until(async () => {
      if (born.exitCode !== null) throw new Error(`The server ended by itself:\n${said}`)
      return fetch(`${visits.url}/healthz`).then((answer) => answer.status === 200, () => false)
    }, 'the server to answer', 30_000)
  }

  async function kill(): Promise<void> {
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return
    const gone = once(child, 'exit')
    child.kill('SIGKILL')
    await gone
  }

  await restart()
  return {
    ...visits,
    folder,
    kill,
    restart,
    said: () => said,
    async close() {
      visits.hangUp()
      await kill()
      rmSync(above, { recursive: true, force: true })
    },
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const closed = once(server, 'close')
  server.close()
  await closed
  return port
}
