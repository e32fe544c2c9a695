/**
 * What must be there before the server or the tests can run: the dependencies of the lock file, and a client built from
 * the sources as they are. Plain JavaScript for Node 20: it runs in a fresh clone, where nothing is installed.
 */
import { createHash } from 'node:crypto'
import { accessSync, constants, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { delimiter, join, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Ended, Sentence, step } from './run.mjs'

export const root = fileURLToPath(new URL('../../', import.meta.url))
export const inRoot = (...parts) => join(root, ...parts)

const NODE_NEEDED = 26
const PLATFORMS = ['linux-x64', 'linux-arm64', 'darwin-arm64', 'darwin-x64']
const ownNodeIsEnough = Number(process.versions.node.split('.')[0]) >= NODE_NEEDED

/** The Node that runs TypeScript: this process's own when new enough, else the one among the dependencies. */
export function node() {
  return ownNodeIsEnough ? process.execPath : inRoot('node_modules/.bin/node')
}

/** True when main.ts can be imported right here, without a child process. */
export const canRunHere = ownNodeIsEnough

/** Installs what the lock file names, unless it is there already. */
export async function install() {
  const platform = `${process.platform}-${process.arch}`
  if (!ownNodeIsEnough && !PLATFORMS.includes(platform)) {
    throw new Sentence(
      `Gatherwell brings its own Node for ${PLATFORMS.join(', ')}, but not for ${platform}. ` +
        `Install Node ${NODE_NEEDED} or newer and start again.`,
    )
  }
  if (isInstalled(platform)) return
  mustWrite('installed')
  console.log('Installing what Gatherwell needs (once; a minute or less on a good connection) …')
  const code = await step('npm', ['ci', '--include=dev', '--no-fund', '--no-audit', '--loglevel=error'], {
    cwd: root,
    // npm empties node_modules, so it must not run on the Node in there.
    env: { ...process.env, PATH: pathOutsideProject() },
  }).catch((error) => {
    if (error instanceof Ended) throw error
    throw new Sentence(`npm could not be started (${error.code}). Is npm installed, and on the PATH?`)
  })
  if (code !== 0) {
    throw new Sentence(
      'The installation failed; what npm said stands above. Most often the network or the package registry cannot be ' +
        'reached (is a proxy needed?), or the disk is full. Start again to retry: nothing else has been changed.',
    )
  }
  if (!existsSync(node())) {
    throw new Sentence(`npm installed everything but Node for ${platform}: are optional dependencies switched off (omit=optional)?`)
  }
  writeFileSync(installStamp(), lockHash(platform))
}

/** A service runs as somebody who may not change the program; after `git pull` that is the first to see that it is not built. */
function mustWrite(done) {
  try {
    accessSync(root, constants.W_OK)
  } catch {
    throw new Sentence(`This version of Gatherwell is not ${done} yet, and the user that starts it may not write ${root}. As the one who may (root, perhaps): cd ${root} && npm run build`)
  }
}

const installStamp = () => inRoot('node_modules/.gatherwell')
const lockHash = (platform) => createHash('sha256').update(platform).update(readFileSync(inRoot('package-lock.json'))).digest('hex')

function isInstalled(platform) {
  if (!existsSync(inRoot('node_modules')) || !existsSync(node())) return false
  const hash = lockHash(platform)
  if (existsSync(installStamp()) && readFileSync(installStamp(), 'utf8') === hash) return true
  if (!npmInstalledTheSame()) return false
  writeFileSync(installStamp(), hash)
  return true
}

/** npm records what it put there when it has finished; somebody who ran `npm install` by hand need not wait again. */
function npmInstalledTheSame() {
  const record = inRoot('node_modules/.package-lock.json')
  if (!existsSync(record)) return false
  const there = JSON.parse(readFileSync(record, 'utf8')).packages
  const wanted = JSON.parse(readFileSync(inRoot('package-lock.json'), 'utf8')).packages
  return Object.entries(wanted).every(([path, entry]) => {
    const present = there[path]
    if (path === '' || (!present && entry.optional)) return true
    return present?.version === entry.version
  })
}

function pathOutsideProject() {
  const own = inRoot('node_modules') + sep
  return (process.env.PATH ?? '').split(delimiter).filter((folder) => !(folder + sep).startsWith(own)).join(delimiter)
}

const buildStamp = () => inRoot('dist/built-from')

/** Builds the client, unless the last build was made from the very same sources. */
export async function build() {
  const sources = hashOf(['client', 'shared', 'vite.config.ts', 'package-lock.json'])
  const page = inRoot('dist/client/index.html')
  if (existsSync(page) && existsSync(buildStamp()) && readFileSync(buildStamp(), 'utf8') === sources) return
  mustWrite('built')
  console.log('Building the pages …')
  forgetBuild()
  const code = await step(node(), [inRoot('node_modules/vite/bin/vite.js'), 'build', '--logLevel', 'error'], {
    cwd: root,
    env: { ...process.env, NODE_ENV: 'production', VITEST: '' },
  })
  if (code !== 0) throw new Sentence('The pages could not be built; the reason stands above.')
  mkdirSync(inRoot('dist'), { recursive: true })
  writeFileSync(buildStamp(), sources)
}

/** Makes the next start build anew: after this, dist/ holds something else than a whole build of the sources. */
export function forgetBuild() {
  rmSync(buildStamp(), { force: true })
}

/** One hash over the names and contents of files and folders. Contents, not times: a checkout touches every file. */
function hashOf(paths) {
  const hash = createHash('sha256')
  const add = (path) => {
    hash.update(`${path}\0`).update(readFileSync(inRoot(path))).update('\0')
  }
  for (const path of paths) {
    const folder = !path.includes('.') && existsSync(inRoot(path))
    if (!folder) add(path)
    else {
      readdirSync(inRoot(path), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name).slice(root.length))
        .sort()
        .forEach(add)
    }
  }
  return hash.digest('hex')
}
