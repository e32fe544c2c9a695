/** nginx and Caddy, started with the very files that docs/operating ships; only addresses, ports and certificates are put in. */
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { accessSync, constants, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { networkInterfaces, tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { setDefaultCACertificates, getCACertificates } from 'node:tls'
import { freePort } from './free-port.ts'
import { until } from './until.ts'

export type ProxyName = 'nginx' | 'caddy'

export interface Proxy {
  /** Where people find it, by TLS. */
  url: string
  port: number
  /** What it said when something was wrong. */
  said(): string
  close(): Promise<void>
}

/** Where a program lies; undefined where the machine does not have it. */
export function programOf(name: string): string | undefined {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin']
  return folders.map((folder) => join(folder, name)).find((path) => {
    try {
      accessSync(path, constants.X_OK)
      return true
    } catch {
      return false
    }
  })
}

/** Puts one text in place of another; a file that does not have it is not the one that we ship. */
function put(text: string, shipped: string | RegExp, ours: string): string {
  const changed = text.replaceAll(shipped, ours)
  if (changed === text) throw new Error(`The shipped file does not say ${String(shipped)}`)
  return changed
}

const shipped = (name: string) => readFileSync(join(process.cwd(), 'docs/operating', name), 'utf8')

function nginxConf(folder: string, port: number, plain: number, servers: readonly number[]): string {
  let site = shipped('nginx.conf')
  site = put(site, /^ *server 127\.0\.0\.1:3000(.*)$/gmu, servers.map((server) => `server 127.0.0.1:${String(server)}$1`).join('\n'))
  site = put(site, /listen (\[::\]:)?443/gu, `listen $1${String(port)}`)
  site = put(site, /listen (\[::\]:)?80;/gu, `listen $1${String(plain)};`)
  if (!hasIpv6()) site = put(site, /^ *listen \[::\].*$/gmu, '')
  site = put(site, 'error_log  /var/log/nginx/error.log crit', 'error_log stderr crit')
  site = put(site, '/etc/letsencrypt/live/learn.example.org', folder)
  site = put(site, 'learn.example.org', '127.0.0.1')
  // What a distribution's nginx.conf says around it, in a folder of our own.
  const paths = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${folder}/${name};`).join('\n')
  return `${process.getuid?.() === 0 ? 'user root;' : ''} daemon off; worker_processes 2; pid ${folder}/pid; error_log stderr warn;
events { worker_connections 1024; }
http { ${paths}\naccess_log off;\n${site} }`
}

function caddyfile(folder: string, port: number, servers: readonly number[]): string {
  let site = shipped('Caddyfile')
  site = put(site, /^learn\.example\.org \{/gmu, `https://127.0.0.1:${String(port)} {\n\ttls ${folder}/fullchain.pem ${folder}/privkey.pem`)
  site = put(site, 'to 127.0.0.1:3000', `to ${servers.map((server) => `127.0.0.1:${String(server)}`).join(' ')}`)
  // Caddy allows one block of settings for all sites.
  return put(site, /^\{$/gmu, '{\n\tadmin off\n\tauto_https off')
}

function hasIpv6(): boolean {
  return Object.values(networkInterfaces()).some((list) => list?.some(({ family }) => family === 'IPv6'))
}

/** Starts one in front of servers on these ports of this machine; resolves when it takes connections. */
export async function startProxy(name: ProxyName, servers: readonly number[]): Promise<Proxy> {
  const program = programOf(name)
  if (program === undefined) throw new Error(`No ${name} on this machine`)
  const folder = mkdtempSync(join(tmpdir(), `gatherwell-${name}-`))
  execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2', '-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1', '-keyout', join(folder, 'privkey.pem'), '-out', join(folder, 'fullchain.pem')], { stdio: 'ignore' })
  // Whoever visits in this process believes the certificate that was just made.
  setDefaultCACertificates([...getCACertificates('default'), readFileSync(join(folder, 'fullchain.pem'), 'utf8')])
  const [port, plain] = [await freePort(), await freePort()]
  const file = join(folder, 'config')
  writeFileSync(file, name === 'nginx' ? nginxConf(folder, port, plain, servers) : caddyfile(folder, port, servers))
  const args = name === 'nginx' ? ['-e', 'stderr', '-p', folder, '-c', file] : ['run', '--config', file, '--adapter', 'caddyfile']
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder } })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += String(chunk)))
  const gone = once(child, 'exit')
  await until(() => {
    if (child.exitCode !== null) throw new Error(`${name} ended by itself:\n${said}`)
    return listens(port)
  }, `${name} to take connections`)
  return {
    url: `https://127.0.0.1:${String(port)}`,
    port,
    said: () => said,
    async close() {
      child.kill('SIGTERM')
      await gone
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Whether somebody takes connections on this port of this machine. */
export async function listens(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1')
  try {
    await once(socket, 'connect')
    return true
  } catch {
    return false
  } finally {
    socket.destroy()
  }
}
