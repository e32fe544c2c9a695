import { compose } from './compose.ts'
import type { Lie } from './compose.ts'
import { diceFrom } from './draw/brush.ts'
import type { Box, Ground, Place, Shape } from './draw/brush.ts'
import { rainy, stormy } from './draw/falling.ts'
import { air, land } from './draw/ground.ts'
import { cloudy, rainbow, sunny } from './draw/high.ts'
import { foggy, snowy, windy } from './draw/low.ts'
import { neutral, several } from './draw/neutral.ts'
import { veil } from './draw/veil.ts'
import { POOLED, byPlace } from './sky.ts'
import type { Sky, WeatherId } from './sky.ts'

export type { Box, Shape } from './draw/brush.ts'

/** What lies at one depth of the picture: air, land, the veil, or one weather with the box that its area stands for. */
export interface Layer {
  id: 'air' | 'land' | 'veil' | WeatherId
  /** Present on weathers: one to ten. */
  tenths?: number
  box?: Box
  shapes: Shape[]
}

/** A picture as data, from the back to the front. Coordinates run to width and height. */
export interface Scene {
  width: number
  height: number
  layers: Layer[]
}

/** The size of a picture and the seed of its hand: the same seed draws the same. */
export interface SceneSize {
  width: number
  height: number
  seed: string
}

/** How a weather lies in the air, how far to the front, and its drawing. */
interface Nature extends Lie {
  depth: number
  draw: (place: Place) => Shape[]
}

const NATURES: ReadonlyMap<string, Nature> = new Map(Object.entries({
  rainbow: { stretch: 1, slim: 2, wide: 2, height: 1, alone: 0.7, depth: 0, draw: rainbow },
  sunny: { stretch: 1, slim: 1, wide: 1, height: 0.1, alone: 1, depth: 1, draw: sunny },
  cloudy: { stretch: 1.3, slim: 1.7, height: 0.1, alone: 1, depth: 2, draw: cloudy },
  stormy: { stretch: 1, slim: 0.8, height: 0.22, alone: 1, lean: 0.08, depth: 3, draw: stormy },
  rainy: { stretch: 1, slim: 0.7, height: 1, alone: 1, lean: 0.18, depth: 5, draw: rainy },
  snowy: { stretch: 1.8, slim: 1.5, height: 1, alone: 0.6, depth: 8, draw: snowy },
  foggy: { stretch: 2.4, slim: 4.2, height: 1, alone: 0.4, depth: 9, draw: foggy },
  windy: { stretch: 1.5, slim: 1.7, height: 0.42, alone: 1, depth: 10, draw: windy },
}))

const LAND_DEPTH = 7

/** The sky as a picture: each weather in its place, its area the share of it. The land is always the same. */
export function sceneOf(sky: Sky, size: SceneSize): Scene {
  const ground = groundOf(size)
  const weathers = placed(sky, ground, size.seed).map(({ id, tenths, box, nature }) => ({
    depth: nature.depth,
    layer: { id, tenths, box, shapes: nature.draw({ ...ground, box, tenths, dice: diceFrom(`${size.seed}/${id}`) }) },
  }))
  const layers = [...weathers, { depth: LAND_DEPTH, layer: { id: 'land', shapes: land(ground) } }]
    .sort((a, b) => a.depth - b.depth || byPlace(a.layer.id, b.layer.id))
    .map(({ layer }): Layer => layer)
  return { width: size.width, height: size.height, layers: [{ id: 'air', shapes: air(ground) }, ...layers] }
}

/** The same place before anything may be seen: the horizon, and a veil before the air. */
export function veiledScene(size: SceneSize): Scene {
  const ground = groundOf(size)
  return {
    width: size.width,
    height: size.height,
    layers: [
      { id: 'air', shapes: air(ground) },
      { id: 'veil', shapes: veil(ground) },
      { id: 'land', shapes: land(ground) },
    ],
  }
}

/** One weather as a small square picture of side 48, for tiles and legends. */
export function glyphOf(id: WeatherId): Shape[] {
  const nature = natureOf(id)
  const w = 46
  const h = Math.min(46, w / nature.slim + (nature.wide ? 0 : 14))
  const box = { x: 1, y: nature.height === 1 ? 45 - h : (48 - h) / 2, w, h }
  return nature.draw({ box, width: 48, height: 48, horizon: 41, unit: 2.3, tenths: 1, dice: diceFrom(id) })
}

function groundOf({ width, height }: SceneSize): Ground {
  return { width, height, horizon: height * 0.8, unit: height / 100 }
}

function placed(sky: Sky, ground: Ground, seed: string): { id: WeatherId; tenths: number; box: Box; nature: Nature }[] {
  const guests = Object.entries(sky.parts)
    .sort(([a], [b]) => byPlace(a, b))
    .map(([id, { tenths }]) => ({ id, tenths, lie: natureOf(id) }))
  return compose(guests, ground, seed).map((box, i) => {
    const { id, tenths, lie } = guests[i] as (typeof guests)[number]
    return { id, tenths, box, nature: lie }
  })
}

function natureOf(id: WeatherId): Nature {
  if (id === POOLED) return { stretch: 1, slim: 2.2, wide: 3, height: 0.2, alone: 1, depth: 4, draw: several }
  return NATURES.get(id) ?? { stretch: 1.4, slim: 1.7, height: 0.3, alone: 1, depth: 4, draw: (place) => neutral(place, id) }
}
