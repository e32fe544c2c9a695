/** Patterns are made from constants of ours alone: one that somebody typed could hang the server, or match what it should not. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
const files = ['client', 'server', 'shared'].flatMap((folder) => readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)).filter((name) => /\.(?:ts|mjs|svelte)$/u.test(name)))

/** A constant's name, what follows from constants, or nothing but a text. */
const OURS = /^[A-Z][A-Z_]*(?:\.join\('\|'\)| \+ 1)?$/u

test('F23 no pattern is made from what people write', () => {
  const made = files.flatMap((file) => [...readFileSync(join(root, file), 'utf8').matchAll(/\bRegExp\((`[^`]*`|[^,)]*)/gu)].map(([, from = '']) => ({ file, from })))
  expect(made.length).toBeGreaterThan(3)
  const foreign = made.filter(({ from }) => {
    const parts = from.startsWith('`') ? [...from.matchAll(/\$\{([^}]*)\}/gu)].map(([, part = '']) => part) : [from]
    return !parts.every((part) => OURS.test(part))
  })
  expect(foreign).toEqual([])
})
