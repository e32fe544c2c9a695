/** Child processes that never outlive their parent. Plain JavaScript for Node 20: it runs before anything is installed. */
import { spawn } from 'node:child_process'
import { constants } from 'node:os'

const SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP']

/**
 * Starts a program in this terminal, hands it every signal that asks this process to end, and waits for it.
 * Resolves with { code, signal } of the program, and the signal that this process was asked to end by meanwhile, if any:
 * { asked }. Rejects when it could not be started.
 */
export function run(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: 'inherit', ...options })
    let asked
    const stopForwarding = forwardSignals([child], (signal) => (asked = signal))
    child.once('error', (error) => {
      stopForwarding()
      reject(error)
    })
    child.once('close', (code, signal) => {
      stopForwarding()
      resolve({ code, signal, asked })
    })
  })
}

/** Runs a step of the preparation. When a signal ended it (npm then exits with a code of its own) so does the whole. */
export async function step(command, args, options) {
  const result = await run(command, args, options)
  const signal = result.signal ?? result.asked
  if (signal) throw new Ended({ code: null, signal })
  return result.code
}

/**
 * Hands signals on to the children until the returned function is called. Ctrl-C in a terminal reaches them anyway
 * (one process group); a second SIGINT would be read as impatience.
 */
export function forwardSignals(children, onSignal = () => {}) {
  const handlers = SIGNALS.map((signal) => {
    const handler = () => {
      onSignal(signal)
      if (signal === 'SIGINT' && process.stdin.isTTY) return
      for (const child of children) child.kill(signal)
    }
    process.on(signal, handler)
    return () => process.off(signal, handler)
  })
  return () => handlers.forEach((remove) => remove())
}

/** Ends this process as the child ended: with its code, or by the same signal. */
export function exitLike({ code, signal }) {
  if (signal === null) process.exit(code ?? 1)
  process.kill(process.pid, signal)
  // A signal that does not end this process (or not at once) still must not let it go on.
  setTimeout(() => process.exit(128 + (constants.signals[signal] ?? 1)), 100)
}

/** A failure that a person can act on: one sentence, no stack. */
export class Sentence extends Error {}

/** Thrown when a signal ended a step: not a failure to explain, the process ends in the same way. */
export class Ended extends Error {
  constructor(result) {
    super(`ended by ${result.signal}`)
    this.result = result
  }
}

/** Runs a boot script's main function; every failure becomes one sentence on stderr and exit code 1. */
export async function main(work) {
  try {
    await work()
  } catch (error) {
    if (error instanceof Ended) return exitLike(error.result)
    console.error(error instanceof Sentence ? `\n${error.message}` : error)
    process.exit(1)
  }
}
