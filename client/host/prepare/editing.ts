/** What the editors of activities may ask of the page around them: its language, and nothing live. */
import type { Live } from '../../live/context.ts'
import { Drafts } from '../../live/drafts.svelte.ts'
import type { Language } from '../../live/language.svelte.ts'
import { memoryStorage } from '../../live/storage.ts'

/** A surface without a session behind it: nothing is running while a plan is prepared, so every act is refused. */
export function editingLive(language: Language): Live {
  const drafts = new Drafts(memoryStorage(), 'prepare')
  return {
    get lang() {
      return language.lang
    },
    view: undefined,
    mine: undefined,
    both: false,
    join: undefined,
    here: undefined,
    now: () => Date.now(),
    act: () => Promise.resolve({ ok: false, code: 'not-open' }),
    sending: () => undefined,
    flying: () => [],
    retry: () => undefined,
    draft: (key) => drafts.of(key),
    journal: { keep: () => undefined, entries: [] },
  }
}
