/** A plan whose every text is naughty, and people who say nothing else. */
import fc from 'fast-check'
import type { Plan } from '#shared/session/plan.ts'
import { LANGS } from '#shared/localized.ts'
import { arbitraries } from '../../support/kinds.ts'
import type { Command } from '../../support/line.ts'

type Path = string[]

/** The places of a plan where somebody writes. */
export function textsOf(value: unknown, path: Path = []): Path[] {
  if (typeof value === 'string') {
    const [last = '', before = ''] = path.toReversed()
    const localized = (LANGS as readonly string[]).includes(last)
    return localized || ['hosts', 'support'].includes(last) || before === 'keepApart' ? [path] : []
  }
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => textsOf(inner, [...path, key]))
}

export function withText(plan: Plan, path: Path, text: string): Plan {
  const made = structuredClone(plan)
  const holder = path.slice(0, -1).reduce<unknown>((inner, key) => (inner as Record<string, unknown>)[key], made) as Record<string, unknown>
  const last = path.at(-1) as string
  // A word of ours in front of a step's title, so that a test can tell where a page is.
  holder[last] = path.length === 4 && path[0] === 'steps' && path[2] === 'title' ? `${markOf(path[1] as string)} ${text}`.slice(0, 110) : text
  return made
}

/** How a step's title begins. */
export const markOf = (step: string): string => `Part(${step})`

const WORDS = ['text', 'note']

/** Commands of participants or facilitators with a text in them, of each kind, saying what they are told to. */
export function sayings(who: 'participant' | 'facilitator', say: () => string): { step: string; command: Command }[] {
  return arbitraries.flatMap((arbitrary, i) =>
    fc.sample(arbitrary[who], { seed: i + 1, numRuns: 60 })
      .filter((command) => WORDS.some((field) => typeof command[field] === 'string'))
      .slice(0, 12)
      .map((command) => ({ step: arbitrary.kind as string, command: { ...command, ...Object.fromEntries(WORDS.filter((field) => typeof command[field] === 'string').map((field) => [field, say()])) } })),
  )
}

/** What shows everything that a step has collected. */
export const REVEAL: Command = { type: 'reveal' }
