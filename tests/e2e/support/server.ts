/** A server as people run it: the real process with the built pages, that can be killed and started again. */
import { openProcess } from '../../support/server-process.ts'
import { asking, HOST_KEY } from '../../support/visit.ts'

export { HOST_KEY }

export interface TestServer {
  readonly origin: string
  readonly port: number
  readonly dataDir: string
  /** Everything that the process has printed. */
  output(): string
  /** SIGKILL: no farewell, nothing flushed. */
  kill(): Promise<void>
  /** Starts again on the same folder and port. */
  start(): Promise<void>
  /** SIGTERM, then the folder is removed. */
  close(): Promise<void>
  /** A request as a script with the host's key makes it. */
  api<T>(method: string, path: string, body?: unknown): Promise<T>
}

export async function startServer(env: Record<string, string> = {}): Promise<TestServer> {
  const lives = await openProcess({ NODE_ENV: 'production', ...env })
  return {
    origin: lives.url,
    port: lives.port,
    dataDir: lives.folder,
    output: lives.said,
    start: lives.restart,
    kill: lives.kill,
    close: lives.close,
    async api<T>(method: string, path: string, body?: unknown): Promise<T> {
      const reply = await asking(lives.url, { authorization: `Bearer ${HOST_KEY}` })(method, path, body)
      if (reply.status >= 300) throw new Error(`${method} ${path}: ${reply.status} ${reply.text}`)
      return reply.body as T
    },
  }
}
