import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { lineOf } from '../../../client/live/reconnect.ts'

const session = fc.stringMatching(/^[\w-]{16}$/)
const chance = fc.stringMatching(/^[\w-]{8}$/)

describe('what a proxy in front of several servers goes by', () => {
  test('F43 everybody of a session names the same line, so that they meet at one server', () => {
    fc.assert(fc.property(session, chance, chance, (id, mine, yours) => lineOf(id, 0, mine) === lineOf(id, 0, yours)))
  })

  test('F43 who tries in vain comes to another server with the third try, and goes on trying both', () => {
    fc.assert(
      fc.property(session, chance, fc.nat(1_000), (id, mine, failed) => {
        const three = [0, 1, 2].map((more) => lineOf(id, failed + more, mine))
        expect(new Set(three).size).toBe(2)
        expect(three.filter((line) => line === lineOf(id, 0, mine))).toHaveLength(2)
      }),
    )
    expect(lineOf('aaaaaaaaaaaaaaaa', 2, 'mine')).not.toBe(lineOf('aaaaaaaaaaaaaaaa', 2, 'yours'))
    expect(lineOf('aaaaaaaaaaaaaaaa', 2, 'mine')).not.toBe(lineOf('aaaaaaaaaaaaaaaa', 5, 'mine'))
  })
})
