/** Type sized to what stands on a page: the largest of a few sizes at which nothing is cut off. */

/** Thousandths of the frame's height; the last ones only where a word is longer than a column. 26 is 28 px at 1080 lines. */
export const SIZES = [72, 64, 57, 51, 46, 42, 38, 35, 32, 30, 28, 26, 23, 20, 17] as const

/** The smallest of them that a back row reads without effort: what the room reads now is not set smaller for the sake of what it has read. */
const AT_EASE = 35

/** Sets `--fitted` (and `--columns`) on a box to the largest of the sizes at which its content fits in one of these numbers of columns. */
function fits(box: HTMLElement, columns: readonly number[], sizes: readonly number[]): boolean {
  for (const size of sizes) {
    box.style.setProperty('--fitted', `calc(var(--frame) * ${size})`)
    for (const count of columns) {
      box.style.setProperty('--columns', String(count))
      // One pixel of grace: heights are rounded.
      if (box.scrollHeight <= box.clientHeight + 1 && box.scrollWidth <= box.clientWidth + 1) return true
    }
  }
  return false
}

/**
 * Fits a box, whose content then is as large as it can be. `around`: what stands about it gives room, by `data-tight`, before the
 * content gets small.
 */
export function fit(box: HTMLElement, columns: readonly number[] = [1], around?: HTMLElement): void {
  if (around !== undefined) {
    around.removeAttribute('data-tight')
    if (fits(box, columns, SIZES.filter((size) => size >= AT_EASE))) return
    around.setAttribute('data-tight', '')
  }
  fits(box, columns, SIZES)
}

/** Keeps a box fitted, for `{@attach}`. `content` is read so that a change of it fits again. */
export function fitted(
  content: () => unknown,
  columns: () => readonly number[] = () => [1],
  around: () => HTMLElement | undefined = () => undefined,
): (box: HTMLElement) => () => void {
  return (box) => {
    const again = () => fit(box, columns(), around())
    $effect(() => {
      content()
      again()
    })
    // jsdom has neither; a browser's first sizes are those of a fallback face.
    if (typeof ResizeObserver === 'undefined') return () => undefined
    void document.fonts.ready.then(again)
    const watch = new ResizeObserver(again)
    watch.observe(box)
    return () => watch.disconnect()
  }
}
