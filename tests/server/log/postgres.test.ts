/** The log on a real PostgreSQL keeps the contract of every adapter. */
import { afterAll, beforeAll, describe } from 'vitest'
import { prepare } from '../../../server/log/postgres-open.ts'
import { openPostgresLog } from '../../../server/log/postgres.ts'
import { startPostgres, whyNoPostgres, type Cluster, type Database } from '../../support/postgres.ts'
import { logContract } from './contract.ts'

/** One database for all: making and dropping one for each test costs ten times as much as emptying it. */
const EMPTY = `DO $$ DECLARE name text; BEGIN
  FOR name IN SELECT tablename FROM pg_tables WHERE tablename ~ '^(log|receipts)_[0-9]+$' LOOP EXECUTE 'DROP TABLE ' || name; END LOOP;
END $$; DELETE FROM sessions; DELETE FROM heads; DELETE FROM keys; DELETE FROM settings; DELETE FROM spent_codes; DELETE FROM owed`

describe.skipIf(whyNoPostgres() !== undefined)('on PostgreSQL', () => {
  let cluster: Cluster
  let database: Database
  beforeAll(async () => {
    cluster = await startPostgres()
    database = await cluster.database(async (url) => void (await prepare(url)))
  })
  afterAll(() => cluster.remove())

  logContract('PostgreSQL', async (now) => {
    const { url, name } = database
    let { log } = await openPostgresLog({ url, now })
    return {
      log,
      async reopen() {
        await log.close()
        ;({ log } = await openPostgresLog({ url, now }))
        return log
      },
      async close() {
        await log.close()
        await cluster.ask(EMPTY, name)
      },
    }
  })
})
