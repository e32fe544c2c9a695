/** Removes one post for good, over a line of its own: the notes have none, and a console elsewhere stays as it is. */
import type { Lang } from '#shared/localized.ts'
import { PROTOCOL } from '#shared/wire/protocol.ts'
import { LiveSession } from '../../live/session.svelte.ts'
import { memoryStorage } from '../../live/storage.ts'

/** Who waits longer is told that it did not work, ms. */
const PATIENCE = 10_000

/** Whether it is gone: "false" of one that may still be there. Nothing is asked again behind anybody's back. */
export async function eraseOne(session: string, step: string, id: string, lang: () => Lang): Promise<boolean> {
  const live = new LiveSession({
    audience: 'facilitator',
    session,
    auth: { v: PROTOCOL, door: 'console', session },
    storage: memoryStorage(),
    journal: { keep: () => undefined, entries: [] },
    lang,
  })
  const tooLong = new Promise<boolean>((resolve) => setTimeout(() => resolve(false), PATIENCE))
  const erased = live.act(undefined, { type: 'post.erase', step, id }).then((answer) => answer.ok || answer.code === 'not-found')
  try {
    return await Promise.race([erased, tooLong])
  } finally {
    live.close()
  }
}
