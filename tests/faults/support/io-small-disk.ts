/** A disk so small that it fills: a memory file system of its own for root; for others a limit on the size of the server's files. */
import { execFileSync, spawnSync } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const SIZE = 8 << 20
/** Less than a commit needs: a limit below what the write-ahead log has grown to. */
const LEFT = 64 << 10

export interface SmallDisk {
  /** The data folder to use. */
  folder: string
  /** Nothing more can be written by the process. */
  fill(pid: number): void
  /** There is room again. */
  free(pid: number): void
  remove(): void
}

/** A disk can be filled here, one way or the other. */
export const canFill = (): boolean => process.platform === 'linux' && spawnSync('prlimit', ['--version']).status === 0

/** A new empty disk; where none may be mounted, files that may not grow stand in for it. */
export function openSmallDisk(): SmallDisk {
  const above = mkdtempSync(join(tmpdir(), 'gatherwell-small-'))
  const mounted = process.getuid?.() === 0 && spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${SIZE}`, 'tmpfs', above]).status === 0
  const folder = join(above, 'data')
  const filler = join(above, 'filler')
  const limit = (pid: number, bytes: number | string) => void execFileSync('prlimit', ['--pid', String(pid), `--fsize=${bytes}:`])
  const remove = () => {
    if (mounted) spawnSync('umount', [above])
    rmSync(above, { recursive: true, force: true })
  }
  // An interrupted run leaves no disk behind.
  process.once('exit', remove)
  return {
    folder,
    fill: (pid) => (mounted ? fillUp(filler) : limit(pid, LEFT)),
    free: (pid) => (mounted ? rmSync(filler, { force: true }) : limit(pid, 'unlimited')),
    remove() {
      process.off('exit', remove)
      remove()
    },
  }
}

function fillUp(filler: string): void {
  const file = openSync(filler, 'a')
  let written = 0
  try {
    for (let piece = 1 << 16; piece >= 512; ) {
      try {
        const more = writeSync(file, Buffer.alloc(piece))
        written += more
        if (more < piece) piece /= 2
      } catch {
        piece /= 2
      }
      // Whatever this is, it is not the small disk: nobody's own may be filled.
      if (written > SIZE) throw new Error('The disk to be filled is larger than it was made')
    }
  } finally {
    closeSync(file)
  }
}
