/** Runs inside a server under test, before it: the machine's clock as a file says it was set, ms apart from what is right. */
import { readFileSync } from 'node:fs'

const right = Date.now
const file = process.env['CLOCK_STEP'] ?? ''

Date.now = () => {
  try {
    return right() + Number(readFileSync(file, 'utf8'))
  } catch {
    return right()
  }
}
