/** The files of the harness, which `npm run torture` runs on PostgreSQL, and on two servers on one, too. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '../..')

/** Folders that are about what a server does, whatever it keeps things in. */
const FOLDERS = ['tests/server/http', 'tests/server/rights', 'tests/server/room', 'tests/server/security', 'tests/server/socket']
/** And the faults: without browsers, disks, proxies and moments of PostgreSQL's own, which have files of theirs. */
const FAULTS = ['addresses', 'chaos', 'clicks', 'erased', 'flood', 'guesses', 'herd', 'hostile', 'isolation', 'kills', 'malformed', 'slow', 'takeover', 'throws']

/** Numbers and readiness are each process's own, and numbers told to nobody through a proxy; the heart and its turns meet no storage. */
const OF_ONE_PROCESS = ['heart.test.ts', 'metrics.test.ts', 'operating.test.ts', 'ready.test.ts', 'turns.test.ts']

/** Every file of the harness, in order. */
export const HARNESS: readonly string[] = [
  ...FOLDERS.flatMap((folder) => readdirSync(join(root, folder)).filter((name) => name.endsWith('.test.ts') && !OF_ONE_PROCESS.includes(name)).sort().map((name) => `${folder}/${name}`)),
  ...FAULTS.map((name) => `tests/faults/${name}.test.ts`),
  'tests/model/swap.test.ts',
]

/** What every `npm test` runs of it on two servers: seconds, and at the heart. */
export const CHOICE: readonly string[] = ['tests/faults/clicks.test.ts', 'tests/server/rights/doors.test.ts', 'tests/server/room/once.test.ts']
