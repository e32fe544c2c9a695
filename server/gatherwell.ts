/** The process of the command: reads the settings and the arguments, prints what came of it, ends with 0 or 1. */
import { BadConfig, readConfig, startedFrom } from './config.ts'
import { BadCommand, runCommand } from './keep/command.ts'
import { CannotKeep } from './keep/manifest.ts'
import { CannotOpen } from './log/port.ts'

try {
  const { dataDir, backupDir, databaseUrl } = readConfig(process.env)
  process.stdout.write(`${runCommand(process.argv.slice(2), { dataDir, backupDir, from: startedFrom(process.env), inDatabase: databaseUrl !== undefined }, Date.now())}\n`)
} catch (error) {
  const known = [BadConfig, BadCommand, CannotKeep, CannotOpen].some((kind) => error instanceof kind)
  process.stderr.write(`${known ? (error as Error).message : String((error as Error).stack)}\n`)
  process.exitCode = 1
}
