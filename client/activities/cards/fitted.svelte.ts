/** Type sized to what stands on a page: the largest of a few sizes at which nothing is cut off. */

/** Thousandths of the frame's height; the last ones only where a word is longer than a column. 26 is 28 px at 1080 lines. */
export const SIZES = [72, 60, 50, 42, 36, 32, 29, 26, 23, 20, 17] as const

/** Sets `--fitted` on a box to the largest size at which its content fits. Run again when the content or the box changes. */
export function fit(box: HTMLElement): void {
  for (const size of SIZES) {
    box.style.setProperty('--fitted', `calc(var(--frame) * ${size})`)
    // One pixel of grace: heights are rounded.
    if (box.scrollHeight <= box.clientHeight + 1 && box.scrollWidth <= box.clientWidth + 1) return
  }
}

/** Keeps a box fitted: for `{@attach fitted(() => content)}`, where `content` is read so that a change of it fits again. */
export function fitted(content: () => unknown): (box: HTMLElement) => () => void {
  return (box) => {
    $effect(() => {
      content()
      fit(box)
    })
    if (typeof ResizeObserver === 'undefined') return () => undefined
    const watch = new ResizeObserver(() => fit(box))
    watch.observe(box)
    return () => watch.disconnect()
  }
}
