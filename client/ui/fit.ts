/** Nothing scrolls on a projector: words that do not fit are set smaller, step by step, down to the smallest that is readable. */
const STEPS = [1, 0.92, 0.84, 0.76, 0.68, 0.6, 0.54]

/** Keeps an element's content within its height by its --fit factor. Use as `{@attach fit}`; returns how to stop. */
export function fit(element: HTMLElement): () => void {
  const set = (): void => {
    for (const step of STEPS) {
      element.style.setProperty('--fit', String(step))
      if (element.scrollHeight <= element.clientHeight && element.scrollWidth <= element.clientWidth) return
    }
  }
  set()
  if (typeof ResizeObserver === 'undefined') return () => undefined
  const sizes = new ResizeObserver(set)
  sizes.observe(element)
  const content = new MutationObserver(set)
  content.observe(element, { childList: true, subtree: true, characterData: true })
  // Fonts and pictures arrive later than words.
  element.addEventListener('load', set, { capture: true })
  void document.fonts?.ready.then(set)
  return () => {
    sizes.disconnect()
    content.disconnect()
    element.removeEventListener('load', set, { capture: true })
  }
}
