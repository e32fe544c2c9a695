/** How the rules themselves are tried: each on made-up files that break it, and on the same thing done as it should be. */
import { describe, expect, test } from 'vitest'
import { sourceFile, type SourceFile } from './graph.ts'
import type { Rule } from './rules.ts'

/** A path and what stands in it. */
export type MadeUp = [path: string, text: string]

export interface Trial {
  sentence: string
  /** Each breaks the sentence alone; with `together` all of them do. */
  wrong: MadeUp[]
  right: MadeUp[]
  together?: true
}

const REGISTRY: MadeUp = ['shared/activities/registry.ts', "import { board } from './board/rules.ts'; import { vote } from './vote.ts'"]

/** The house as it stands keeps every rule; every rule has a trial, sees who breaks it and lets pass who keeps it. */
export function held(rules: readonly Rule[], trials: readonly Trial[], tree: SourceFile[]): void {
  const judge = (sentence: string, files: MadeUp[]): string[] => {
    const made = [...(files.some(([path]) => path === REGISTRY[0]) ? [] : [REGISTRY]), ...files]
    const rule = rules.find((one) => one.sentence === sentence)
    if (!rule) throw new Error(`no rule says "${sentence}"`)
    return rule.broken(made.map(([path, text]) => sourceFile(path, text)))
  }

  describe('the house as it stands', () => {
    test.each(rules)('$sentence', ({ broken }) => {
      expect(broken(tree)).toEqual([])
    })
  })

  describe('the checker itself', () => {
    test.each(trials)('sees who breaks it: $sentence', ({ sentence, wrong, together }) => {
      if (together) expect(judge(sentence, wrong)).not.toEqual([])
      else for (const file of wrong) expect(judge(sentence, [file]), file[0]).not.toEqual([])
    })

    test.each(trials)('lets pass who keeps it: $sentence', ({ sentence, right }) => {
      expect(judge(sentence, right)).toEqual([])
    })

    test('every sentence has its trial', () => {
      expect(trials.map((trial) => trial.sentence).sort()).toEqual(rules.map((rule) => rule.sentence).sort())
    })
  })
}
