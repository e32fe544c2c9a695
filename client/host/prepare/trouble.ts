/** Where a refusal belongs on the page, and its words. */
import { say } from '#shared/say.ts'
import type { Lang } from '#shared/localized.ts'
import type { Plan } from '#shared/session/plan.ts'
import type { en } from '../../messages/prepare.ts'
import type { Refused } from './plan-keeper.svelte.ts'

type Words = typeof en

/** The sentence for the refusal if it concerns this part of the plan or something inside it. */
export type TroubleAt = (path: string) => string | undefined

/** The sentence that belongs to a field, by its path in the plan or one below it; undefined where all is well. */
export function troubleAt(refused: Refused | undefined, words: Words): TroubleAt {
  return (path) => (refused !== undefined && (refused.path === path || refused.path.startsWith(`${path}.`)) ? sentence(refused.code, words) : undefined)
}

/** The sentence for the code of a refusal. */
export function sentence(code: string, words: Words): string {
  return words.refused[code as keyof Words['refused']] ?? words.refused.failed
}

/** Why something was put back, and what it was. */
export function frozenSentence({ path }: Refused, plan: Plan, words: Words, lang: Lang): string {
  const [, step = '', field] = path.split('.')
  const title = say(plan.steps[step]?.title, lang) || words.steps.untitled
  if (path === 'k') return words.frozen.k
  if (field === 'anonymous') return words.frozen.anonymous(title)
  return field === 'hidden' ? words.frozen.hidden(title) : words.frozen.step(title)
}
