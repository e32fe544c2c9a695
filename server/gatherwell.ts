/** The process of the command: reads the settings and the arguments, prints what came of it, ends with 0 or 1. */
import { BadConfig, readConfig } from './config.ts'
import { BadCommand, runCommand } from './keep/command.ts'
import { CannotKeep } from './keep/manifest.ts'
import { CannotOpen } from './log/port.ts'

try {
  const { dataDir, backupDir } = readConfig(process.env)
  // npm runs in the top folder of the project, and keeps in INIT_CWD where the person is.
  const from = process.env['INIT_CWD'] ?? process.cwd()
  process.stdout.write(`${runCommand(process.argv.slice(2), { dataDir, backupDir, from }, Date.now())}\n`)
} catch (error) {
  const known = [BadConfig, BadCommand, CannotKeep, CannotOpen].some((kind) => error instanceof kind)
  process.stderr.write(`${known ? (error as Error).message : String((error as Error).stack)}\n`)
  process.exitCode = 1
}
