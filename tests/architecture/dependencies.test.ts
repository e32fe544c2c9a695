import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { FLOOR, troublesOf, type Locked } from './dependencies.ts'

const { packages } = JSON.parse(readFileSync(new URL('../../package-lock.json', import.meta.url), 'utf8')) as { packages: Record<string, Locked> }
const good: Locked = { version: '9.0.0', integrity: 'sha512-abc', license: 'MIT' }

test('F58 what we build on comes whole, without scripts of its own, under licences that may ship, and no older than its last known hole', () => {
  expect(troublesOf(packages)).toEqual([])
})

test('F58 every package of the floor is one that we use', () => {
  const used = Object.keys(packages).map((path) => path.replace(/^.*node_modules\//, ''))
  expect(Object.keys(FLOOR).filter((name) => !used.includes(name))).toEqual([])
})

test.each<[string, string, Locked]>([
  ['an old version with a known hole', 'node_modules/fastify', { ...good, version: '5.7.1' }],
  ['an old version deep in the tree', 'node_modules/a/node_modules/ws', { ...good, version: '7.5.10' }],
  ['a foreign address', 'node_modules/a', { ...good, resolved: 'https://packages.example/a.tgz' }],
  ['no integrity', 'node_modules/a', { version: '1.0.0', license: 'MIT' }],
  ['a weak integrity', 'node_modules/a', { ...good, integrity: 'sha1-abc' }],
  ['a script at installing', 'node_modules/a', { ...good, hasInstallScript: true }],
  ['another licence', 'node_modules/a', { ...good, license: 'AGPL-3.0' }],
  ['a link to a folder', 'node_modules/a', { ...good, link: true }],
])('F58 the gate stops %s', (_what, path, locked) => {
  expect(troublesOf({ '': {}, [path]: locked })).toHaveLength(1)
})

test('F58 the gate lets a good one through', () => {
  expect(troublesOf({ 'node_modules/fastify': { ...good, version: '5.8.1' } })).toEqual([])
})
