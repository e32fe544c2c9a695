import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { BadCommand, runCommand, USAGE } from '../../../server/keep/command.ts'
import { random } from '#shared/random.ts'
import { backupsIn } from '../../../server/keep/rounds.ts'
import { verify } from '../../../server/keep/verify.ts'
import { openSqliteLog } from '../../../server/log/sqlite.ts'
import { until } from '../../support/until.ts'
import { anAppend, NOW } from '../log/samples.ts'
import { aPlace, filled, wordsOf } from './kept.ts'
import type { Place } from './kept.ts'

let place: Place
beforeEach(async () => {
  place = aPlace()
  await filled(place.data)
})
afterEach(() => { place.remove() })

const run = (...args: string[]) => runCommand(args, { dataDir: place.data, backupDir: place.backups, from: place.at('') }, NOW)
const halfMade = () => (existsSync(place.backups) ? readdirSync(place.backups).filter((name) => name.startsWith('unfinished-')).length : 0)
const KILLS = 5
const NAME = 'gatherwell-2027-01-15T08-00-00Z-asked'
const WHOLE = /made 2027-01-15T08:00:00.000Z by version \S+: 2 sessions, 4 events, \d+ bytes$/m

describe('the command', () => {
  test('F48 the command backs up, verifies and restores, and says what it did and where', async () => {
    expect(run('backup')).toMatch(`Backup made and verified: ${join(place.backups, NAME)}`)
    expect(run('backup', '--to', 'usb')).toMatch(WHOLE)
    expect(readdirSync(place.at('usb'))).toEqual([NAME])
    expect(run('verify', join('usb', NAME))).toMatch(WHOLE)
    expect(run('restore', join('usb', NAME), '--data', 'fresh')).not.toContain('was there before')
    const log = await openSqliteLog({ folder: place.at('fresh') })
    expect(await wordsOf(log, 'a')).toEqual(['one', 'two', 'three'])
    await log.close()
    expect(run('restore', join(place.backups, NAME))).toContain(`What was there before is in ${join(place.data, 'before-restore-2027-01-15T08-00-00Z')}`)
  })

  test('tells how to use it', () => {
    for (const help of [[], ['help'], ['--help'], ['-h']]) expect(run(...help)).toBe(USAGE)
    for (const wrong of [['restor'], ['backup', 'x'], ['backup', '--out', 'x'], ['backup', '--to'], ['verify'], ['verify', 'a', 'b'], ['verify', ''], ['restore'], ['restore', 'a', '--to', 'b']]) {
      expect(() => run(...wrong), wrong.join(' ')).toThrow(BadCommand)
      expect(() => run(...wrong), wrong.join(' ')).toThrow(USAGE)
    }
  })

  test('F48 a backup killed at any moment leaves none, or a whole one, and the data as it was', async () => {
    const log = await openSqliteLog({ folder: place.data })
    await log.append(anAppend('a', 3, Array.from({ length: 20_000 }, (_, i) => `word ${String(i)} of many that fill some megabytes`.repeat(3))))
    const dice = random('killed backups')
    for (let round = 0; round < KILLS; round += 1) {
      const [left, before] = [halfMade(), backupsIn(place.backups).length]
      const child = spawn(process.execPath, [join(process.cwd(), 'server/gatherwell.ts'), 'backup'], { stdio: 'ignore', env: { PATH: process.env['PATH'], DATA_DIR: place.data, BACKUP_DIR: place.backups } })
      const gone = once(child, 'exit')
      // From the moment that it begins to write: before, there is nothing to leave behind.
      await until(() => child.exitCode !== null || halfMade() > left || backupsIn(place.backups).length > before)
      setTimeout(() => child.kill('SIGKILL'), dice.below(20))
      await gone
      for (const name of backupsIn(place.backups)) expect(verify(join(place.backups, name)).events).toBeGreaterThanOrEqual(20_004)
      await log.append(anAppend('b', 1 + round, ['goes on']))
    }
    expect(halfMade()).toBeGreaterThan(0)
    await log.close()
  }, 60_000)

  test('ends with 1 and one sentence where it cannot, with 0 where it can, and takes paths from where the person is', () => {
    const gatherwell = (...args: string[]) => {
      const { status, stdout, stderr } = spawnSync(process.execPath, [join(process.cwd(), 'server/gatherwell.ts'), ...args], { encoding: 'utf8', env: { PATH: process.env['PATH'], DATA_DIR: place.data, INIT_CWD: place.at('there') } })
      return { status, stdout, stderr }
    }
    mkdirSync(place.at('there'))
    expect(gatherwell('verify', 'nothing')).toEqual({ status: 1, stdout: '', stderr: `${place.at('there/nothing')} is not a backup: it has no manifest.json that can be read.\n` })
    expect(gatherwell('backup', '--to', 'here')).toMatchObject({ status: 0, stderr: '' })
    expect(existsSync(place.at('there/here'))).toBe(true)
  })
})
