/** F18: the power goes. Whatever the disk had not been told to keep may be gone or torn; what was acknowledged is there. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { random } from '#shared/random.ts'
import { shareOf } from '../torture/share.ts'
import { hasStrace } from './support/io-strace.ts'
import { writeImage } from './support/power-image.ts'
import { record, type Recording } from './support/power-recording.ts'
import { readFolder } from '../support/folder-state.ts'
import type { DiskOp } from './support/power-trace.ts'

const share = shareOf('power-cuts')
/** Images of one recorded life; then a new one is recorded. */
const IMAGES = 100
/** Images are many and small: memory is kinder to the disk, and faster. */
const SCRATCH = existsSync('/dev/shm') ? '/dev/shm' : tmpdir()
const FAILING_SYNCS = ['fdatasync,fsync:error=EIO:when=40+15']

const traced = share.count > 0 && hasStrace('Power cuts')

/** Cuts the power at a moment of a recorded life; what the folder then lacks. */
function cut({ broken }: Recording, ops: readonly DiskOp[], seed: number): string[] {
  const dice = random(`cut ${seed}`)
  // Before the first file there is no folder to open.
  const upTo = 1 + dice.below(ops.length)
  const folder = mkdtempSync(join(SCRATCH, 'gatherwell-cut-'))
  try {
    writeImage(folder, ops, upTo, dice)
    return broken(readFolder(folder), (ops[upTo - 1] as DiskOp).at)
  } catch (error) {
    return [`cannot be opened: ${(error as Error).message}`]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

test.skipIf(!traced)('F18 power cut at any moment, with any of what was not synced lost or torn: it opens, nothing acknowledged is lost, and the state is one that was', async () => {
  let life: Recording | undefined
  let operations = 0
  for (const seed of share.seeds) {
    if (life === undefined || seed % IMAGES === 0) {
      life = await record(Math.floor(seed / IMAGES))
      operations += life.ops.length
    }
    const broken = cut(life, life.ops, seed)
    if (broken.length > 0) throw new Error(`Power cut ${seed}: ${broken.slice(0, 5).join('; ')} (${broken.length} in all)`)
  }
  expect(operations).toBeGreaterThan(1_000)
  share.report({ images: share.count, operations, lost: 0 })
}, share.timeout(500))

test.skipIf(!traced)('F18 F19 power cut after syncs that failed: what the system let go of is written again before anything relies on it', async () => {
  const life = await record(share.seeds[0] ?? 0, FAILING_SYNCS)
  expect(life.ops.filter((op) => op.kind === 'sync' && !op.ok).length).toBeGreaterThan(3)
  for (const seed of share.seeds) {
    const broken = cut(life, life.ops, seed)
    if (broken.length > 0) throw new Error(`Power cut ${seed}: ${broken.slice(0, 5).join('; ')} (${broken.length} in all)`)
  }
}, share.timeout(500))

test.skipIf(!traced)('F18 this laboratory finds what is lost when commits are not synced, as SQLite does with synchronous=NORMAL', async () => {
  const life = await record(share.seeds[0] ?? 0)
  const log = life.ops.find((op) => op.kind === 'make' && op.path.endsWith('-wal')) as Extract<DiskOp, { kind: 'make' }>
  const database = life.ops.find((op) => op.kind === 'make' && op.path.endsWith('.sqlite')) as Extract<DiskOp, { kind: 'make' }>
  // Only what comes right before a checkpoint stays: the next to touch a file is a write to the database.
  const lazy = life.ops.filter((op, i) => {
    if (op.kind !== 'sync' || op.file !== log.file) return true
    const next = life.ops.slice(i + 1).find((later) => later.kind === 'write' || later.kind === 'sync')
    return next?.kind === 'sync' || (next?.kind === 'write' && next.file === database.file) || isHeader(life.ops, i)
  })
  const lost = Array.from({ length: IMAGES / 2 }, (_, seed) => cut(life, lazy, seed)).filter((broken) => broken.some((what) => what.startsWith('lost')))
  expect(lost.length).toBeGreaterThan(5)
}, share.timeout(500))

/** The head of a new write-ahead log is synced at NORMAL too. */
function isHeader(ops: readonly DiskOp[], i: number): boolean {
  const before = ops.slice(0, i).findLast(({ kind }) => kind === 'write')
  return before?.kind === 'write' && before.offset === 0
}
