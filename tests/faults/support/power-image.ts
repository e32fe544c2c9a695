/** A disk after the power went: everything that was synced, and of the rest whatever the dice leave, torn. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { Random } from '#shared/random.ts'
import type { DiskOp } from './power-trace.ts'

/** What a disk writes whole, bytes; and what a file system writes at a time. */
const PIECES = [512, 4096] as const

type Change = Extract<DiskOp, { kind: 'write' | 'cut' }>

/** A file that grows without being copied each time. */
interface Content {
  bytes: Buffer
  length: number
}

/** Writes the files as they are if the power goes after the first `upTo` operations. Without dice nothing is lost: what the living process saw. */
export function writeImage(folder: string, ops: readonly DiskOp[], upTo: number, dice: Random | undefined): void {
  const contents = new Map<number, Content>()
  const pending = new Map<number, Change[]>()
  const names = new Map<string, number>()
  const namesPending: Extract<DiskOp, { kind: 'make' | 'remove' | 'rename' }>[] = []
  const change = (op: Change) => {
    let content = contents.get(op.file)
    if (content === undefined) contents.set(op.file, (content = { bytes: Buffer.alloc(1 << 16), length: 0 }))
    if (op.kind === 'cut') resize(content, op.length)
    else {
      resize(content, Math.max(content.length, op.offset + op.bytes.length))
      op.bytes.copy(content.bytes, op.offset)
    }
  }
  const changesOf = (file: number): Change[] => {
    let changes = pending.get(file)
    if (changes === undefined) pending.set(file, (changes = []))
    return changes
  }
  const rename = (op: (typeof namesPending)[number]) => {
    if (op.kind === 'make') names.set(op.path, op.file)
    else if (op.kind === 'remove') names.delete(op.path)
    else {
      const file = names.get(op.path)
      names.delete(op.path)
      if (file !== undefined) names.set(op.to, file)
    }
  }

  /** Folders whose own names the drive was not told to keep: with one of them goes all that lies in it. */
  const foldersPending = new Set<string>()

  for (const op of ops.slice(0, upTo)) {
    if (op.kind === 'make-folder') foldersPending.add(op.path)
    else if (op.kind === 'make' || op.kind === 'remove' || op.kind === 'rename') namesPending.push(op)
    else if (op.kind === 'sync-folder') {
      for (const path of foldersPending) if (dirname(path) === op.path) foldersPending.delete(path)
      if (namesPending.some(({ path }) => dirname(path) === op.path)) namesPending.splice(0).forEach(rename)
    }
    else if (op.kind !== 'sync') changesOf(op.file).push(op)
    else if (op.ok) changesOf(op.file).splice(0).forEach(change)
    // The system has told once, and may have let go of what it could not write: that is safe only if it is written again.
    else if (dice !== undefined) pending.set(op.file, survivors(changesOf(op.file), dice))
  }
  // The order of names is the order of the folder's journal: a later one never stands without an earlier.
  namesPending.slice(0, dice === undefined ? undefined : dice.below(namesPending.length + 1)).forEach(rename)
  for (const changes of pending.values()) (dice === undefined ? changes : survivors(changes, dice)).forEach(change)

  mkdirSync(folder, { recursive: true })
  if (dice !== undefined && foldersPending.size > 0 && dice.below(2) === 0) return
  for (const [path, file] of names) {
    const { bytes, length } = contents.get(file) ?? { bytes: Buffer.alloc(0), length: 0 }
    writeFileSync(join(folder, basename(path)), bytes.subarray(0, length))
  }
}

/** Of changes that no sync has confirmed: all, none, or any of them, some of them in part. */
function survivors(changes: readonly Change[], dice: Random): Change[] {
  const share = [0, 5, 5, 5, 10][dice.below(5)] as number
  return changes.flatMap((op) => {
    if (dice.below(10) >= share) return []
    return op.kind === 'write' && share < 10 && dice.below(3) === 0 ? torn(op, dice) : [op]
  })
}

function torn(op: Extract<Change, { kind: 'write' }>, dice: Random): Change[] {
  const piece = PIECES[dice.below(PIECES.length)] as number
  const parts: Change[] = []
  for (let from = 0; from < op.bytes.length; ) {
    // Pieces lie where the disk has them, not where the write begins.
    const to = Math.min(op.bytes.length, from + piece - ((op.offset + from) % piece))
    if (dice.below(2) === 0) parts.push({ ...op, offset: op.offset + from, bytes: op.bytes.subarray(from, to) })
    from = to
  }
  return parts
}

function resize(content: Content, length: number): void {
  if (length > content.bytes.length) {
    const more = Buffer.alloc(Math.max(length, content.bytes.length * 2))
    content.bytes.copy(more, 0, 0, content.length)
    content.bytes = more
  }
  // What was cut off must not come back when the file grows again.
  if (length < content.length) content.bytes.fill(0, length, content.length)
  content.length = length
}
