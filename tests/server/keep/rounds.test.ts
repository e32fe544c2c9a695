import { closeSync, mkdirSync, openSync, readdirSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { takeBackup } from '../../../server/keep/backup.ts'
import { nameOf, outdated, parseName } from '../../../server/keep/names.ts'
import { backupsIn, isDue, round } from '../../../server/keep/rounds.ts'
import { verify } from '../../../server/keep/verify.ts'
import { startApp } from '../../support/app.ts'
import type { TestApp } from '../../support/app.ts'
import { bytesOf } from '../log/folder.ts'
import { anAppend, NOW } from '../log/samples.ts'
import { aLog, aPlace, filled } from './kept.ts'
import type { Place } from './kept.ts'

const HOUR = 60 * 60 * 1000
const DAY = 24 * HOUR

let place: Place
beforeEach(() => { place = aPlace() })
afterEach(() => { place.remove() })

const aRound = (now: number, kept = 3) => round({ folder: place.data, to: place.backups, kept, now })

/** One byte in the middle of a backup's data becomes another, as a worn-out drive makes it. */
function damage(name: string): void {
  const file = openSync(join(place.backups, name, 'gatherwell.sqlite'), 'r+')
  writeSync(file, Buffer.from([0xa5]), 0, 1, 5000)
  closeSync(file)
}

describe('names of backups', () => {
  test('say when and why, and are read back', () => {
    for (const named of [{ at: NOW, kind: 'daily', nth: 1 }, { at: NOW + 1000, kind: 'asked', nth: 12 }, { at: 0, kind: 'migration', nth: 2 }] as const) {
      expect(parseName(nameOf(named))).toEqual(named)
    }
    for (const other of ['', 'manifest.json', 'unfinished-1-2', 'gatherwell-2027-01-15', 'gatherwell-2027-01-15T08-00-00Z-mine', 'x-gatherwell-2027-01-15T08-00-00Z-daily']) {
      expect(parseName(other)).toBeUndefined()
    }
  })

  test('rotate: all that is older than the oldest kept daily one goes, and nothing before there are so many', () => {
    const daily = [0, 1, 2, 3].map((day) => nameOf({ at: NOW + day * DAY, kind: 'daily', nth: 1 }))
    const asked = [0.5, 1.5, 2.5].map((day) => nameOf({ at: NOW + day * DAY, kind: 'asked', nth: 1 }))
    expect(outdated([...daily, ...asked, 'notes.txt'], 2)).toEqual([daily[0], daily[1], asked[0], asked[1]])
    expect(outdated([...daily, ...asked], 4)).toEqual([])
    expect(outdated([...daily, ...asked], 5)).toEqual([])
    // One that cannot be restored does not push a sound one out, and goes with its time.
    expect(outdated([...daily.slice(0, 3), `damaged-${String(daily[3])}`], 2)).toEqual([daily[0]])
    expect(outdated([`damaged-${String(daily[0])}`, ...daily.slice(1)], 2)).toEqual([`damaged-${String(daily[0])}`, daily[1]])
  })
})

describe('a day’s round', () => {
  test('F48 F38 a day’s round is due when there is no daily backup of the last day, or the clock was wrong', async () => {
    await filled(place.data)
    expect(isDue(place.backups, NOW)).toBe(true)
    takeBackup({ folder: place.data, to: place.backups, kind: 'asked', now: NOW })
    expect(isDue(place.backups, NOW)).toBe(true)
    aRound(NOW)
    expect(isDue(place.backups, NOW + 23 * HOUR)).toBe(false)
    expect(isDue(place.backups, NOW - 23 * HOUR)).toBe(false)
    expect(isDue(place.backups, NOW + DAY)).toBe(true)
    expect(isDue(place.backups, NOW - DAY)).toBe(true)
    // The clock was ten days ahead for a while: one a day is made all the same, and not one at every look.
    aRound(NOW + 10 * DAY)
    expect(isDue(place.backups, NOW + DAY)).toBe(true)
    aRound(NOW + DAY)
    expect(isDue(place.backups, NOW + DAY + HOUR)).toBe(false)
  })

  test('F48 a day’s round keeps as many as it is told, each of them sound, and what else lies there', async () => {
    await filled(place.data)
    mkdirSync(place.backups)
    writeFileSync(join(place.backups, 'mine.txt'), 'not a backup')
    for (let day = 0; day < 5; day += 1) expect(aRound(NOW + day * DAY)).toEqual({})
    const names = backupsIn(place.backups)
    expect(names.map((name) => parseName(name)?.at)).toEqual([2, 3, 4].map((day) => NOW + day * DAY))
    for (const name of names) verify(join(place.backups, name))
    expect(readdirSync(place.backups)).toContain('mine.txt')
  })

  test('F51 a word that was erased is in no backup once the others have been rotated out', async () => {
    const log = await aLog(place.data)
    await log.append(anAppend('a', 3, ['canary-to-be-erased']))
    aRound(NOW)
    takeBackup({ folder: place.data, to: place.backups, kind: 'asked', now: NOW + HOUR })
    const holds = () => backupsIn(place.backups).filter((name) => bytesOf(join(place.backups, name)).includes('canary-to-be-erased')).length
    expect(holds()).toBe(2)
    await log.deleteSession('a')
    for (let day = 1; day <= 3; day += 1) aRound(NOW + day * DAY)
    expect(holds()).toBe(0)
    expect(backupsIn(place.backups)).toHaveLength(3)
    await log.close()
  })

  test('F48 a day’s round reads the newest backup back first, and puts a damaged one aside', async () => {
    await filled(place.data)
    aRound(NOW)
    const [name = ''] = backupsIn(place.backups)
    damage(name)
    expect(aRound(NOW + DAY)).toEqual({ damaged: name })
    expect(backupsIn(place.backups)[0]).toBe(`damaged-${name}`)
    expect(backupsIn(place.backups)).toHaveLength(2)
    expect(aRound(NOW + 2 * DAY)).toEqual({})
  })

  test('F48 a day’s round that fails removes no older backup, and says why', async () => {
    await filled(place.data)
    for (let day = 0; day < 3; day += 1) aRound(NOW + day * DAY)
    const before = backupsIn(place.backups)
    const done = round({ folder: place.at('elsewhere'), to: place.backups, kept: 1, now: NOW + 4 * DAY })
    expect(done.failed).toContain('There is nothing to back up')
    expect(backupsIn(place.backups)).toEqual(before)
  })
})

describe('the running server', () => {
  let it: TestApp | undefined
  afterEach(async () => {
    await it?.close()
    it = undefined
  })
  const health = async () => (await it?.nobody('GET', '/healthz'))?.body as unknown
  const warnings = async () => ((await it?.host('GET', '/api/host/warnings'))?.body as { warnings: string[] }).warnings

  test('F19 says that little room is left on the drive, to whoever watches it, to the host and in its log; and that it is over', async () => {
    let free = 500_000_000
    it = await startApp({ free: () => Promise.resolve(free) })
    expect(await health()).toEqual({ ok: true })
    free -= 1
    expect(await health()).toEqual({ ok: true, warnings: ['low-space'] })
    expect(await warnings()).toEqual(['low-space'])
    expect(it.logged.filter((line) => line.includes('"event":"space"'))).toHaveLength(1)
    expect(it.logged.join('')).toContain('less than 500 MB are free where the data is kept')
    free += 1
    expect(await warnings()).toEqual([])
    expect(it.logged.join('')).toContain('there is enough free space again')
  })

  test('F48 the running server makes its daily backup by itself, once, while it serves', async () => {
    let now = NOW
    it = await startApp({ now: () => now, env: { BACKUPS_KEPT: '2', BACKUP_DIR: place.backups } })
    const session = await it.openSession()
    await Promise.all([it.app.deps.keeper.look(), it.app.deps.keeper.look(), it.join(session)])
    expect(backupsIn(place.backups)).toHaveLength(1)
    await it.app.deps.keeper.look()
    expect(backupsIn(place.backups)).toHaveLength(1)
    for (let day = 1; day <= 3; day += 1) {
      now = NOW + day * DAY
      await it.app.deps.keeper.look()
    }
    expect(backupsIn(place.backups).map((name) => parseName(name)?.at)).toEqual([NOW + 2 * DAY, NOW + 3 * DAY])
    expect(verify(join(place.backups, backupsIn(place.backups)[1] ?? ''))).toMatchObject({ kind: 'daily', sessions: 1 })
    expect(await health()).toEqual({ ok: true })
  })

  test('F48 the running server says that no backup could be made, or that one was damaged, until the next round is well', async () => {
    let now = NOW
    it = await startApp({ now: () => now, env: { BACKUP_DIR: place.backups } })
    writeFileSync(place.backups, 'a file in the way')
    await it.app.deps.keeper.look()
    expect(await warnings()).toEqual(['no-backup'])
    expect(it.logged.join('')).toContain(`The folder ${place.backups} for backups cannot be used`)
    place.remove()
    await it.app.deps.keeper.look()
    expect(await warnings()).toEqual([])
    damage(backupsIn(place.backups)[0] ?? '')
    now += DAY
    await it.app.deps.keeper.look()
    expect(await health()).toEqual({ ok: true, warnings: ['damaged-backup'] })
    now += DAY
    await it.app.deps.keeper.look()
    expect(await health()).toEqual({ ok: true })
  })

  test('F48 the running server makes no backup where none are wanted', async () => {
    it = await startApp({ env: { BACKUPS_KEPT: '0', BACKUP_DIR: place.backups } })
    await it.app.deps.keeper.look()
    expect(backupsIn(place.backups)).toEqual([])
  })
})
