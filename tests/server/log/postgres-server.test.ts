/** The whole server on PostgreSQL: what DATABASE_URL changes for whoever starts it, and what it does not. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { shownSetup } from '../../../server/access/setup.ts'
import { buildApp, type App } from '../../../server/app.ts'
import { readConfig } from '../../../server/config.ts'
import { BadCommand, runCommand } from '../../../server/keep/command.ts'
import { openLogger } from '../../../server/logger.ts'
import { startPostgres, whyNoPostgres, type Cluster } from '../../support/postgres.ts'

const PASSPHRASE = 'umbrellas over the long harbour wall'

describe.skipIf(whyNoPostgres() !== undefined)('a server on PostgreSQL', () => {
  let cluster: Cluster
  let folder: string
  let url: string
  beforeAll(async () => {
    cluster = await startPostgres()
    folder = mkdtempSync(join(tmpdir(), 'gatherwell-nowhere-'))
  })
  afterAll(async () => {
    await cluster.remove()
    rmSync(folder, { recursive: true, force: true })
  })
  beforeEach(async () => { ({ url } = await cluster.database()) })

  const config = () => readConfig({ PORT: '0', HOST: '127.0.0.1', DATA_DIR: join(folder, 'data'), DATABASE_URL: url })
  const serve = (): Promise<App> => buildApp({ config: config(), logger: openLogger('silent', () => undefined, Date.now), clientDir: folder })
  const setPassphrase = (app: App, setup: string) =>
    app.http.inject({ method: 'POST', url: '/api/host/passphrase', remoteAddress: '192.168.1.7', headers: { 'sec-fetch-site': 'same-origin' }, payload: { passphrase: PASSPHRASE, setup } })

  test('opens no data folder, has nothing to back up, and says so', async () => {
    const app = await serve()
    expect((await app.http.inject('/healthz')).json()).toEqual({ ok: true })
    await app.close()
    expect(existsSync(join(folder, 'data'))).toBe(false)
    const backup = () => runCommand(['backup'], { dataDir: folder, backupDir: folder, from: folder, inDatabase: true }, 0)
    expect(backup).toThrow(BadCommand)
    expect(backup).toThrow('pg_dump')
  })

  test('servers that start at once have one code for the first visit, one passphrase, and then neither any more', async () => {
    const [a, b] = await Promise.all([serve(), serve()])
    expect(b.deps.setup).toBe(a.deps.setup)
    const answers = await Promise.all([a, b].map((app) => setPassphrase(app, shownSetup(a.deps.setup))))
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409])
    expect(await a.deps.log.setting('setup')).toBe('')
    const late = await serve()
    expect((await late.http.inject({ url: '/api/host', remoteAddress: '192.168.1.7' })).json()).toMatchObject({ set: true })
    await Promise.all([a, b, late].map((app) => app.close()))
  })
})
