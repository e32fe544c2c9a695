/** What can be measured about how a page looks: nothing cut off, nothing too small, nothing that scrolls sideways. */
import type { Page } from 'playwright-core'

/** Smallest type on the projector at 1080 lines, px. */
export const READABLE_PX = 28
/** What rounding, and letters that hang below their line, may make, px. */
const GRACE_PX = 4

/** Words on a screen that are cut off by its edge or by a box, and boxes that would scroll. Empty: all fits. */
export function cutOff(page: Page): Promise<string[]> {
  return page.evaluate((grace) => {
    const found: string[] = []
    const clips = (element: Element) => /hidden|auto|scroll|clip/u.test(getComputedStyle(element).overflow)
    const unseen = (element: Element) => element.closest('.visually-hidden, [aria-hidden="true"], dialog:not([open])') !== null || getComputedStyle(element).visibility === 'hidden'
    const nameOf = (element: Element) => `${element.tagName.toLowerCase()}.${element.getAttribute('class') ?? ''}`
    for (const element of document.querySelectorAll('#app *')) {
      if (unseen(element) || element.closest('svg') !== null) continue
      // A prompt that stood there at full size before may be shortened with dots above what was answered to it.
      const dotted = getComputedStyle(element).webkitLineClamp !== 'none'
      if (clips(element) && !dotted && (element.scrollHeight > element.clientHeight + grace || element.scrollWidth > element.clientWidth + grace)) {
        found.push(`${nameOf(element)} holds ${element.scrollWidth}x${element.scrollHeight} in ${element.clientWidth}x${element.clientHeight}`)
      }
    }
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const element = node.parentElement
      if (element === null || (node.textContent ?? '').trim() === '' || unseen(element)) continue
      const range = document.createRange()
      range.selectNodeContents(node)
      for (const { left, right, top, bottom, width } of range.getClientRects()) {
        if (width === 0) continue
        if (left < -grace || top < -grace || right > innerWidth + grace || bottom > innerHeight + grace) {
          found.push(`“${(node.textContent ?? '').trim().slice(0, 40)}” leaves the screen (${Math.round(left)},${Math.round(top)} to ${Math.round(right)},${Math.round(bottom)})`)
          break
        }
      }
    }
    return found
  }, GRACE_PX)
}

/** Texts on a screen that are smaller than the back row can read. */
export function tooSmall(page: Page): Promise<string[]> {
  return page.evaluate((least) => {
    const found = new Set<string>()
    const walker = document.createTreeWalker(document.getElementById('app') ?? document.body, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const element = node.parentElement
      if (element === null || (node.textContent ?? '').trim() === '' || element.closest('.visually-hidden') !== null) continue
      const svg = element.closest('svg')
      // Type in a drawing is as large as the drawing is drawn.
      const scale = svg === null ? 1 : (svg.getScreenCTM()?.a ?? 1)
      const size = Number.parseFloat(getComputedStyle(element).fontSize) * scale
      if (size < least - 0.5) found.add(`“${(node.textContent ?? '').trim().slice(0, 40)}” ${size.toFixed(1)} px`)
    }
    return [...found]
  }, READABLE_PX)
}

/** What makes a page scroll sideways, if it does. */
export function sideways(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const root = document.documentElement
    if (root.scrollWidth <= root.clientWidth) return []
    const wide = [...document.querySelectorAll('body *')].filter((element) => element.getBoundingClientRect().right > root.clientWidth + 1 && element.closest('.visually-hidden') === null)
    return [`${root.scrollWidth} px wide in ${root.clientWidth}`, ...wide.map((element) => `${element.tagName.toLowerCase()}.${element.getAttribute('class') ?? ''} ends at ${Math.round(element.getBoundingClientRect().right)}`)]
  })
}
