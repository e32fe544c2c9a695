/** What a phone waits for on a slow network: bytes, and files that are found only once another has come. Read from the build. */
import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { BUILT, closure, firstFiles, importsOf, phoneWeight } from '../bench/weight.ts'

/** Script before the first view, gzip, bytes: docs/performance.md, P13. */
const SCRIPT = 61_000

test.skipIf(!existsSync(`${BUILT}index.html`))('the first view needs no more script than a phone on a slow network should wait for', () => {
  const { first, styles } = phoneWeight()
  expect(first).toBeGreaterThan(10_000)
  expect(first).toBeLessThanOrEqual(SCRIPT)
  expect(styles).toBeLessThanOrEqual(8_000)
})

test.skipIf(!existsSync(`${BUILT}index.html`))('the page names all scripts of its first view, the one that knocks at the door before the one that draws', () => {
  const { named, scripts } = firstFiles(BUILT)
  expect([...scripts].sort()).toEqual([...named].sort())
  const place = (name: string) => named.findIndex((file) => file.startsWith(`assets/${name}-`))
  expect(place('first')).toBeGreaterThanOrEqual(0)
  expect(place('first')).toBeLessThan(place('phone'))
  expect(closure(BUILT, [named[place('first')] ?? '']).size, 'it waits for nothing else').toBe(1)
})

test.skipIf(!existsSync(`${BUILT}index.html`))('what comes later is one file beside one that all steps share', () => {
  const page = firstFiles(BUILT).scripts
  const chunks = Object.values(JSON.parse(readFileSync(`${BUILT}.vite/phone.json`, 'utf8')) as Record<string, { file: string; isDynamicEntry?: boolean }>)
  const later = chunks.filter(({ isDynamicEntry, file }) => isDynamicEntry === true && !page.has(file)).map(({ file }) => file)
  expect(later.length).toBeGreaterThan(10)
  for (const file of later) {
    const beside = importsOf(BUILT, file).filter((name) => !page.has(name))
    expect(beside.length, file).toBeLessThanOrEqual(1)
    for (const name of beside) expect(importsOf(BUILT, name).filter((inner) => !page.has(inner)), `${file} → ${name}`).toEqual([])
  }
})
