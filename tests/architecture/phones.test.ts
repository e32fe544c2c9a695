import { describe, expect, test } from 'vitest'
import { readTree } from './graph.ts'

const files = new Map(readTree().map((file) => [file.path, file]))

/** What a phone shows of a kind, in its step and at hand afterwards. */
const shown = [...files.keys()].filter((path) => /^client\/activities\/[^/]+\/(Phone|Standing)\.svelte$/.test(path)).sort()

/** Schemas and the Markdown parser are the server's: views carry what they made. */
const HEAVY = /^(typebox|mdast|micromark)/

/** The trail of imports from a file to something heavy, if there is one. */
function heavyTrail(path: string, seen = new Set<string>()): string[] | undefined {
  const file = files.get(path)
  if (file === undefined || seen.has(path)) return undefined
  seen.add(path)
  for (const imported of file.imports) {
    if (imported.typeOnly) continue
    if (HEAVY.test(imported.specifier)) return [path, imported.specifier]
    const further = imported.target === undefined ? undefined : heavyTrail(imported.target, seen)
    if (further !== undefined) return [path, ...further]
  }
  return undefined
}

describe('what phones load with a step', () => {
  test.each(shown)('%s brings neither schemas nor a parser', (path) => {
    expect(heavyTrail(path)).toBeUndefined()
  })

  test('the walk would find them', () => {
    expect(shown.length).toBeGreaterThan(0)
    expect(heavyTrail('shared/activities/slides/slides.ts')).not.toBeUndefined()
  })
})
