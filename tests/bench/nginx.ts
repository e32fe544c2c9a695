/** The proxy in front of several servers, for the bench. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { freePort } from '../support/free-port.ts'
import { programOf } from '../support/proxies.ts'

const READY_MS = 60_000

export interface Front {
  origin: string
  pid: number
  close(): Promise<void>
}

/** nginx as shipped, but without TLS, which the load would pay for as well; what it goes by comes in a header, since our clients ask for one address. */
export async function startNginx(folder: string, ports: readonly number[]): Promise<Front> {
  const port = await freePort()
  const file = join(folder, 'nginx.conf')
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${folder}/${name};`).join(' ')
  writeFileSync(file, `${process.getuid?.() === 0 ? 'user root;' : ''} daemon off; worker_processes 1; pid ${folder}/pid; error_log stderr warn;
events { worker_connections 10000; }
http { ${temporary} access_log off;
upstream gatherwell { hash $http_x_line consistent; ${ports.map((server) => `server 127.0.0.1:${server} max_fails=0;`).join(' ')} }
server { listen 127.0.0.1:${port}; location / { proxy_pass http://gatherwell; proxy_http_version 1.1; proxy_read_timeout 75s; proxy_set_header Host $http_host; proxy_set_header X-Forwarded-For $remote_addr; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection upgrade; } } }`)
  const child = spawn(programOf('nginx') ?? 'nginx', ['-e', 'stderr', '-p', folder, '-c', file], { stdio: ['ignore', 'ignore', 'inherit'] })
  const kill = () => void child.kill('SIGTERM')
  process.once('exit', kill)
  const gone = once(child, 'exit')
  const close = async () => {
    process.off('exit', kill)
    kill()
    await gone
  }
  const origin = `http://127.0.0.1:${port}`
  for (const began = performance.now(); ; await wait(50)) {
    const answer = await fetch(`${origin}/healthz`).catch(() => undefined)
    if (answer?.ok === true) return { origin, pid: child.pid ?? 0, close }
    if (performance.now() - began > READY_MS) throw new Error('nginx does not answer')
  }
}

/** Processes that a process has begun. */
export function childrenOf(pid: number): number[] {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter((word) => word.trim() !== '').map(Number)
}
