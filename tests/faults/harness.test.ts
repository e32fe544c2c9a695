/** F41 F43: what the harness proves of one server on SQLite is true of two on one PostgreSQL. Here the heart of it; all of it in `npm run torture`. */
import { expect, test } from 'vitest'
import { CHOICE } from '../torture/harness-files.ts'
import { runHarness } from '../torture/harness.ts'
import { whyNoPostgres } from '../support/postgres.ts'
import { onlyOn } from '../support/storage.ts'

const here = onlyOn('sqlite', 'this is the harness on two servers itself') && whyNoPostgres() === undefined

test.runIf(here)('F43 F57 F29 two servers on one PostgreSQL behind a proxy that is not sticky hold what one holds: of several clicks on Next one counts, locked doors and a new code are so at both, and what comes twice counts once', async ({ signal }) => {
  const ran = await runHarness('servers', CHOICE, { signal })
  if ('failed' in ran) throw new Error(ran.failed)
  expect(ran.figures['tests']).toBeGreaterThan(10)
}, 480_000)
