/** The catalogue of faults, the tests that carry their names, and the page that people read are one. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { faultsPage, unknown, unproven } from '../torture/faults.ts'
import { ROOT } from './graph.ts'

test('every fault has a test that carries its name, or a reason why not', () => {
  expect(unproven()).toEqual([])
})

test('no test carries the name of a fault that is not in the catalogue', () => {
  expect(unknown()).toEqual([])
})

test('the page of faults says what the titles of the tests say: npm run torture -- --table writes it anew', () => {
  expect(readFileSync(join(ROOT, 'tests/faults/README.md'), 'utf8') === faultsPage()).toBe(true)
})
