/** How the three pages are built, and (at the end) how Vitest sees the tree. The top level holds no other build files. */
import { readdir, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { svelte, type Options as SvelteOptions } from '@sveltejs/vite-plugin-svelte'
import type { BuildEnvironmentOptions, Plugin, UserConfig } from 'vite'
import type { TestProjectConfiguration, ViteUserConfig } from 'vitest/config'

const root = fileURLToPath(new URL('.', import.meta.url))
const outDir = join(root, 'dist/client')

/** A phone that opened the page before an upgrade still asks for the old files when it reaches its next step. */
const OLD_ASSETS_KEPT_DAYS = 14

const svelteOptions: SvelteOptions = { configFile: false, compilerOptions: { runes: true } }

/** Deletes assets that no build of the last fortnight wrote; what this build wrote always stays. */
function forgetOldAssets(): Plugin {
  return {
    name: 'gatherwell:forget-old-assets',
    apply: 'build',
    async writeBundle(_options, bundle) {
      const assets = join(outDir, 'assets')
      const oldest = Date.now() - OLD_ASSETS_KEPT_DAYS * 24 * 60 * 60 * 1000
      for (const name of await readdir(assets).catch(() => [])) {
        if (`assets/${name.replace(/\.gz$/, '')}` in bundle) continue
        const file = join(assets, name)
        if ((await stat(file)).mtimeMs < oldest) await rm(file, { recursive: true })
      }
    },
  }
}

/**
 * Puts a gzipped twin beside every script and style: on a school's network the bytes are what a phone waits for, and in a hall
 * there is no proxy in front that would press them. Gzip, since browsers take no Brotli over plain HTTP.
 */
function gzipAssets(): Plugin {
  return {
    name: 'gatherwell:gzip-assets',
    apply: 'build',
    async writeBundle(_options, bundle) {
      const written = Object.entries(bundle).filter(([name]) => /^assets\/.*\.(js|css|svg)$/.test(name))
      await Promise.all(written.map(([name, file]) => writeFile(join(outDir, `${name}.gz`), gzipSync(file.type === 'chunk' ? file.code : file.source, { level: 9 }))))
    },
  }
}

const build: BuildEnvironmentOptions = {
  outDir,
  emptyOutDir: false,
  // The content security policy allows neither inline scripts nor data: URLs.
  assetsInlineLimit: 0,
  modulePreload: { polyfill: false },
  // Phones that people keep for years: iOS 15.4, and Chromium and Firefox of about the same age.
  target: ['safari15.4', 'chrome93', 'firefox92'],
  reportCompressedSize: false,
}

/**
 * Two builds into one folder. The phone's shares nothing with the other doors: what only they use of a library is not its burden. It
 * comes in one script and one style, since on a slow network each round trip costs as much as 30 KB; so do the steps: each is a file
 * of its own beside one that they share, and no file waits for one that waits for another.
 */
const pages: UserConfig = {
  root: join(root, 'client'),
  plugins: [svelte(svelteOptions), gzipAssets(), forgetOldAssets()],
  builder: {
    // One after the other: the machine that builds may have a single core.
    async buildApp(builder) {
      for (const environment of Object.values(builder.environments)) {
        if (environment.config.consumer === 'client') await builder.build(environment)
      }
    },
  },
  environments: {
    client: {
      build: {
        ...build,
        manifest: '.vite/phone.json',
        rolldownOptions: {
          input: { phone: join(root, 'client/index.html') },
          // Who asks for one of these gets that one; the package does not say that the others may go.
          treeshake: { moduleSideEffects: [{ test: /\/svelte\/src\/reactivity\//, sideEffects: false }] },
          output: {
            codeSplitting: {
              groups: [
                { name: 'first', test: /\/client\/phone\/first\.ts$/, priority: 3 },
                { name: 'phone', test: /\/client\/phone\/main\.ts$/, priority: 2 },
                { name: 'steps', test: /\/(client|shared)\//, minShareCount: 2, priority: 1 },
              ],
            },
          },
        },
      },
    },
    desk: {
      consumer: 'client',
      build: {
        ...build,
        manifest: '.vite/desk.json',
        rolldownOptions: { input: { host: join(root, 'client/host.html'), screen: join(root, 'client/screen.html') } },
      },
    },
  },
}

/** Test files at a time: servers under test measure time too, and two cores are what many machines have. */
const WORKERS = 2

/**
 * What drives real sockets, processes and browsers gets a second try where others share the machine; the output names who needed it.
 * Rules and properties get none: there a seed that fails once has found something.
 */
const SECOND_TRY = process.env.CI ? 1 : 0

/** Tests of rules and of the server: no DOM. Files share nothing, unless what they test is pure. */
function nodeProject(name: string, include: string[], timeout = 10_000, isolate = true, retry = 0): TestProjectConfiguration {
  return { root, test: { name, include, isolate, retry, environment: 'node', maxWorkers: WORKERS, testTimeout: timeout, hookTimeout: timeout } }
}

/** Journeys in browsers, and servers that are killed: much of it is waiting, so that three files at a time share two cores. */
function wholeMachine(name: string): TestProjectConfiguration {
  return {
    root,
    test: {
      name,
      include: [`tests/${name}/**/*.test.ts`],
      environment: 'node',
      retry: SECOND_TRY,
      maxWorkers: WORKERS + 1,
      testTimeout: 180_000,
      hookTimeout: 120_000,
      sequence: { groupOrder: 1 },
    },
  }
}

async function tests(): Promise<ViteUserConfig> {
  const { svelteTesting } = await import('@testing-library/svelte/vite')
  return {
    root,
    test: {
      maxWorkers: WORKERS,
      projects: [
        nodeProject('shared', ['tests/shared/**/*.test.ts'], 10_000, false),
        nodeProject('server', ['tests/server/**/*.test.ts'], 20_000, true, SECOND_TRY),
        // Whole rooms in one process, by the thousand: each failing seed prints itself.
        nodeProject('model', ['tests/model/**/*.test.ts'], 120_000),
        nodeProject('architecture', ['tests/architecture/**/*.test.ts'], 20_000),
        {
          root,
          plugins: [svelte(svelteOptions), svelteTesting()],
          test: {
            name: 'client',
            include: ['tests/client/**/*.test.ts'],
            environment: 'jsdom',
            // A window for every worker and not for every file: half a minute less; each test cleans up after itself.
            isolate: false,
            maxWorkers: WORKERS,
            setupFiles: ['@testing-library/jest-dom/vitest'],
            testTimeout: 20_000,
            hookTimeout: 30_000,
            // Some pages speak with a real server, whose passphrase takes a third of a second of a free processor to check.
            expect: { poll: { timeout: 10_000 } },
          },
        },
        // Last, since they take a whole machine: browsers, and servers that are killed.
        wholeMachine('e2e'),
        wholeMachine('faults'),
      ],
    },
  }
}

export default process.env.VITEST ? tests() : pages
