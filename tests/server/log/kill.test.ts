/** F17, F49: killed in a burst, and started twice. */
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openSqliteLog } from '../../../server/log/sqlite.ts'
import { aSession } from './samples.ts'
import { aFolder } from './folder.ts'
import type { Folder } from './folder.ts'

const APPENDER = new URL('./appender.ts', import.meta.url).pathname
const ROUNDS = 6

let folder: Folder
let child: ChildProcess | undefined
beforeEach(async () => {
  folder = aFolder()
  const log = await openSqliteLog({ folder: folder.path })
  await log.createSession(aSession('a'))
  await log.close()
})
afterEach(() => {
  child?.kill('SIGKILL')
  folder.remove()
})

/** Runs the appender until it has acknowledged `count` more events, kills it, and answers all that it acknowledged. */
async function killedAfter(count: number): Promise<number[]> {
  const running = spawn(process.execPath, [APPENDER, folder.path, 'a'], { stdio: ['ignore', 'pipe', 'inherit'] })
  child = running
  const closed = once(running, 'close')
  const acknowledged: number[] = []
  for await (const line of createInterface({ input: running.stdout })) {
    acknowledged.push(Number(line))
    if (acknowledged.length === count) running.kill('SIGKILL')
  }
  await closed
  expect(running.signalCode).toBe('SIGKILL')
  return acknowledged
}

test('F17 killed in a burst, nothing acknowledged is lost, nothing is doubled, and the folder opens at once', async () => {
  let last = 0
  for (let round = 1; round <= ROUNDS; round += 1) {
    const acknowledged = await killedAfter(37 * round)
    const log = await openSqliteLog({ folder: folder.path })
    const events = await log.read('a')
    // Every event once, none missing in between, each with its receipt; what was not acknowledged may be there too.
    expect(events.map(({ data }) => Number(data))).toEqual(events.map((_, i) => i + 1))
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, i) => i + 1))
    expect(new Set(await log.receipts('a'))).toEqual(new Set(events.map(({ data }) => `receipt ${data}`)))
    expect(Math.min(...acknowledged)).toBe(last + 1)
    expect(events.length).toBeGreaterThanOrEqual(Math.max(...acknowledged))
    last = events.length
    await log.close()
  }
}, 60_000)

test('F49 a second process is refused while the first lives, and not after it was killed', async () => {
  const running = spawn(process.execPath, [APPENDER, folder.path, 'a'], { stdio: ['ignore', 'pipe', 'inherit'] })
  child = running
  await once(running.stdout, 'data')
  running.stdout.resume() // or its pipe fills, and it ends by itself
  await expect(openSqliteLog({ folder: folder.path })).rejects.toThrow('Another Gatherwell is already running')
  const closed = once(running, 'exit')
  running.kill('SIGKILL')
  await closed
  await (await openSqliteLog({ folder: folder.path })).close()
})
