/** Nothing scrolls on a projector: words that do not fit are set smaller, step by step. */

/** Shares of the full size. Every font size that uses them has the smallest that a back row can read as its floor. */
const STEPS = [1, 0.92, 0.84, 0.76, 0.68, 0.6, 0.54, 0.48, 0.44]

/** Parts of a pixel that browsers round up; nothing that an eye could miss. px */
const ROUNDING = 1

/**
 * Sets `--fit` on the element to the largest step at which nothing overflows it, again whenever its words or its frame change.
 * Use as `{@attach fit}`; returns how to stop.
 */
export function fit(element: HTMLElement): () => void {
  const measure = (): void => {
    for (const step of STEPS) {
      element.style.setProperty('--fit', String(step))
      if (element.scrollHeight <= element.clientHeight + ROUNDING && element.scrollWidth <= element.clientWidth + ROUNDING) return
    }
  }
  measure()
  // jsdom has neither this nor sizes to measure.
  if (typeof ResizeObserver === 'undefined') return () => undefined
  const frame = new ResizeObserver(measure)
  frame.observe(element)
  const words = new MutationObserver(measure)
  words.observe(element, { childList: true, characterData: true, subtree: true })
  // Pictures and faces arrive later than words, and a face is wider than the one that stood in for it.
  element.addEventListener('load', measure, { capture: true })
  const faces = document.fonts
  faces?.addEventListener('loadingdone', measure)
  return () => {
    frame.disconnect()
    words.disconnect()
    element.removeEventListener('load', measure, { capture: true })
    faces?.removeEventListener('loadingdone', measure)
  }
}
