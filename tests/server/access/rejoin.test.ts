/** F12: who may try a rejoin code how often, where several servers count for themselves over one log. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { newRejoinCode, openRejoinTries, type RejoinTries } from '../../../server/access/rejoin.ts'
import type { Log } from '../../../server/log/port.ts'
import { openSqliteLog } from '../../../server/log/sqlite.ts'
import { aFolder, type Folder } from '../log/folder.ts'
import { aSession, NOW } from '../log/samples.ts'

const MINUTE = 60_000
let folder: Folder
let log: Log
beforeEach(async () => {
  folder = aFolder()
  log = await openSqliteLog({ folder: folder.path, now: () => NOW })
  await log.createSession(aSession('a'))
})
afterEach(async () => {
  await log.close()
  folder.remove()
})

const ANA = { person: 'ana', besides: [] }
const handOut = (at: number) => newRejoinCode(log, 'a', ANA, at, { handedOut: true })

async function useUp(tries: RejoinTries, now: number): Promise<number> {
  let taken = 0
  while (await tries.take('a', 'a-device', now)) taken += 1
  return taken
}

test('F12 PE10 a code that was handed out at one server brings new tries at another one too, once', async () => {
  const [here, there] = [openRejoinTries(log), openRejoinTries(log)]
  expect([await useUp(here, NOW), await useUp(there, NOW)]).toEqual([5, 5])
  await handOut(NOW + MINUTE)
  here.anew('a', NOW + MINUTE)
  expect([await useUp(here, NOW + MINUTE), await useUp(there, NOW + MINUTE)]).toEqual([5, 5])
  expect([await useUp(here, NOW + MINUTE), await useUp(there, NOW + MINUTE)]).toEqual([0, 0])
})

test('F12 PE10 a code that somebody made for themselves brings nobody new tries', async () => {
  const tries = openRejoinTries(log)
  await useUp(tries, NOW)
  await newRejoinCode(log, 'a', ANA, NOW + MINUTE)
  expect(await useUp(tries, NOW + MINUTE)).toBe(0)
})

test('F29 PE10 who goes on guessing does not make the server read the keys each time', async () => {
  let reads = 0
  const tries = openRejoinTries({ ...log, keys: (...args) => ((reads += 1), log.keys(...args)) })
  await useUp(tries, NOW)
  for (let i = 0; i < 100; i += 1) await tries.take('a', 'a-device', NOW)
  expect(reads).toBeLessThanOrEqual(5)
})
