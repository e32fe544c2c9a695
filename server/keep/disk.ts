/** What must be on the drive before anybody relies on it, and how much room is left there. */
import { closeSync, fsyncSync, openSync, statfsSync } from 'node:fs'
import { statfs } from 'node:fs/promises'

/** Below this the host is warned: an evening of three hundred people writes some megabytes, so there is time to make room. */
export const LOW_SPACE_BYTES = 500 * 1000 * 1000

/** Makes a file, or the list of names in a folder, outlast a power cut. */
export function sync(path: string): void {
  const handle = openSync(path, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

/** Bytes that this user may still write where `folder` is. */
export function freeNow(folder: string): number {
  const { bavail, bsize } = statfsSync(folder)
  return bavail * bsize
}

/** The same, without holding up the caller. */
export async function freeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder)
  return bavail * bsize
}
