/** What a phone loads before it shows anything, from the page that was built. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'

export interface Weight {
  /** Script of the page and all that it imports, gzip, bytes. */
  first: number
  /** The same as it lies on disk. */
  firstPlain: number
  /** What the welcome step adds when it comes, gzip: its own and what all steps share. */
  welcome: number
  styles: number
}

export const BUILT = fileURLToPath(new URL('../../dist/client/', import.meta.url))

/** `client`: where a build of the pages lies. */
export function phoneWeight(client = BUILT): Weight {
  const page = firstFiles(client)
  const welcome = stepFile(client, 'welcome')
  const added = [...closure(client, [welcome])].filter((file) => !page.scripts.has(file))
  return { first: zipped(client, page.scripts), firstPlain: plain(client, page.scripts), welcome: zipped(client, added), styles: zipped(client, page.styles) }
}

/** What the phone's page asks for by itself. */
export function firstFiles(client: string): { scripts: Set<string>; named: string[]; styles: Set<string> } {
  const html = readFileSync(`${client}index.html`, 'utf8')
  const named = Array.from(html.matchAll(/(?:src|href)="\/(assets\/[^"]+\.(?:js|css))"/gu), ([, file]) => file ?? '')
  const scripts = named.filter((file) => file.endsWith('.js'))
  return { scripts: closure(client, scripts), named: scripts, styles: new Set(named.filter((file) => file.endsWith('.css'))) }
}

/** Files, and everything that they import at once. */
export function closure(client: string, files: Iterable<string>, found = new Set<string>()): Set<string> {
  for (const file of files) {
    if (found.has(file)) continue
    found.add(file)
    closure(client, importsOf(client, file), found)
  }
  return found
}

/** What a built script imports before it runs. */
export function importsOf(client: string, file: string): string[] {
  return Array.from(readFileSync(client + file, 'utf8').matchAll(/(?:^|[;}])(?:import|export)(?:[^;"'()]*?from)?"\.\/([^"]+\.js)"/gu), ([, name]) => `assets/${name ?? ''}`)
}

/** The script that holds what a kind shows on a phone. */
function stepFile(client: string, kind: string): string {
  const chunks = JSON.parse(readFileSync(`${client}.vite/phone.json`, 'utf8')) as Record<string, { file: string }>
  const chunk = chunks[`activities/${kind}/Phone.svelte`]
  if (chunk === undefined) throw new Error(`The build has no step ${kind}`)
  return chunk.file
}

function zipped(client: string, files: Iterable<string>): number {
  return Array.from(files, (file) => gzipSync(readFileSync(client + file), { level: 9 }).length).reduce((a, b) => a + b, 0)
}

function plain(client: string, files: Iterable<string>): number {
  return Array.from(files, (file) => readFileSync(client + file).length).reduce((a, b) => a + b, 0)
}
