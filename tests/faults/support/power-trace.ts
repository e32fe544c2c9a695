/** What a server asked of its disk, call by call with every byte: recorded by strace, read back as operations on files. */
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

export type DiskOp = { /** When it was asked, by the clock of the wall, ms. */ at: number } & (
  | { kind: 'make-folder'; path: string }
  | { kind: 'make'; path: string; file: number }
  | { kind: 'remove'; path: string }
  | { kind: 'rename'; path: string; to: string }
  | { kind: 'write'; file: number; offset: number; bytes: Buffer }
  | { kind: 'cut'; file: number; length: number }
  /** `ok`: what was written before is on disk. Not: the system told of an error, and may have forgotten what was written. */
  | { kind: 'sync'; file: number; ok: boolean }
  | { kind: 'sync-folder'; path: string }
)

const CALLS = 'openat,close,pwrite64,ftruncate,fallocate,fsync,fdatasync,rename,unlink,mkdir'
/** More than any single write of SQLite: a page or a frame's head. */
const LONGEST = 70_000
const FILES = ['gatherwell.sqlite', 'gatherwell.sqlite-wal']

/** The command that records a server on this folder into `trace`. */
export function recording(folder: string, trace: string, injections: readonly string[] = []): string[] {
  const paths = [dirname(folder), folder, ...FILES.map((name) => join(folder, name))]
  return ['strace', '-D', '-f', '--seccomp-bpf', '-qq', '-ttt', '-xx', '-s', String(LONGEST), '-o', trace, ...paths.flatMap((path) => ['-P', path]), '-e', `trace=${CALLS}`, ...injections.flatMap((one) => ['-e', `inject=${one}`])]
}

/** "thread time call(arguments) = result", or one of the two halves of it where another thread's came in between. */
const LINE = /^(\d+) +(\d+\.\d+) (?:<\.\.\. \w+ resumed>)?(.*)$/u
const CALL = /^(\w+)\((.*)\) += (-?\d+)/su

/** The operations of a trace. Throws on a call that it does not understand: an image must leave nothing out. */
export function readTrace(trace: string): DiskOp[] {
  const ops: DiskOp[] = []
  const open = new Map<number, { path: string; file?: number }>()
  const names = new Map<string, number>()
  const halves = new Map<string, { at: number; text: string }>()
  let files = 0

  function take(at: number, text: string): void {
    const call = CALL.exec(text)
    if (call === null) return
    const [, name = '', args = '', result = ''] = call
    const returned = Number(result)
    const fd = Number(/^\d+/u.exec(args)?.[0])
    const target = open.get(fd)
    if (name === 'fsync' || name === 'fdatasync') {
      if (target?.file !== undefined) ops.push({ at, kind: 'sync', file: target.file, ok: returned === 0 })
      else if (target !== undefined && returned === 0) ops.push({ at, kind: 'sync-folder', path: target.path })
      return
    }
    if (returned < 0) return
    switch (name) {
      case 'openat': {
        const path = unhex(args)
        if (args.includes('O_DIRECTORY') || !FILES.some((file) => path.endsWith(`/${file}`))) return void open.set(returned, { path })
        let file = names.get(path)
        if (file === undefined) {
          names.set(path, (file = files++))
          ops.push({ at, kind: 'make', path, file })
        }
        open.set(returned, { path, file })
        return
      }
      case 'close':
        open.delete(fd)
        return
      case 'pwrite64': {
        if (target?.file === undefined) throw new Error('A write to a file that was never opened')
        const offset = Number(/, (\d+)$/u.exec(args)?.[1])
        const bytes = Buffer.from(/"([^"]*)"(\.*)/u.exec(args)?.[1]?.replaceAll('\\x', '') ?? '', 'hex')
        if (args.includes('"...')) throw new Error('A write is longer than what was recorded of it')
        ops.push({ at, kind: 'write', file: target.file, offset, bytes: bytes.subarray(0, returned) })
        return
      }
      case 'ftruncate':
        if (target?.file === undefined) throw new Error('A cut of a file that was never opened')
        ops.push({ at, kind: 'cut', file: target.file, length: Number(args.split(', ')[1]) })
        return
      case 'unlink':
        ops.push({ at, kind: 'remove', path: unhex(args) })
        names.delete(unhex(args))
        return
      case 'mkdir':
        ops.push({ at, kind: 'make-folder', path: unhex(args) })
        return
      default:
        throw new Error(`No image knows what ${name} does`)
    }
  }

  for (const line of readFileSync(trace, 'latin1').split('\n')) {
    const parts = LINE.exec(line)
    if (parts === null) continue
    const [, thread = '', seconds = '', rest = ''] = parts
    const begun = halves.get(thread)
    if (rest.endsWith('<unfinished ...>')) halves.set(thread, { at: Number(seconds) * 1000, text: rest.slice(0, -'<unfinished ...>'.length) })
    else if (begun !== undefined && line.includes(' resumed>')) {
      halves.delete(thread)
      take(begun.at, begun.text + rest)
    } else take(Number(seconds) * 1000, rest)
  }
  return ops
}

function unhex(args: string): string {
  return Buffer.from(/"([^"]*)"/u.exec(args)?.[1]?.replaceAll('\\x', '') ?? '', 'hex').toString()
}
