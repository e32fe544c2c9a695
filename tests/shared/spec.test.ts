/** SPEC.md and the tests name the same rules: none unproven, none unwritten. */
import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const tests = new URL('..', import.meta.url)
const spec = ['SPEC.md', 'activities/cards/README.md'].map((path) => readFileSync(new URL(`../../shared/${path}`, import.meta.url), 'utf8')).join('\n')

const written = [...spec.matchAll(/^- (?:\*\*)?([A-Z]{2}\d+)(?:\*\*)? /gmu)].map(([, rule]) => rule as string)

/** The rules that a title begins with: "AU5 AU6 no tag …", "NT4, NT5 what …", "F17 ID1 killed …" (F17 is the name of a fault). */
const titles = readdirSync(tests, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.test.ts'))
  .flatMap((path) => [...readFileSync(new URL(path, tests), 'utf8').matchAll(/[('"`](?:F\d+,? )*((?:[A-Z]{2}\d+,? )+)/gu)].flatMap(([, rules]) => [...(rules as string).matchAll(/[A-Z]{2}\d+/gu)].map(([rule]) => rule)))
const proven = new Set(titles)

test('every rule is written once', () => {
  expect(written.filter((rule, i) => written.indexOf(rule) !== i)).toEqual([])
})

test('every rule has a test that carries it', () => {
  expect(written.filter((rule) => !proven.has(rule))).toEqual([])
})

test('every rule that a test carries is written', () => {
  expect([...proven].filter((rule) => !written.includes(rule)).sort()).toEqual([])
})
