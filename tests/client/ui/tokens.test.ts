import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { DAY, NIGHT } from '#shared/sky/palette.ts'

type Tokens = Record<string, string>

function read(name: string): Tokens[] {
  const css = readFileSync(join(import.meta.dirname, '../../../client/styles', name), 'utf8').replace(/\/\*.*?\*\//gs, '')
  return [...css.matchAll(/\{([^{}]*)\}/g)].map(([, block = '']) =>
    Object.fromEntries([...block.matchAll(/--([\w-]+):\s*([^;]+);/g)].map(([, name = '', value = '']) => [name, value.trim()])),
  )
}

function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  }) as [number, number, number]
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

function contrast(one: string, other: string): number {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number]
  return (light + 0.05) / (dark + 0.05)
}

const [light = {}, darkByDevice, darkByChoice = {}] = read('tokens.css')
const themes: [string, Tokens][] = [
  ['light', light],
  ['dark', { ...light, ...darkByChoice }],
]

test('dark is the same, whether the device or the page asks for it', () => {
  expect(darkByChoice).toEqual(darkByDevice)
  expect(Object.keys(darkByChoice).length).toBeGreaterThan(15)
})

describe.each(themes)('%s', (_, tokens) => {
  const words = ['ink', 'ink-2', 'action', 'alert', 'moment-1', 'moment-2', 'moment-3', 'moment-4']
  const grounds = ['paper', 'plate', 'sunk']
  test.each(words.flatMap((word) => grounds.map((ground) => [word, ground])))('%s can be read on %s', (word, ground) => {
    expect(contrast(tokens[word]!, tokens[ground]!)).toBeGreaterThanOrEqual(4.5)
  })

  test.each([
    ['on-action', 'action'],
    ['on-alert', 'alert'],
    ['on-next', 'next'],
    ['alert', 'alert-wash'],
    ['ink', 'alert-wash'],
    ['paper', 'ink'],
  ])('%s can be read on %s', (word, ground) => {
    expect(contrast(tokens[word]!, tokens[ground]!)).toBeGreaterThanOrEqual(4.5)
  })

  test.each(['line-strong', 'focus', 'action', 'alert'].flatMap((edge) => grounds.map((ground) => [edge, ground])))(
    'the edge %s stands out from %s',
    (edge, ground) => {
      expect(contrast(tokens[edge]!, tokens[ground]!)).toBeGreaterThanOrEqual(3)
    },
  )

  test('the four moments weigh the same', () => {
    const weights = [1, 2, 3, 4].map((at) => contrast(tokens[`moment-${at}`]!, tokens.paper!))
    expect(Math.max(...weights) / Math.min(...weights)).toBeLessThan(1.35)
  })
})

test('the style sheet and the documents print the sky in the same inks', () => {
  const [day, nightByDevice, nightByChoice] = read('sky.css')
  const asTokens = ({ inks, overprint }: typeof DAY) => ({
    ...Object.fromEntries(Object.entries(inks).map(([ink, colour]) => [`sky-${ink}`, colour])),
    'sky-overprint': overprint,
  })
  expect(day).toEqual(asTokens(DAY))
  expect(nightByDevice).toEqual(asTokens(NIGHT))
  expect(nightByChoice).toEqual(asTokens(NIGHT))
})

test('marigold is printed by nothing but the next right thing', () => {
  for (const ink of [...Object.values(DAY.inks), ...Object.values(NIGHT.inks)]) expect(ink).not.toBe(light.next)
})
