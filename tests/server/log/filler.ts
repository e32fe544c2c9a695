/** A process on a drive that is too small: appends until storage says no, waits for a line, and appends once more. */
import { once } from 'node:events'
import { writeSync } from 'node:fs'
import { openSqliteLog } from '../../../server/log/sqlite.ts'

const [folder = '', session = ''] = process.argv.slice(2)
const log = await openSqliteLog({ folder })
let head = 0

async function append(): Promise<string> {
  const events = [{ at: 0, data: String(head + 1).padEnd(20_000, '.') }]
  try {
    await log.append({ session, expected: head, events, receipts: [`r${String(head + 1)}`] })
    head += 1
    return 'kept'
  } catch (error) {
    return (error as Error).name
  }
}

let answer = await append()
while (answer === 'kept') answer = await append()
const again = await append()
const read = await log.read(session)
writeSync(1, `${JSON.stringify({ answer, again, acknowledged: head, read: read.length })}\n`)
await once(process.stdin, 'data')
writeSync(1, `${JSON.stringify({ answer: await append(), acknowledged: head })}\n`)
await log.close()
process.exit()
