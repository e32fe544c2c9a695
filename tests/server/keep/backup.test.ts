import { appendFileSync, copyFileSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, statSync, truncateSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { takeBackup } from '../../../server/keep/backup.ts'
import type { BackupKind, Manifest } from '../../../server/keep/manifest.ts'
import { CannotKeep, written } from '../../../server/keep/manifest.ts'
import { restore } from '../../../server/keep/restore.ts'
import { verify } from '../../../server/keep/verify.ts'
import { openSqliteLog } from '../../../server/log/sqlite.ts'
import { random } from '#shared/random.ts'
import { anAppend, NOW } from '../log/samples.ts'
import { bytesOf } from '../log/folder.ts'
import { aLog, aPlace, filled, rowsOf, wordsOf } from './kept.ts'
import type { Place } from './kept.ts'

let place: Place
beforeEach(() => { place = aPlace() })
afterEach(() => { place.remove() })

const back = (kind: BackupKind = 'asked', now = NOW) => takeBackup({ folder: place.data, to: place.backups, kind, now })
const DATABASE = 'gatherwell.sqlite'

describe('a backup', () => {
  test('F48 a backup of a folder in use holds all that was committed, and says what it holds', async () => {
    const log = await aLog(place.data)
    const { path, manifest } = back()
    await log.append(anAppend('a', 3, ['after']))
    expect(path).toBe(join(place.backups, 'gatherwell-2027-01-15T08-00-00Z-asked'))
    expect(manifest).toMatchObject({ format: 1, kind: 'asked', madeAt: '2027-01-15T08:00:00.000Z', sessions: 2, events: 4, bytes: statSync(join(path, DATABASE)).size })
    expect(verify(path)).toEqual(manifest)
    restore(path, place.at('fresh'), NOW)
    const restored = await openSqliteLog({ folder: place.at('fresh') })
    expect(await wordsOf(restored, 'a')).toEqual(['one', 'two', 'three'])
    expect(await wordsOf(restored, 'b')).toEqual(['lone'])
    expect(await restored.receipts('a')).toEqual(['r1', 'r2'])
    expect(await restored.setting('passphrase')).toBe('a hash')
    await restored.close()
    await log.close()
  })

  test('F48 a backup of a folder at rest, and of one whose server was killed, holds the same', async () => {
    const log = await aLog(place.data)
    // What a killed server leaves: the database and a log that was never brought into it.
    cpSync(place.data, place.at('killed'), { recursive: true })
    await log.close()
    const rest = back().path
    const killed = takeBackup({ folder: place.at('killed'), to: place.backups, kind: 'asked', now: NOW }).path
    expect(killed).not.toBe(rest)
    expect(rowsOf(join(killed, DATABASE))).toEqual(rowsOf(join(rest, DATABASE)))
    expect(rowsOf(join(rest, DATABASE))['log_1']).toHaveLength(3)
  })

  test('F48 a backup is for its owner alone, and leaves nothing half-made', async () => {
    await filled(place.data)
    const { path } = back()
    expect(statSync(path).mode & 0o777).toBe(0o700)
    for (const name of readdirSync(path)) expect(statSync(join(path, name)).mode & 0o777).toBe(0o600)
    expect(readdirSync(path).sort()).toEqual([DATABASE, 'manifest.json'])
    expect(readdirSync(place.backups)).toHaveLength(1)
  })

  test('F48 a backup that was killed on its way is cleared by a later one, but not while it may still run', async () => {
    await filled(place.data)
    const [young, old] = ['unfinished-1-1', 'unfinished-2-2'].map((name) => join(place.backups, name)) as [string, string]
    for (const folder of [young, old]) mkdirSync(folder, { recursive: true })
    for (const [folder, hours] of [[young, 5], [old, 7]] as const) utimesSync(folder, NOW / 1000 - hours * 3600, NOW / 1000 - hours * 3600)
    back()
    expect(existsSync(old)).toBe(false)
    expect(existsSync(young)).toBe(true)
  })

  test('F48 a backup of nothing, or into nowhere, is refused with a sentence', async () => {
    expect(() => back()).toThrow(`There is nothing to back up: the folder ${place.data} holds no data of Gatherwell.`)
    await filled(place.data)
    writeFileSync(place.backups, 'a file')
    expect(() => back()).toThrow(`The folder ${place.backups} for backups cannot be used`)
  })

  test('F48 F19 a backup is not begun where it would take the last free space', async () => {
    await filled(place.data)
    expect(() => takeBackup({ folder: place.data, to: place.backups, kind: 'daily', now: NOW, spare: Number.MAX_SAFE_INTEGER / 2 })).toThrow(`There is too little free space in ${place.backups} for a backup.`)
    expect(readdirSync(place.backups)).toEqual([])
  })
})

describe('a backup that is not as it was written is refused', () => {
  let path: string
  beforeEach(async () => {
    await filled(place.data)
    path = back().path
  })
  const refused = () => {
    expect(() => verify(path)).toThrow(CannotKeep)
    expect(() => restore(path, place.at('fresh'), NOW)).toThrow(CannotKeep)
    expect(existsSync(place.at('fresh'))).toBe(false)
  }

  test('F48 a backup is refused with any single bit flipped, in the data or in the manifest', () => {
    const dice = random('flips')
    for (const name of [DATABASE, 'manifest.json']) {
      const whole = readFileSync(join(path, name))
      for (let i = 0; i < 60; i += 1) {
        const at = dice.below(whole.length)
        const bit = dice.below(8)
        const flipped = Buffer.from(whole)
        flipped[at] = (flipped[at] ?? 0) ^ (1 << bit)
        writeFileSync(join(path, name), flipped)
        expect(() => verify(path), `${name}, byte ${String(at)}, bit ${String(bit)}`).toThrow(CannotKeep)
      }
      refused()
      writeFileSync(join(path, name), whole)
    }
    expect(verify(path).events).toBe(4)
  })

  test.each([0, 1, 4095, 4096, -1])('F48 a backup is refused that was cut off after %i bytes, or as many before its end', (bytes) => {
    const file = join(path, DATABASE)
    truncateSync(file, bytes < 0 ? statSync(file).size + bytes : bytes)
    expect(() => verify(path)).toThrow(`The backup ${path} is not whole`)
    refused()
  })

  test('F48 a backup is refused with bytes added, without its data, and without its manifest', () => {
    const file = join(path, DATABASE)
    copyFileSync(file, place.at('kept'))
    appendFileSync(file, 'x')
    refused()
    copyFileSync(place.at('kept'), file)
    verify(path)
    const other = place.at('other')
    mkdirSync(other)
    copyFileSync(join(path, 'manifest.json'), join(other, 'manifest.json'))
    expect(() => verify(other)).toThrow('gatherwell.sqlite is missing')
    expect(() => verify(place.data)).toThrow('is not a backup')
  })

  test('F48 a backup is refused when a newer program made it, with a sentence that says so', () => {
    const manifest = verify(path)
    const rewrite = (change: Partial<Manifest>) => { writeFileSync(join(path, 'manifest.json'), written({ ...manifest, ...change })) }
    rewrite({ schema: 99, version: '7.0.0' })
    expect(() => verify(path)).toThrow('was made by a newer Gatherwell (7.0.0, schema 99')
    refused()
    rewrite({ format: 2, version: '8.0.0' })
    expect(() => verify(path)).toThrow('was made by a newer Gatherwell (8.0.0); use that version.')
    refused()
    rewrite({ events: 5 })
    expect(() => verify(path)).toThrow('it does not hold what its manifest says')
  })
})

describe('restoring', () => {
  test('F48 restoring never overwrites: what was there is aside, whole, and can be restored by moving it back', async () => {
    const log = await aLog(place.data)
    const { path } = back()
    await log.append(anAppend('a', 3, ['later']))
    await log.close()
    const before = readFileSync(join(place.data, DATABASE))
    const { aside = '' } = restore(path, place.data, NOW)
    expect(aside).toBe(join(place.data, 'before-restore-2027-01-15T08-00-00Z'))
    expect(readFileSync(join(aside, DATABASE)).equals(before)).toBe(true)
    const restored = await openSqliteLog({ folder: place.data })
    expect(await wordsOf(restored, 'a')).toEqual(['one', 'two', 'three'])
    await restored.close()
    expect(restore(path, place.data, NOW).aside).toBe(`${aside}-again`)
  })

  test('F48 restoring takes the log that was not yet in the database along, so that it is never read into the other one', async () => {
    const log = await aLog(place.data)
    const { path } = back()
    await log.append(anAppend('a', 3, ['only in the log']))
    cpSync(place.data, place.at('killed'), { recursive: true })
    await log.close()
    const { aside = '' } = restore(path, place.at('killed'), NOW)
    const restored = await openSqliteLog({ folder: place.at('killed') })
    expect(await wordsOf(restored, 'a')).toEqual(['one', 'two', 'three'])
    await restored.close()
    const former = await openSqliteLog({ folder: aside })
    expect(await wordsOf(former, 'a')).toEqual(['one', 'two', 'three', 'only in the log'])
    await former.close()
  })

  test('F48 F49 restoring into a folder that a server uses is refused, and nothing is touched', async () => {
    const log = await aLog(place.data)
    const { path } = back()
    const names = readdirSync(place.data)
    expect(() => restore(path, place.data, NOW)).toThrow('Another Gatherwell is already running')
    expect(readdirSync(place.data)).toEqual(names)
    await log.append(anAppend('a', 3, ['still here']))
    await log.close()
  })

  /** What `restore` does to the folder, in its order; a kill leaves the first few of these done. */
  const STEPS = [
    () => { mkdirSync(join(place.data, 'before-restore-x')) },
    () => { writeFileSync(join(place.data, 'restore-unfinished.json'), '{}') },
    ...['', '-wal', '-shm'].map((end) => () => { renameSync(join(place.data, DATABASE + end), join(place.data, 'before-restore-x', DATABASE + end)) }),
    () => { copyFileSync(join(place.at('kept'), DATABASE), join(place.data, DATABASE)) },
  ]

  test.each(STEPS.map((_step, i) => i + 1))('F48 a restore killed after step %i leaves the old data or a refusal, nothing is lost, and a second run puts it right', async (done) => {
    const log = await aLog(place.at('live'))
    cpSync(takeBackup({ folder: place.at('live'), to: place.backups, kind: 'asked', now: NOW }).path, place.at('kept'), { recursive: true })
    await log.append(anAppend('a', 3, ['only in the log']))
    cpSync(place.at('live'), place.data, { recursive: true })
    await log.close()
    for (const step of STEPS.slice(0, done)) step()
    const opened = await openSqliteLog({ folder: place.data }).catch((error: Error) => error.message)
    if (typeof opened === 'string') expect(opened).toContain('was interrupted; run it again')
    else {
      expect(await wordsOf(opened, 'a')).toEqual(['one', 'two', 'three', 'only in the log'])
      await opened.close()
    }
    restore(place.at('kept'), place.data, NOW)
    const restored = await openSqliteLog({ folder: place.data })
    expect(await wordsOf(restored, 'a')).toEqual(['one', 'two', 'three'])
    await restored.close()
    const aside = readdirSync(place.data).filter((name) => name.startsWith('before-restore-'))
    expect(aside.some((name) => bytesOf(join(place.data, name)).includes('only in the log'))).toBe(true)
  })

  test('F48 a restore that was interrupted keeps a server from starting with nothing, until it is run again', async () => {
    await filled(place.data)
    const { path } = back()
    writeFileSync(join(place.data, 'restore-unfinished.json'), '{}')
    await expect(openSqliteLog({ folder: place.data })).rejects.toThrow('A restore into the data folder')
    expect(() => back()).toThrow('was interrupted; run it again')
    restore(path, place.data, NOW)
    const restored = await openSqliteLog({ folder: place.data })
    expect(await wordsOf(restored, 'b')).toEqual(['lone'])
    await restored.close()
  })
})
