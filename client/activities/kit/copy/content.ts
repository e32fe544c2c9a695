/** What a copy holds, gathered from the view and from this phone's journal. */
import type { StandingAgreements } from '#shared/activities/agreements/views.ts'
import type { Lang } from '#shared/localized.ts'
import { inOrder } from '#shared/ordered.ts'
import { say } from '#shared/say.ts'
import type { EveryoneView } from '#shared/session/views/types.ts'
import type { KeptEntry } from '../../../live/context.ts'

export interface CopyContent {
  title: string
  /** In words of the language ("14 September 2026"), or empty. */
  date: string
  hosts: string
  /** Own words, by step, in the order in which the steps were first answered. */
  steps: { title: string; said: { prompt: string; text: string }[] }[]
  agreements: { name: string; text: string }[]
}

export function copyContent(view: EveryoneView, entries: readonly KeptEntry[], lang: Lang): CopyContent {
  const steps = new Map<string, CopyContent['steps'][number]>()
  for (const { step, title, prompt, text } of entries) {
    const kept = steps.get(step) ?? { title, said: [] }
    kept.said.push({ prompt, text })
    steps.set(step, kept)
  }
  return { title: say(view.title, lang), date: longDate(view.date, lang), hosts: view.hosts, steps: [...steps.values()], agreements: agreements(view, lang) }
}

function agreements(view: EveryoneView, lang: Lang): CopyContent['agreements'] {
  const standing = Object.values(view.standing).find(({ kind }) => kind === 'agreements')
  const agreed = (standing?.view as StandingAgreements | undefined)?.agreements ?? {}
  return inOrder(agreed).map(([, { name, text, local }]) => ({
    name: say(name, lang),
    text: [say(text, lang), say(local, lang)].filter((part) => part !== '').join('\n'),
  }))
}

/** The plan's date is a day, not a moment: it is the same day in every time zone. */
function longDate(date: string, lang: Lang): string {
  const day = new Date(`${date}T00:00:00Z`)
  return Number.isNaN(day.getTime()) ? '' : new Intl.DateTimeFormat(lang, { dateStyle: 'long', timeZone: 'UTC' }).format(day)
}
