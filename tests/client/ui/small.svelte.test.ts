import { render, screen } from '@testing-library/svelte'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { encode } from 'uqr'
import { skyOf } from '#shared/sky/sky.ts'
import { Announcer, QUIET_MS } from '../../../client/ui/announcer.svelte.ts'
import { clockFace, clockState } from '../../../client/ui/clock-face.ts'
import Clock from '../../../client/ui/Clock.svelte'
import { graphemes } from '../../../client/ui/graphemes.ts'
import Icon from '../../../client/ui/Icon.svelte'
import { qrPath } from '../../../client/ui/qr-path.ts'
import Sky from '../../../client/ui/Sky.svelte'

describe('a clock', () => {
  test.each([
    [60_000, '1:00'],
    [59_001, '1:00'],
    [59_000, '0:59'],
    [1, '0:01'],
    [0, '0:00'],
    [-5_000, '0:00'],
    [3_600_000, '60:00'],
  ])('shows %i ms as %s', (ms, face) => expect(clockFace(ms)).toBe(face))

  test('is calm, then soon, then over', () => {
    expect([60_001, 60_000, 1, 0, -1].map((ms) => clockState(ms, 60_000))).toEqual(['calm', 'soon', 'soon', 'over', 'over'])
  })

  test('tells its state in words', async () => {
    const words = { soon: 'Nearly time', over: 'Time', paused: 'Paused' }
    const { rerender } = render(Clock, { label: 'Turn', remainingMs: 90_000, words })
    expect(screen.getByRole('timer', { name: 'Turn' })).toHaveTextContent(/^1:30$/)
    await rerender({ remainingMs: 30_000 })
    expect(screen.getByRole('timer')).toHaveTextContent('0:30 Nearly time')
    await rerender({ remainingMs: 0 })
    expect(screen.getByRole('timer')).toHaveTextContent('0:00 Time')
    await rerender({ remainingMs: 0, paused: true })
    expect(screen.getByRole('timer')).toHaveTextContent('Paused')
  })
})

describe('the announcer', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  test('says the first at once, and of those that wait only the last', () => {
    const voice = new Announcer()
    voice.announce('one')
    voice.announce('two')
    voice.announce('three')
    expect(voice.said).toBe('one')
    vi.advanceTimersByTime(QUIET_MS - 1)
    expect(voice.said).toBe('one')
    vi.advanceTimersByTime(1)
    expect(voice.said).toBe('three')
    vi.advanceTimersByTime(QUIET_MS)
    voice.announce('four')
    expect(voice.said).toBe('four')
  })

  test('says the same again so that it is heard again', () => {
    const voice = new Announcer()
    voice.announce('Saved')
    vi.advanceTimersByTime(QUIET_MS)
    voice.announce('Saved')
    expect(voice.said).not.toBe('Saved')
    expect(voice.said.trim()).toBe('Saved')
  })

  test('says nothing more once it is closed', () => {
    const voice = new Announcer()
    voice.announce('one')
    voice.announce('two')
    voice.close()
    vi.advanceTimersByTime(QUIET_MS * 2)
    expect(voice.said).toBe('one')
  })
})

test('characters are counted as people count them', () => {
  expect(['', 'año', 'é', '🇪🇸', '👍🏽', 'नि'].map(graphemes)).toEqual([0, 3, 1, 1, 1, 1])
})

test('a QR code is drawn module by module', () => {
  const text = 'http://192.168.1.20:3000/#t=5Xk2mTq9vPzR7dLw4nBc8A'
  const { size, path } = qrPath(text)
  const drawn = Array.from({ length: size }, () => Array.from({ length: size }, () => false))
  for (const [, x, y, run] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g)) {
    for (let i = 0; i < Number(run); i += 1) drawn[Number(y)]![Number(x) + i] = true
  }
  expect(drawn).toEqual(encode(text, { ecc: 'M', border: 4 }).data)
  expect(drawn[3]).not.toContain(true)
})

test('an icon is decoration, unless it has a name', async () => {
  const { container, rerender } = render(Icon, { name: 'eye' })
  expect(container.querySelector('svg')).toHaveAttribute('aria-hidden', 'true')
  await rerender({ name: 'eye', label: 'Shown' })
  expect(screen.getByRole('img', { name: 'Shown' })).not.toHaveAttribute('aria-hidden')
})

describe('the sky', () => {
  const sky = skyOf({ foggy: 9, stormy: 9 }, 5)

  test('is one picture with its sentence', () => {
    const { container } = render(Sky, { sky, label: 'Many of us are stormy or foggy', seed: 's' })
    expect(screen.getByRole('img', { name: 'Many of us are stormy or foggy' })).toBe(container.querySelector('svg'))
    expect(container.querySelectorAll('svg > g')).toHaveLength(4)
  })

  test('shows no weather while it is veiled', () => {
    const inks = (container: Element) => [...container.querySelectorAll('path')].map((path) => path.getAttribute('style')).join()
    const veiled = render(Sky, { label: 'Still veiled', seed: 's' })
    expect(inks(veiled.container)).toContain('--sky-veil')
    expect(inks(veiled.container)).not.toMatch(/stormy|foggy/)
    const open = render(Sky, { sky, label: 'Open', seed: 's' })
    expect(inks(open.container)).toMatch(/stormy/)
    expect(inks(open.container)).not.toContain('--sky-veil')
  })
})
