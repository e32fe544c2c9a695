/** Makes a screen's words as large as they can be without running out of the frame. */

/** Shares of the full size, tried one after the other. Every font size that uses them has the readable minimum as its floor. */
const STEPS = [1, 0.9, 0.8, 0.72, 0.64, 0.57, 0.5, 0.44]

/** Parts of a pixel that browsers round up; nothing that an eye could miss. */
const ROUNDING = 1

/** Sets `--fit` on the element to the largest step at which nothing overflows it, again whenever its words or its frame change. */
export function fit(element: HTMLElement): () => void {
  const measure = () => {
    for (const step of STEPS) {
      element.style.setProperty('--fit', String(step))
      if (element.scrollHeight <= element.clientHeight + ROUNDING && element.scrollWidth <= element.clientWidth + ROUNDING) return
    }
  }
  const words = new MutationObserver(measure)
  words.observe(element, { childList: true, characterData: true, subtree: true })
  const frame = new ResizeObserver(measure)
  frame.observe(element)
  // A face that arrives late is wider than the one that stood in for it.
  const faces = document.fonts
  faces?.addEventListener('loadingdone', measure)
  measure()
  return () => {
    words.disconnect()
    frame.disconnect()
    faces?.removeEventListener('loadingdone', measure)
  }
}
