/** A process to be killed: appends to one session for ever, several at a time, and prints each number once it is acknowledged. */
import { writeSync } from 'node:fs'
import { openSqliteLog } from '../../../server/log/sqlite.ts'

const [folder = '', session = ''] = process.argv.slice(2)
const log = await openSqliteLog({ folder })
let head = (await log.read(session)).at(-1)?.seq ?? 0

for (;;) {
  const batch = Array.from({ length: 1 + (head % 5) }, (_, i) => head + i)
  await Promise.all(batch.map(async (expected) => {
    const word = String(expected + 1)
    await log.append({ session, expected, events: [{ at: 0, data: word }], receipts: [`receipt ${word}`] })
    writeSync(1, `${word}\n`)
  }))
  head += batch.length
}
