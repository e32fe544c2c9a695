/** Finds a Chromium for the tests, or gets one: Debian's package for root, Playwright's build for everybody else. */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { inRoot, node } from '../server/boot/install.mjs'
import { Sentence, step } from '../server/boot/run.mjs'

const USUAL_PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
]

/** The path of a Chromium that exists; throws a Sentence when there is none and none could be installed. */
export async function findBrowser() {
  const named = process.env.CHROMIUM
  if (named && !existsSync(named)) throw new Sentence(`CHROMIUM names ${named}, and there is no such file.`)
  return named || installedBrowser() || (await playwrightsBrowser()) || (await fetchBrowser())
}

const installedBrowser = () => USUAL_PLACES.find((path) => existsSync(path))

async function playwrightsBrowser() {
  const { chromium } = await import(pathToFileURL(inRoot('node_modules/playwright-core/index.mjs')).href)
  const path = chromium.executablePath()
  return existsSync(path) ? path : undefined
}

async function fetchBrowser() {
  console.log('Getting a browser for the tests …')
  const debianRoot = process.getuid?.() === 0 && spawnSync('apt-get', ['--version']).status === 0
  if (debianRoot) {
    // A step that fails leaves the next way to try.
    const options = { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } }
    await step('apt-get', ['update', '-qq'], options)
    await step('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], options)
    const found = installedBrowser()
    if (found) return found
  }
  await step(node(), [inRoot('node_modules/playwright-core/cli.js'), 'install', 'chromium'])
  const fetched = await playwrightsBrowser()
  if (fetched) return fetched
  throw new Sentence('The tests need Chromium, and none could be installed. Install it, or name it: CHROMIUM=/path npm test')
}
