/** Where a browser does not tell when it is idle, ms. */
const IDLE_MS = 1_500
/** Before a part that did not come is asked for again, ms; each further time twice as long. */
const AGAIN_MS = 2_000
/** So often a part is asked for: after an upgrade the server has it no more. */
const TRIES = 6

/** Loads parts one after another, while there is nothing to do; one that does not come is tried again. Answers how to stop. */
export function preload(parts: readonly (() => Promise<unknown>)[]): () => void {
  let stopped = false
  const waiting = parts.map((load) => ({ load, tries: 1 }))
  const later = (work: () => void) => ('requestIdleCallback' in window ? requestIdleCallback(work) : setTimeout(work, IDLE_MS))
  const next = () => {
    const part = waiting.shift()
    if (part === undefined || stopped) return
    part.load().then(() => later(next), () => {
      if (part.tries < TRIES) waiting.unshift({ load: part.load, tries: part.tries + 1 })
      setTimeout(next, AGAIN_MS * 2 ** (part.tries - 1))
    })
  }
  later(next)
  return () => (stopped = true)
}
