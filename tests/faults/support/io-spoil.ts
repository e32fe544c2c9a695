/** A disk that fails at times: strace on the thread of storage, which answers some of its calls with an error instead of doing them. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Random } from '#shared/random.ts'
import { until } from '../../support/until.ts'

/** What storage asks of a disk for a write to be kept. */
const CALLS = ['pwrite64', 'fsync,fdatasync', 'ftruncate'] as const
const ERRORS = ['EIO', 'ENOSPC', 'EDQUOT'] as const
const TRACED = 'pwrite64,fdatasync,fsync,ftruncate'

export interface Spoilt {
  /** What fails, for messages. */
  what: string
  /** Calls that failed so far. */
  faults(): number
  /** From now on nothing fails. Resolves with how many calls did. */
  mend(): Promise<number>
}

/** The thread of this process that owns the database, by its name. */
function storageThread(pid: number): string {
  const tasks = `/proc/${pid}/task`
  const found = readdirSync(tasks).find((task) => readFileSync(join(tasks, task, 'comm'), 'utf8').trim() === 'log')
  if (found === undefined) throw new Error('The server has no thread called "log"')
  return found
}

/** From now on some calls of storage fail, which ones and how is in the dice. Resolves once it is so. */
export async function spoil(pid: number, dice: Random): Promise<Spoilt> {
  const above = mkdtempSync(join(tmpdir(), 'gatherwell-spoilt-'))
  const trace = join(above, 'trace')
  const thread = storageThread(pid)
  // One in so many calls of one sort, from the so manieth on: every place of a commit comes to fail at some time.
  const pick = <T>(of: readonly T[]) => of[dice.below(of.length)] as T
  // A file is cut off too seldom to wait for that alone.
  const sorts = dice.below(3) === 0 ? CALLS : [pick(CALLS.slice(0, 2))]
  const rules = sorts.map((call) => `inject=${call}:error=${pick(ERRORS)}:when=${1 + dice.below(12)}+${call === 'pwrite64' ? 5 + dice.below(60) : 2 + dice.below(5)}`)
  const child = spawn('strace', ['-qq', '-p', thread, '-s', '0', '-o', trace, '-e', 'signal=none', '-e', `trace=${TRACED}`, ...rules.flatMap((rule) => ['-e', rule])], { stdio: 'ignore' })
  const gone = once(child, 'exit')
  const traced = () => !/^TracerPid:\t0$/mu.test(readFileSync(`/proc/${pid}/task/${thread}/status`, 'utf8'))
  await until(() => traced() || (child.exitCode !== null && Promise.reject(new Error('strace may not trace here'))), 'strace to be there')
  const faults = () => (existsSync(trace) ? readFileSync(trace, 'utf8').split('(INJECTED)').length - 1 : 0)
  return {
    what: rules.join(' '),
    faults,
    async mend() {
      child.kill('SIGTERM')
      await gone
      const all = faults()
      rmSync(above, { recursive: true, force: true })
      return all
    },
  }
}
