import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { BadCommand, runCommand, USAGE } from '../../../server/keep/command.ts'
import { openSqliteLog } from '../../../server/log/sqlite.ts'
import { NOW } from '../log/contract.ts'
import { aPlace, filled, wordsOf } from './kept.ts'
import type { Place } from './kept.ts'

let place: Place
beforeEach(async () => {
  place = aPlace()
  await filled(place.data)
})
afterEach(() => { place.remove() })

const run = (...args: string[]) => runCommand(args, { dataDir: place.data, backupDir: place.backups, from: place.at('') }, NOW)
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
