import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { fit } from '../../../client/ui/fit.ts'

/** Frames that a test may resize, by the element that is watched. */
const resized = new Map<Element, () => void>()

beforeEach(() => {
  class Observer {
    told: () => void
    constructor(told: () => void) {
      this.told = told
    }
    observe(element: Element): void {
      resized.set(element, this.told)
    }
    disconnect(): void {
      resized.clear()
    }
  }
  vi.stubGlobal('ResizeObserver', Observer)
})
afterEach(() => vi.unstubAllGlobals())

/** A frame of 900 px around words that take `full` px at their full size. */
function frame(full: number) {
  const element = document.createElement('div')
  const words = { full }
  Object.defineProperty(element, 'clientHeight', { value: 900 })
  Object.defineProperty(element, 'scrollHeight', { get: () => Math.ceil(words.full * Number(element.style.getPropertyValue('--fit'))) })
  return { element, words }
}

const size = (element: HTMLElement) => Number(element.style.getPropertyValue('--fit'))

test('words that fit keep their full size', () => {
  const { element } = frame(900)
  fit(element)
  expect(size(element)).toBe(1)
})

test('words that do not fit become smaller until they do', () => {
  const { element } = frame(1400)
  fit(element)
  expect(size(element)).toBeLessThan(900 / 1400)
  expect(size(element)).toBeGreaterThan(0.5)
})

test('words that never fit stop at the smallest step', () => {
  const { element } = frame(9000)
  fit(element)
  expect(size(element)).toBe(0.44)
})

test('it looks again when the words change or the frame does, until it is closed', async () => {
  const { element, words } = frame(900)
  const close = fit(element)
  words.full = 1400
  element.append('more words')
  await vi.waitFor(() => expect(size(element)).toBeLessThan(1))
  words.full = 900
  resized.get(element)?.()
  expect(size(element)).toBe(1)
  close()
  expect(resized.size).toBe(0)
})
