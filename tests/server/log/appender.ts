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
    say(`${word}\n`)
  }))
  head += batch.length
}

/** A reader that is slow for a while (many tests run beside) lets the pipe fill: that is no reason to end. */
function say(line: string): void {
  for (;;) {
    try {
      writeSync(1, line)
      return
    } catch (error) {
      if ((error as { code?: string }).code !== 'EAGAIN') throw error
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1)
    }
  }
}
