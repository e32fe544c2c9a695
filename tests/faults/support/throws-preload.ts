/** Runs inside a server under test, before it: bugs that nobody catches, wherever a file of this name asks for one. */
import { existsSync, rmSync } from 'node:fs'
import { isMainThread, threadName } from 'node:worker_threads'

const LOOK_MS = 10
const WORDS = 'what Ana wrote in trust'
const where = isMainThread ? 'main' : threadName
const asked = (bug: string) => `${process.env['BUGS'] ?? ''}/${where}-${bug}`

function take(bug: string): boolean {
  if (!existsSync(asked(bug))) return false
  rmSync(asked(bug))
  return true
}

setInterval(() => {
  if (take('rejection')) void Promise.reject(new TypeError(WORDS))
  if (take('exception')) throw new TypeError(WORDS)
}, LOOK_MS).unref()
