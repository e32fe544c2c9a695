/** Type sized to what stands on a page: the largest of a few sizes at which nothing is cut off. */

/** Thousandths of the frame's height; the last ones only where a word is longer than a column. 26 is 28 px at 1080 lines. */
export const SIZES = [72, 64, 57, 51, 46, 42, 38, 35, 32, 30, 28, 26, 23, 20, 17] as const

/** Sets `--fitted` (and `--columns`) on a box to the largest size at which its content fits in one of these numbers of columns. */
export function fit(box: HTMLElement, columns: readonly number[] = [1]): void {
  for (const size of SIZES) {
    box.style.setProperty('--fitted', `calc(var(--frame) * ${size})`)
    for (const count of columns) {
      box.style.setProperty('--columns', String(count))
      // One pixel of grace: heights are rounded.
      if (box.scrollHeight <= box.clientHeight + 1 && box.scrollWidth <= box.clientWidth + 1) return
    }
  }
}

/** Keeps a box fitted, for `{@attach}`. `content` is read so that a change of it fits again. */
export function fitted(content: () => unknown, columns: () => readonly number[] = () => [1]): (box: HTMLElement) => () => void {
  return (box) => {
    $effect(() => {
      content()
      fit(box, columns())
    })
    // jsdom has neither; a browser's first sizes are those of a fallback face.
    if (typeof ResizeObserver === 'undefined') return () => undefined
    void document.fonts.ready.then(() => fit(box, columns()))
    const watch = new ResizeObserver(() => fit(box, columns()))
    watch.observe(box)
    return () => watch.disconnect()
  }
}
