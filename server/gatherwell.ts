/** The process of the command, and where its parts are put together: reads the settings and the arguments, prints what came of it, ends with 0 or 1. */
import { BadConfig, readConfig, startedFrom } from './config.ts'
import { BadCommand, runCommand } from './keep/command.ts'
import { CannotKeep } from './keep/manifest.ts'
import { moveCommand, type MovePlaces } from './keep/move-command.ts'
import { CannotOpen } from './log/port.ts'

/** Each where it is needed: a backup has no use for a client of PostgreSQL. */
const shelves: Pick<MovePlaces, 'open' | 'fill'> = {
  async open(where) {
    if ('folder' in where) return (await import('./log/sqlite-shelf.ts')).openSqliteShelf(where.folder)
    return (await import('./log/postgres-shelf.ts')).openPostgresShelf(where.url)
  },
  async fill(where, again) {
    if ('folder' in where) return (await import('./log/sqlite-shelf.ts')).fillSqliteShelf(where.folder, again)
    return (await import('./log/postgres-shelf.ts')).fillPostgresShelf(where.url, again)
  },
}

try {
  const { dataDir, backupDir, databaseUrl } = readConfig(process.env)
  const [from, args] = [startedFrom(process.env), process.argv.slice(2)]
  const source = databaseUrl === undefined ? { folder: dataDir } : { url: databaseUrl }
  const tell = (sentence: string) => process.stderr.write(`${sentence}\n`)
  const said = args[0] === 'move'
    ? await moveCommand(args.slice(1), { ...shelves, source, from, tell }, Date.now())
    : runCommand(args, { dataDir, backupDir, from, inDatabase: databaseUrl !== undefined }, Date.now())
  process.stdout.write(`${said}\n`)
} catch (error) {
  const known = [BadConfig, BadCommand, CannotKeep, CannotOpen].some((kind) => error instanceof kind)
  process.stderr.write(`${known ? (error as Error).message : String((error as Error).stack)}\n`)
  process.exitCode = 1
}
