/** strace, which sees and spoils what a process asks of its disk: looked for, got on Debian by root, and missed with a sentence. */
import { spawnSync } from 'node:child_process'
import { writeSync } from 'node:fs'

const works = () => spawnSync('strace', ['-qq', '-o', '/dev/null', 'true']).status === 0

function get(): boolean {
  if (process.platform !== 'linux') return false
  if (works()) return true
  if (process.getuid?.() !== 0 || spawnSync('apt-get', ['--version']).status !== 0) return false
  const options = { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } }
  spawnSync('apt-get', ['update', '-qq'], options)
  spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'strace'], options)
  return works()
}

let known: boolean | undefined

/** True if strace is here and may trace; else a sentence says what is skipped for want of it. */
export function hasStrace(what: string): boolean {
  known ??= get()
  if (!known) writeSync(1, `${what} needs strace on Linux, and the right to trace: skipped.\n`)
  return known
}
