/** The log on a real PostgreSQL: the contract of every adapter, and what only several servers on one database can show. */
import { afterAll, beforeAll, describe } from 'vitest'
import { prepare } from '../../../server/log/postgres-open.ts'
import { openPostgresLog } from '../../../server/log/postgres.ts'
import { startPostgres, whyNoPostgres, type Cluster } from '../../support/postgres.ts'
import { logContract } from './contract.ts'

describe.skipIf(whyNoPostgres() !== undefined)('on PostgreSQL', () => {
  let cluster: Cluster
  beforeAll(async () => { cluster = await startPostgres() })
  afterAll(() => cluster.remove())
  const fresh = () => cluster.database(async (url) => void (await prepare(url)))

  logContract('PostgreSQL', async (now) => {
    const database = await fresh()
    let { log } = await openPostgresLog({ url: database.url, now })
    return {
      log,
      async reopen() {
        await log.close()
        ;({ log } = await openPostgresLog({ url: database.url, now }))
        return log
      },
      async close() {
        await log.close()
        await database.drop()
      },
    }
  })
})
