/** What a component reads of the surface around it, where nothing is sent and nothing comes: for the frames around the steps. */
import type { Live } from '../../../client/live/context.ts'

/** A surface that stands still. `drafts` are the keys under which somebody has words that were not sent. */
export function steady(over: Partial<Live> = {}, drafts: string[] = []): Live & { drafts: { keys: string[] } } {
  const kept = new Map<string, { text: string }>()
  return {
    lang: 'en',
    view: undefined,
    mine: undefined,
    both: false,
    join: undefined,
    here: undefined,
    now: () => 0,
    act: () => Promise.resolve({ ok: true, at: 1 }),
    sending: () => undefined,
    flying: () => [],
    retry: () => undefined,
    draft(key) {
      const draft = kept.get(key) ?? { text: '' }
      kept.set(key, draft)
      return draft
    },
    journal: { keep: () => undefined, entries: [] },
    drafts: { keys: drafts },
    ...over,
  }
}
