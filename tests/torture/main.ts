/** The full run: see run.mjs, which prepares for it. */
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { HARNESS } from './harness-files.ts'
import { runHarness } from './harness.ts'
import { forget, keep, machine, nextSlice, slicesOf, together, type Figures } from './kept.ts'
import { PARTS, type Part } from './parts.ts'
import { SLICE } from './share.ts'
import { table, writeTable } from './table.ts'

const { values, positionals } = parseArgs({ allowPositionals: true, options: { hours: { type: 'string' }, again: { type: 'boolean' }, table: { type: 'boolean' } } })
const strange = positionals.find((id) => !PARTS.some((part) => part.id === id))
if (strange !== undefined) {
  console.error(`There is no part "${strange}"; the parts are ${PARTS.map(({ id }) => id).join(', ')}.`)
  process.exit(1)
}
const asked: readonly Part[] = PARTS.filter(({ id }) => positionals.length === 0 || positionals.includes(id))
const began = Date.now()
const until = values.hours === undefined ? Infinity : began + Number(values.hours) * 3_600_000

/** Runs one slice in its own test process; resolves with its figures, or undefined if it failed. */
async function slice(part: Part, from: number, count: number): Promise<Figures | undefined> {
  if (part.on !== undefined) {
    const files = HARNESS.slice(from, from + count)
    console.log(files.join(' '))
    const ran = await runHarness(part.on, files, { show: true })
    return 'failed' in ran ? undefined : { files: files.length, ...ran.figures }
  }
  const folder = mkdtempSync(join(tmpdir(), 'gatherwell-torture-'))
  const out = join(folder, 'figures')
  const env = { ...process.env, [SLICE.part]: part.id, [SLICE.from]: String(from), [SLICE.count]: String(count), [SLICE.out]: out }
  const child = spawn(process.execPath, [join('node_modules', 'vitest', 'vitest.mjs'), 'run', '--reporter=dot', part.file], { env, stdio: 'inherit' })
  return new Promise((resolve) => {
    child.once('exit', (code) => {
      const lines = existsSync(out) ? readFileSync(out, 'utf8').trim().split('\n') : []
      rmSync(folder, { recursive: true })
      resolve(code === 0 && lines.length > 0 ? together(lines.map((line) => JSON.parse(line) as Figures)) : undefined)
    })
  })
}

async function runAll(): Promise<boolean> {
  const commit = spawnSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).stdout?.trim() || 'unknown'
  let good = true
  for (const part of asked) {
    if (!existsSync(part.file)) continue
    if (values.again) forget(part.id)
    for (let next = nextSlice(part, slicesOf(part.id)); next !== undefined && Date.now() < until; next = nextSlice(part, slicesOf(part.id))) {
      console.log(`\n${part.id}: ${next.from} to ${next.from + next.count - 1} of ${part.full}`)
      const start = Date.now()
      const figures = await slice(part, next.from, next.count)
      if (figures === undefined) {
        console.log(`${part.id}: the slice from ${next.from} failed, or was skipped; it counts as not done.`)
        good = false
        break
      }
      keep(part.id, { ...next, figures, seconds: Math.round((Date.now() - start) / 1000), date: new Date().toISOString().slice(0, 10), commit, machine: machine() })
    }
  }
  return good
}

const good = values.table === true || (await runAll())
console.log(`\n${table()}`)
if (!writeTable()) console.log('\nThe README has no room for the table.')
process.exit(good ? 0 : 1)
