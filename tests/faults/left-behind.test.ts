/** F20 F50: a newer version takes the database over while servers of this one work on it with people. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { planWith } from '../support/kinds.ts'
import { startPostgres, whyNoPostgres, type Cluster } from '../support/postgres.ts'
import { spawnServer, type ServerProcess } from '../support/server-process.ts'
import { until } from '../support/until.ts'

const why = whyNoPostgres()

describe.skipIf(why !== undefined)(`left behind${why === undefined ? '' : ` (${why})`}`, () => {
  let cluster: Cluster
  let server: ServerProcess
  let name: string
  beforeAll(async () => {
    cluster = await startPostgres()
    const database = await cluster.database()
    name = database.name
    server = await spawnServer({ DATABASE_URL: database.url })
  }, 120_000)
  afterAll(async () => {
    await server.close()
    await cluster.remove()
  })

  test('F20 F50 a server beside which a newer version says that it may not work serves on while the newer says that it may, and else ends by itself, tells why, and refuses to start', async () => {
    const session = await server.openSession(planWith('check-in'))
    await server.move(session, 'start')
    const phone = await server.participant(session)
    await cluster.ask('INSERT INTO schema_numbers (number, least) VALUES (98, 1)', name)
    await phone.done(undefined, { type: 'call.raise', what: 'slow-down' })
    expect((await server.nobody('GET', '/readyz')).status).toBe(200)

    await cluster.ask('INSERT INTO schema_numbers (number, least) VALUES (99, 99)', name)
    expect(await server.ended(), 'nothing for a supervisor to restart').toBe(0)
    await until(() => phone.lost !== undefined, 'the phone to be let go, as by a server that stops')
    expect(phone.byes).toEqual([])
    expect(server.said()).toContain('"outcome":"left-behind"')
    await expect(server.restart()).rejects.toThrow('written by a newer Gatherwell')
  }, 60_000)
})
