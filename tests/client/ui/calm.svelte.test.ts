import { flushSync } from 'svelte'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { render } from '@testing-library/svelte'
import Calm from './Calm.svelte'

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }))
afterEach(() => void vi.useRealTimers())

function shown() {
  const given = $state({ value: 'a', own: 0 })
  const { container } = render(Calm, { given })
  return {
    text: () => container.textContent.trim(),
    change: (value: string, own = given.own) => flushSync(() => Object.assign(given, { value, own })),
  }
}

test('a change now and then is drawn at once', () => {
  const { text, change } = shown()
  expect(text()).toBe('a')
  change('b')
  expect(text()).toBe('b')
  vi.advanceTimersByTime(300)
  change('c')
  expect(text()).toBe('c')
})

test('of many changes the last is drawn, when the time has come', () => {
  const { text, change } = shown()
  for (const value of ['b', 'c', 'd']) change(value)
  expect(text()).toBe('b')
  vi.advanceTimersByTime(299)
  flushSync()
  expect(text()).toBe('b')
  change('e')
  vi.advanceTimersByTime(1)
  flushSync()
  expect(text()).toBe('e')
})

test('what somebody did themselves does not wait', () => {
  const { text, change } = shown()
  change('b')
  change('c', 1)
  expect(text()).toBe('c')
})
