/** The process: read the settings, build, listen, say where to go, close gracefully. */
import { isIPv6 } from 'node:net'
import { shownSetup } from './access/setup.ts'
import { buildApp, type App } from './app.ts'
import { BadConfig, readConfig, type Config } from './config.ts'
import { CannotOpen, LeftBehind } from './log/port.ts'
import { whereItBroke } from './logger.ts'

/** Closing takes milliseconds; a disk that hangs must not keep the process for ever. */
const PATIENCE = 10_000
/** Between two looks whether a newer version has left this one behind, ms. */
const LOOK = 5_000
/** Listening on these, a server answers to `localhost` too. */
const EVERY_ADDRESS = ['::', '0.0.0.0', '::1', '127.0.0.1', 'localhost']

async function main(): Promise<void> {
  const config = readConfig(process.env)
  for (const warning of config.warnings) console.warn(warning)
  const app = await buildApp({ config })
  closeOnSignals(app, config.drainSeconds)
  await app.http.listen({ port: config.port, host: config.host })
  tell(app, 'ready', performance.now(), 'the server takes people')
  console.log(await welcome(app, config))
}

async function welcome(app: App, config: Config): Promise<string> {
  const address = app.http.server.address()
  const port = typeof address === 'object' && address !== null ? address.port : config.port
  const set = (await app.deps.log.setting('passphrase')) !== undefined
  const here = EVERY_ADDRESS.includes(config.host) ? 'localhost' : isIPv6(config.host) ? `[${config.host}]` : config.host
  const phones = app.deps.addresses.all().filter((origin) => !origin.includes('//localhost'))
  return [
    '',
    'Gatherwell is ready.',
    `  On this machine:  http://${here}:${port}`,
    ...(phones.length > 0 ? phones.map((origin, i) => `  ${i === 0 ? 'From phones:     ' : '                 '} ${origin}`) : ['  From phones:      no network address was found; connect this machine to the Wi-Fi of the room']),
    `  As host:          http://${here}:${port}/host  ${set ? '(sign in with your passphrase)' : '(the first visit sets the passphrase)'}`,
    ...(set ? [] : [`  From elsewhere:   the first visit asks for this code:  ${shownSetup(app.deps.setup)}`]),
    '',
  ].join('\n')
}

/** A line in the log for whoever keeps it: when the server came, and how it went. */
function tell({ deps }: App, outcome: string, ms: number, message: string): void {
  deps.logger.info({ event: 'server', outcome, ms: Math.round(ms) }, message)
}

/**
 * SIGTERM is how supervisors ask: for so many seconds the server says at /readyz that it takes nobody new, and serves on, so that a
 * load balancer has seen it before connections end. Asked again, or from a terminal, it ends at once.
 */
function closeOnSignals(app: App, drainSeconds: number): void {
  let draining = false
  let closing = false
  let code = 0
  const close = (why: string) => {
    if (closing) return
    closing = true
    const began = performance.now()
    tell(app, 'stopping', 0, 'the server ends its connections; whoever was here comes back by themselves')
    setTimeout(() => process.exit(1), PATIENCE).unref()
    // Whoever is connected comes back by themselves; what was sent and not answered they send again, and it counts once.
    app.close().then(
      () => {
        tell(app, 'stopped', performance.now() - began, 'everything is written, and the server ends')
        process.exit(code)
      },
      (error: unknown) => {
        console.error(`Closing after ${why} failed: ${whereItBroke(error)}`)
        process.exit(1)
      },
    )
  }
  for (const signal of ['SIGINT', 'SIGHUP']) process.on(signal, () => close(signal))
  process.on('SIGTERM', () => {
    if (draining || drainSeconds === 0) return close('SIGTERM')
    draining = true
    app.drain()
    tell(app, 'draining', drainSeconds * 1_000, 'the server takes nobody new, and stops soon')
    setTimeout(() => close('SIGTERM'), drainSeconds * 1_000)
  })
  // Nobody is served by rules that no longer hold for what is stored: people come back to the servers that know the new ones.
  if (app.deps.log.shared) {
    const leftBehind = (error: unknown) => {
      if (!(error instanceof LeftBehind) || closing) return
      app.deps.logger.error({ event: 'data', outcome: 'left-behind' }, 'a newer version works on the database now, and this one may not work beside it; it ends')
      close('a newer version')
    }
    setInterval(() => void app.deps.log.healthy().catch(leftBehind), LOOK).unref()
  }
  // The last resort: what nobody caught is a bug, and a process in an unknown state must not take more words. Its kind and place are
  // told, its words are not; what is being written is finished; a code other than 0 lets whatever supervises the process start it again.
  for (const bug of ['unhandledRejection', 'uncaughtException'] as const) {
    process.on(bug, (error: unknown) => {
      console.error(`${bug}: ${whereItBroke(error)}`)
      code = 1
      close(bug)
    })
  }
}

main().catch((error: unknown) => {
  if (error instanceof BadConfig || error instanceof CannotOpen) console.error(`\n${error.message}\n`)
  else if ((error as { code?: string }).code === 'EADDRINUSE') console.error('\nThat port is in use. Set PORT to another one, or end the program that has it.\n')
  else console.error(error)
  process.exit(1)
})
