/** NT6: the sentence about anonymity stands where people gave words or a choice, and nowhere else. */
import { expect, test } from 'vitest'
import { kinds } from '#shared/activities/registry.ts'
import { asksPeople } from '#shared/session/asks.ts'
import { ASKING } from '../../../client/host/console/asking.ts'

test('NT6 a talk, a tree and slides ask nobody for anything that stays; the console knows the same kinds by heart', () => {
  expect(Object.keys(kinds).filter(asksPeople).sort()).toEqual([...ASKING].sort())
  expect(asksPeople('talk')).toBe(false)
  expect(asksPeople('no-such-kind')).toBe(false)
})
