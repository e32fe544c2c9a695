/** Runs files of the harness on other storage, by the switch of tests/support/storage.ts. */
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SWITCH, type StorageName } from '../support/storage.ts'
import type { Figures } from './kept.ts'
import { SLICE } from './share.ts'

const root = join(import.meta.dirname, '../..')

/** Two servers and a database take longer than one server, on a busy machine most of all; no test of these hangs by design. ms */
const PATIENCE = 180_000

interface Report {
  numPassedTests: number
  numFailedTests: number
  numPendingTests: number
}

/** Runs these files at the counts of `npm test` on that storage; resolves with what was counted, or with what the runner printed if one failed. `signal` ends it. */
export async function runHarness(storage: StorageName, files: readonly string[], { show = false, signal }: { show?: boolean; signal?: AbortSignal } = {}): Promise<{ figures: Figures } | { failed: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'gatherwell-harness-'))
  const out = join(folder, 'report.json')
  // The part is the runner's, and the files' shares are those of every day.
  const { [SLICE.part]: _part, VITEST: _vitest, VITEST_POOL_ID: _pool, VITEST_WORKER_ID: _worker, ...inherited } = process.env
  const child = spawn(process.execPath, [join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--reporter=dot', '--reporter=json', `--outputFile.json=${out}`, `--testTimeout=${String(PATIENCE)}`, `--hookTimeout=${String(PATIENCE)}`, ...files], {
    cwd: root, env: { ...inherited, [SWITCH]: storage }, stdio: ['ignore', 'pipe', 'pipe'], ...(signal === undefined ? {} : { signal }),
  })
  child.on('error', () => undefined)
  let said = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      said += String(chunk)
      if (show) process.stdout.write(chunk as Buffer)
    })
  }
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
  try {
    if (code !== 0) return { failed: said }
    const { numPassedTests, numPendingTests } = JSON.parse(readFileSync(out, 'utf8')) as Report
    return { figures: { tests: numPassedTests, skipped: numPendingTests } }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
