/** What a phone loads before it shows anything, from the build's own list. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'

interface Chunk {
  file: string
  imports?: string[]
  css?: string[]
}

export interface Weight {
  /** Script of the page and all that it imports, gzip, bytes. */
  first: number
  /** The same as it lies on disk. */
  firstPlain: number
  /** What the welcome step adds when it comes, gzip. */
  welcome: number
  styles: number
}

const DIST = fileURLToPath(new URL('../../dist/client/', import.meta.url))

export function phoneWeight(): Weight {
  const manifest = JSON.parse(readFileSync(`${DIST}.vite/manifest.json`, 'utf8')) as Record<string, Chunk>
  const first = closure(manifest, 'index.html')
  const welcome = [...closure(manifest, 'activities/welcome/Phone.svelte')].filter((key) => !first.has(key))
  const files = (keys: Iterable<string>) => Array.from(keys, (key) => manifest[key]?.file ?? '').filter((file) => file.endsWith('.js'))
  const styles = new Set(Array.from(first).flatMap((key) => manifest[key]?.css ?? []))
  return { first: zipped(files(first)), firstPlain: plain(files(first)), welcome: zipped(files(welcome)), styles: zipped(styles) }
}

/** A chunk and everything that it imports at once. */
function closure(manifest: Record<string, Chunk>, entry: string, found = new Set<string>()): Set<string> {
  if (manifest[entry] === undefined) throw new Error(`The build has no ${entry}`)
  if (found.has(entry)) return found
  found.add(entry)
  for (const inner of manifest[entry].imports ?? []) closure(manifest, inner, found)
  return found
}

function zipped(files: Iterable<string>): number {
  return Array.from(files, (file) => gzipSync(readFileSync(DIST + file), { level: 9 }).length).reduce((a, b) => a + b, 0)
}

function plain(files: Iterable<string>): number {
  return Array.from(files, (file) => readFileSync(DIST + file).length).reduce((a, b) => a + b, 0)
}
