import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DAY, INKS, NIGHT, oneInk } from '#shared/sky/palette.ts'
import { glyphOf, sceneOf, veiledScene } from '#shared/sky/scene.ts'
import type { Scene, Shape } from '#shared/sky/scene.ts'
import { POOLED, WEATHERS, skyOf } from '#shared/sky/sky.ts'
import { sceneToSvg } from '#shared/sky/svg.ts'

const ids = [...WEATHERS, POOLED, 'hail', '<b>"&']
const skies = fc
  .uniqueArray(fc.tuple(fc.constantFrom(...ids), fc.integer({ min: 3, max: 60 })), { selector: ([id]) => id, minLength: 1 })
  .map((entries) => skyOf(Object.fromEntries(entries), 3))
  .filter((sky) => sky !== undefined)
const sizes = fc.record({ width: fc.integer({ min: 120, max: 3840 }), height: fc.integer({ min: 80, max: 2160 }), seed: fc.string() })

function soundPaths(shapes: readonly Shape[]): void {
  for (const shape of shapes) {
    expect(shape.d).not.toMatch(/NaN|Infinity|undefined|e[-+]?\d/)
    expect(shape.d === '' || shape.d.startsWith('M')).toBe(true)
    for (const ink of [shape.fill, shape.stroke]) if (ink) expect(INKS).toContain(ink)
    if (shape.width !== undefined) expect(shape.width).toBeGreaterThan(0)
  }
}

const shapesOf = (scene: Scene) => scene.layers.flatMap((layer) => layer.shapes)

describe('the picture of a sky', () => {
  test('has sound paths in known inks, at any size', () => {
    fc.assert(fc.property(skies, sizes, (sky, size) => soundPaths(shapesOf(sceneOf(sky, size)))), { numRuns: 60 })
  })

  test('is the same for the same seed, and another hand for another', () => {
    fc.assert(fc.property(skies, sizes, (sky, size) => void expect(sceneOf(sky, size)).toEqual(sceneOf(sky, size))), { numRuns: 20 })
    const sky = skyOf({ rainy: 9 }, 5)!
    expect(sceneOf(sky, { width: 800, height: 400, seed: 'a' })).not.toEqual(sceneOf(sky, { width: 800, height: 400, seed: 'b' }))
  })

  test('gives each weather the area of its share', () => {
    fc.assert(
      fc.property(skies, sizes, (sky, size) => {
        const weathers = sceneOf(sky, size).layers.filter((layer) => layer.box)
        expect(weathers.map((layer) => layer.id).sort()).toEqual(Object.keys(sky.parts).sort())
        const perTenth = weathers.map(({ box, id }) => (box!.w * box!.h) / sky.parts[id]!.tenths)
        for (const area of perTenth) expect(area / perTenth[0]!).toBeCloseTo(1, 6)
      }),
    )
  })

  test('keeps every weather within the picture', () => {
    fc.assert(
      fc.property(skies, sizes, (sky, size) => {
        for (const { box } of sceneOf(sky, size).layers) {
          if (!box) continue
          expect(box.x).toBeGreaterThanOrEqual(0)
          expect(box.y).toBeGreaterThanOrEqual(0)
          expect(box.x + box.w).toBeLessThanOrEqual(size.width + 1e-6)
          expect(box.y + box.h).toBeLessThanOrEqual(size.height + 1e-6)
        }
      }),
    )
  })

  test.each([
    { width: 1600, height: 640 },
    { width: 1200, height: 900 },
    { width: 1200, height: 720 },
    { width: 1200, height: 600 },
  ])('spreads over the whole width, and prints no standing weather over another, at $width by $height', (size) => {
    const low = ['rainbow', 'foggy', 'snowy']
    const rooms = [
      { sunny: 4, cloudy: 3, rainy: 5 },
      { foggy: 11, rainbow: 5, windy: 3, stormy: 3, sunny: 2, rainy: 2 },
      { foggy: 20, rainbow: 9, windy: 8, stormy: 7, rainy: 10, sunny: 4, snowy: 2 },
      { sunny: 40, foggy: 60, cloudy: 35, rainbow: 45, windy: 30, rainy: 40, stormy: 30, snowy: 20 },
    ]
    for (const [at, room] of rooms.entries()) {
      for (const seed of ['a', 'b', 'c']) {
        const boxes = sceneOf(skyOf(room, 5)!, { ...size, seed }).layers.flatMap(({ id, box }) => (box ? [{ id, ...box }] : []))
        expect(Math.min(...boxes.map(({ x }) => x))).toBeLessThan(size.width * 0.15)
        expect(Math.max(...boxes.map(({ x, w }) => x + w))).toBeGreaterThan(size.width * 0.85)
        const standing = boxes.filter(({ id }) => !low.includes(id))
        for (const [i, a] of standing.entries()) {
          for (const b of standing.slice(i + 1)) {
            const apart = Math.max(a.x - (b.x + b.w), b.x - (a.x + a.w), a.y - (b.y + b.h), b.y - (a.y + a.h))
            expect(apart, `${a.id} and ${b.id} in room ${at}`).toBeGreaterThan(size.width * -0.02)
          }
        }
      }
    }
  })

  test('stands in the same place, veiled or not, whoever is in the room', () => {
    const size = { width: 1600, height: 800, seed: 'x' }
    const land = (scene: Scene) => scene.layers.find((layer) => layer.id === 'land')
    const calm = sceneOf(skyOf({ snowy: 9 }, 5)!, size)
    const storm = sceneOf(skyOf({ stormy: 30, rainy: 9 }, 5)!, { ...size, seed: 'y' })
    expect(land(calm)).toEqual(land(storm))
    expect(land(veiledScene(size))).toEqual(land(calm))
  })

  test('shows nothing but air, veil and land while it is veiled', () => {
    fc.assert(
      fc.property(sizes, (size) => {
        const scene = veiledScene(size)
        expect(scene.layers.map((layer) => layer.id)).toEqual(['air', 'veil', 'land'])
        soundPaths(shapesOf(scene))
      }),
      { numRuns: 30 },
    )
  })

  test('draws the rainbow behind the land and fog before it', () => {
    const order = sceneOf(skyOf({ foggy: 9, rainbow: 9, stormy: 9 }, 5)!, { width: 900, height: 500, seed: '' }).layers.map((layer) => layer.id)
    expect(order).toEqual(['air', 'rainbow', 'stormy', 'land', 'foggy'])
  })

  test('has a small picture for each weather, known or not', () => {
    for (const id of ids) {
      expect(glyphOf(id).length).toBeGreaterThan(0)
      soundPaths(glyphOf(id))
    }
  })
})

describe('the picture as a document', () => {
  const scene = sceneOf(skyOf(Object.fromEntries(WEATHERS.map((id) => [id, 5])), 5)!, { width: 1600, height: 800, seed: 's' })

  test('holds no text, no links and no ids of weathers', () => {
    const svg = sceneToSvg(sceneOf(skyOf({ '<script>': 9, foggy: 9 }, 5)!, { width: 800, height: 400, seed: '"' }), DAY)
    expect(svg.match(/<[a-z]+/g)?.every((tag) => ['<svg', '<g', '<path'].includes(tag))).toBe(true)
    expect(svg).not.toContain('script')
  })

  test('escapes what a palette brings', () => {
    const svg = sceneToSvg(scene, { ...DAY, inks: { ...DAY.inks, air: '"/><script>&' } })
    expect(svg).not.toContain('<script')
    expect(svg).toContain('&#34;/&#62;&#60;script&#62;&#38;')
  })

  test('prints in one ink', () => {
    const svg = sceneToSvg(scene, oneInk('#111111', '#fefefe'))
    expect(new Set(svg.match(/#[0-9a-f]{6}/g))).toEqual(new Set(['#111111', '#fefefe']))
    expect(svg).not.toContain('style=')
  })

  test('has a colour for every ink in every palette', () => {
    for (const palette of [DAY, NIGHT, oneInk('#000000', '#ffffff')]) expect(Object.keys(palette.inks).sort()).toEqual([...INKS].sort())
  })
})
