/**
 * Where the servers of tests keep what they are told, by GATHERWELL_TEST_STORAGE: in SQLite as people start them (`sqlite`), in a PostgreSQL
 * database of their own (`postgres`), or two servers on one such database behind one address (`servers`). Read here and nowhere else.
 */
const STORAGES = ['sqlite', 'postgres', 'servers'] as const

export type StorageName = (typeof STORAGES)[number]

/** The variable's name: a server that a test starts must not see it. */
export const SWITCH = 'GATHERWELL_TEST_STORAGE'

export const STORAGE: StorageName = chosen(process.env[SWITCH])

/** Servers that share an address. */
export const SERVERS = STORAGE === 'servers' ? 2 : 1

/**
 * The id of a deleted session, a random name that leads nowhere any more, stays in a page of PostgreSQL's until that is used again
 * (server/log/README.md); no word of it does.
 */
export const FORGETS_IDS = STORAGE === 'sqlite'

function chosen(text = 'sqlite'): StorageName {
  const found = STORAGES.find((name) => name === text)
  if (found === undefined) throw new Error(`${SWITCH} is one of ${STORAGES.join(', ')}, and not "${text}".`)
  return found
}

/**
 * For `test.runIf`: whether a test runs on what the switch says. One that is about something that only some storage has (SQLite's files,
 * a server that is alone) names that, and why; the run says so where it is skipped.
 */
export function onlyOn(storages: StorageName | readonly StorageName[], why: string): boolean {
  const runs = [storages].flat().includes(STORAGE)
  if (!runs) console.warn(`Skipped on ${STORAGE}: ${why}`)
  return runs
}

/** Whether servers on this environment are several behind one address. */
export function areSeveral(env: Record<string, string>): boolean {
  return SERVERS > 1 && env['DATABASE_URL'] === undefined
}
