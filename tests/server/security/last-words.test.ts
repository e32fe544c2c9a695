/** AU1, F54: what a dying process says holds nobody's words. */
import { expect, test } from 'vitest'
import { whereItBroke } from '../../../server/logger.ts'

const WORDS = 'what Ana wrote in trust'

test('AU1 a bug tells its kind and its place, never its message, however that is made', () => {
  const bugs = [
    new TypeError(WORDS),
    new Error(`${WORDS}\n    at ${WORDS}\n    at file (${WORDS})`),
    Object.assign(new Error('x'), { name: WORDS }),
    new Error(WORDS, { cause: new Error(WORDS) }),
    WORDS,
    { message: WORDS },
  ]
  try {
    JSON.parse(`{${WORDS}`)
  } catch (error) {
    bugs.push(error as Error)
  }
  for (const bug of bugs) expect(whereItBroke(bug)).not.toContain('Ana')
  expect(whereItBroke(bugs[0])).toMatch(/^TypeError\n {4}at .*last-words\.test/u)
})
