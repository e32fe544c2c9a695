/** F27 on several servers: whoever is shown out at one is out at all, also at one that could not hear of it. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startApp, type TestApp } from '../../support/app.ts'
import { planWith } from '../../support/kinds.ts'
import { startPostgres, whyNoPostgres, type Cluster, type Database } from '../../support/postgres.ts'
import { until } from '../../support/until.ts'

describe.skipIf(whyNoPostgres() !== undefined)('servers on one PostgreSQL', () => {
  let cluster: Cluster
  let database: Database
  let here: TestApp
  let there: TestApp
  beforeAll(async () => { cluster = await startPostgres() })
  afterAll(() => cluster.remove())
  beforeEach(async () => {
    database = await cluster.database()
    const env = { DATABASE_URL: database.url }
    here = await startApp({ env })
    there = await startApp({ env })
  })
  afterEach(async () => { await Promise.all([here.close(), there.close()]) })

  /** Of the server that was started first. */
  async function cutChannelHere(): Promise<void> {
    await cluster.ask(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${database.name}' AND query LIKE '%pg_notify%' ORDER BY backend_start LIMIT 1`)
    await until(() => !here.app.deps.peers.up, 'the channel here to be down')
  }

  test('F27 F41 a key that is revoked while that cannot be told does nothing elsewhere from the answer on, and its lines end soon after the channel is back', async () => {
    const session = await here.openSession(planWith('check-in'))
    await here.move(session, 'start')
    const { link, handle } = await here.link(session, 'cofacilitator', 'Rosa')
    const rosa = await there.facilitator(session, link)
    const screen = await there.screen(session)
    const steady = await there.facilitator(session)
    await rosa.done(undefined, { type: 'pause.set', paused: true })
    const links = (await here.host('GET', `/api/sessions/${session.id}/links`)).body as { handle: string; role: string }[]
    const handles = [handle, links.find(({ role }) => role === 'screen')?.handle ?? '']

    await cutChannelHere()
    for (const each of handles) expect((await here.host('DELETE', `/api/sessions/${session.id}/links/${each}`)).status).toBe(204)
    const late = await rosa.send({ id: 'act-of-rosa-0000001', do: { type: 'pause.set', paused: false } }, 2_000).catch(() => undefined)
    // The line may have ended before.
    if (late !== undefined) expect(late).toEqual({ ok: false, code: 'not-permitted' })
    await until(() => steady.view('facilitator')?.paused === true, 'the pause to be shown')
    for (const line of [rosa, screen]) await until(() => line.byes.includes('revoked') && !line.socket.connected, 'who was shown out to be told')
    await steady.done(undefined, { type: 'pause.set', paused: false })
    expect(there.app.deps.peers.up).toBe(true)
  })
})
