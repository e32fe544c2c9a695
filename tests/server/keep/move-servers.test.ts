/** The command as people type it: servers on either side of a move, and a move that is killed. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openPostgresLog } from '../../../server/log/postgres.ts'
import { openPostgresShelf } from '../../../server/log/postgres-shelf.ts'
import { fillSqliteShelf, openSqliteShelf } from '../../../server/log/sqlite-shelf.ts'
import { openSqliteLog } from '../../../server/log/sqlite.ts'
import { random } from '#shared/random.ts'
import { startApp, type TestApp } from '../../support/app.ts'
import { planWith } from '../../support/kinds.ts'
import { startPostgres, whyNoPostgres, type Cluster, type Database } from '../../support/postgres.ts'
import { until } from '../../support/until.ts'
import { anAppend, aSession, NOW } from '../log/samples.ts'
import { aPlace, type Place } from './kept.ts'
import { contentsOf } from './moving.ts'

const COMMAND = join(process.cwd(), 'server/gatherwell.ts')
/** Some hundred milliseconds of moving, on the fastest machine. */
const SESSIONS = 80
/** By then a kill comes. */
const SOON_MS = 30

describe.skipIf(whyNoPostgres() !== undefined)('the command moves', () => {
  let cluster: Cluster
  let database: Database
  let place: Place
  beforeAll(async () => { cluster = await startPostgres({ max_connections: '60' }) })
  afterAll(() => cluster.remove())
  beforeEach(async () => {
    database = await cluster.database()
    place = aPlace()
  })
  afterEach(() => { place.remove() })

  const start = (env: Record<string, string>, ...args: string[]) => spawn(process.execPath, [COMMAND, 'move', '--to', ...args], { stdio: ['ignore', 'pipe', 'pipe'], env: { PATH: process.env['PATH'], INIT_CWD: place.at(''), ...env } })
  async function moves(env: Record<string, string>, ...args: string[]): Promise<{ code: number | null; out: string; err: string }> {
    const child = start(env, ...args)
    const said = { out: '', err: '' }
    child.stdout.on('data', (chunk) => (said.out += String(chunk)))
    child.stderr.on('data', (chunk) => (said.err += String(chunk)))
    await once(child, 'close')
    return { code: child.exitCode, ...said }
  }
  const inFolder = (folder = place.data) => ({ DATA_DIR: folder })
  const inDatabase = () => ({ DATABASE_URL: database.url, DATA_DIR: place.at('unused') })

  test('F48 a server on either side shows the same pages and notes, and the same phones are who they were', async () => {
    const always = { PUBLIC_URL: 'https://learn.example.org' }
    let it: TestApp = await startApp({ folder: place.data, env: always })
    const session = await it.openSession(planWith('answers', { anonymous: true, config: { prompt: { en: 'Say' }, perPerson: 5, length: 100, byDepartment: false } }))
    await it.move(session, 'start')
    const ana = await it.participant(session, { name: 'Ana' })
    for (const text of ['first thoughts ☔', 'after them']) await ana.done('step', { type: 'write', text, lang: 'en' })
    const over = await it.openSession()
    for (const to of ['start', 'end'] as const) await it.move(over, to)
    await it.host('PUT', `/api/sessions/${over.id}/hold`, { held: true })
    const hidden = await it.openSession()
    await it.host('DELETE', `/api/sessions/${hidden.id}`)
    const pages = async () => {
      const shown: unknown[] = []
      for (const path of ['/api/sessions', '/api/host', '/api/retention', `/api/sessions/${session.id}/links`, ...[session, over].flatMap(({ id }) => [`/api/sessions/${id}`, `/api/sessions/${id}/plan`, `/api/sessions/${id}/notes/preview`])]) {
        const { status, body } = await it.host('GET', path)
        expect(status, path).toBe(200)
        shown.push(body)
      }
      for (const { id } of [session, over]) {
        const whole = await it.app.deps.log.whole(id)
        shown.push(whole?.head.seq, whole?.events, whole?.receipts)
      }
      return shown
    }
    const everybodyLeft = () => until(() => it.app.gateway.here(session.id) === 0, 'everybody to have left')
    ana.close()
    await everybodyLeft()
    const before = await pages()
    const wrote = async (text: string) => {
      const again = await it.participant(session, ana.ticket)
      const mine = JSON.stringify(again.view('mine'))
      expect(await again.done('step', { type: 'write', text, lang: 'en' })).toBeGreaterThan(0)
      again.close()
      await everybodyLeft()
      return mine
    }
    await it.close({ keeps: true })

    expect((await moves(inFolder(), database.url)).out).toContain(`${place.data} → the database ${database.name}`)
    it = await startApp({ env: { ...always, ...inDatabase() } })
    expect(await pages()).toEqual(before)
    expect(await wrote('in the database')).toContain('first thoughts ☔')
    const then = await pages()
    await it.close()

    expect((await moves(inDatabase(), 'fresh')).out).toContain(`DATA_DIR=${place.at('fresh')}`)
    it = await startApp({ folder: place.at('fresh'), env: always })
    expect(await pages()).toEqual(then)
    expect(await wrote('and back')).toContain('in the database')
    await it.facilitator(session)
    await it.close({ keeps: true })
  }, 60_000)

  async function fillFolder(): Promise<void> {
    const log = await openSqliteLog({ folder: place.data, now: () => NOW })
    const ids = Array.from({ length: SESSIONS }, (_, i) => `s${String(i)}`)
    await Promise.all(ids.map((id, i) => log.createSession(aSession(id, { code: String(10_000_000 + i) }))))
    await Promise.all(ids.map((id) => log.append(anAppend(id, 0, Array.from({ length: 5 }, (_, n) => `{"word":${String(n)}}`), { receipts: [`r-${id}`] }))))
    await log.close()
  }

  test('F48 killed at any moment it leaves what servers refuse, and what a second run puts right; where it came from is whole', async () => {
    await fillFolder()
    const whole = contentsOf(place.data)
    const dice = random('killed moves')
    const kill = async (child: ReturnType<typeof start>, begun: () => Promise<boolean>) => {
      const gone = once(child, 'exit')
      await until(async () => child.exitCode !== null || (await begun()), 'the move to begin', 20_000)
      setTimeout(() => child.kill('SIGKILL'), dice.below(SOON_MS))
      await gone
      expect(child.signalCode, 'it was done before it was killed: more sessions are needed').toBe('SIGKILL')
    }
    const here = () => cluster.ask('SELECT count(*)::integer AS n FROM heads', database.name).then((rows) => Number(rows[0]?.['n']), () => 0)
    const refuses = async (work: Promise<{ log: { close(): Promise<void> } }>) => expect(await work.then(({ log }) => log.close(), (error: Error) => `${error.name}: ${error.message}`)).toContain('was not finished, so that only some of the data is there')

    await kill(start(inFolder(), database.url), async () => (await here()) > 0)
    expect(await here()).toBeLessThan(SESSIONS)
    await refuses(openPostgresLog({ url: database.url }))
    await expect(openPostgresShelf(database.url)).rejects.toThrow('only some of the data is there, and all of it is where that came from')
    expect(contentsOf(place.data)).toEqual(whole)
    expect(await moves(inFolder(), database.url, '--again')).toMatchObject({ code: 0, err: '' })
    // Nothing of the first try is left beside it.
    expect((await cluster.ask(`SELECT count(*)::integer AS n FROM pg_tables WHERE tablename ~ '^log_'`, database.name))[0]).toEqual({ n: SESSIONS })

    const fresh = place.at('fresh')
    await kill(start(inDatabase(), 'fresh'), () => Promise.resolve(existsSync(join(fresh, 'move-unfinished.json'))))
    await refuses(openSqliteLog({ folder: fresh }).then((log) => ({ log })))
    expect(() => openSqliteShelf(fresh)).toThrow('A move into the folder')
    expect(() => fillSqliteShelf(fresh, false)).toThrow('Run it again with --again')
    expect(await moves(inDatabase(), 'fresh', '--again')).toMatchObject({ code: 0, err: '' })
    expect(contentsOf(fresh)).toEqual(whole)
  }, 120_000)
})
