/** F19: the drive is full. A limit on the size of files stands in for it, as it needs no rights and can be lifted. */
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { expect, test } from 'vitest'
import { openSqliteLog } from '../../../server/log/sqlite.ts'
import { aSession } from './samples.ts'
import { aFolder } from './folder.ts'

const FILLER = new URL('./filler.ts', import.meta.url).pathname

test.runIf(process.platform === 'linux')('F19 when the drive refuses, the writer is told, nothing is kept, reading goes on; with room again it works again', async () => {
  const folder = aFolder()
  const log = await openSqliteLog({ folder: folder.path })
  await log.createSession(aSession('a'))
  await log.close()

  const limited = `ulimit -S -f 600; exec "${process.execPath}" "${FILLER}" "${folder.path}" a`
  const child = spawn('bash', ['-c', limited], { stdio: ['pipe', 'pipe', 'inherit'] })
  const exited = once(child, 'exit')
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const report = async () => JSON.parse(String((await lines.next()).value)) as Record<string, unknown>

  const full = await report()
  expect(full).toStrictEqual({ answer: 'StorageRefused', again: 'StorageRefused', acknowledged: full['acknowledged'], read: full['acknowledged'] })
  expect(full['acknowledged']).toBeGreaterThan(5)

  execFileSync('prlimit', ['--pid', String(child.pid), '--fsize=unlimited'])
  child.stdin.write('go\n')
  const freed = await report()
  expect(freed).toStrictEqual({ answer: 'kept', acknowledged: Number(full['acknowledged']) + 1 })
  await exited

  const after = await openSqliteLog({ folder: folder.path })
  expect((await after.read('a')).length).toBe(freed['acknowledged'])
  expect((await after.receipts('a')).length).toBe(freed['acknowledged'])
  await after.close()
  folder.remove()
})
