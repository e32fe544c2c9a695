import type { Palette } from './palette.ts'
import type { Scene, Shape } from './scene.ts'

/** The scene as a whole SVG document: no text, no fonts, no links. For notes and documents; pages draw the scene themselves. */
export function sceneToSvg(scene: Scene, palette: Palette): string {
  const { width, height } = scene
  const shapes = scene.layers.map((layer) => `<g>${layer.shapes.map((shape) => pathOf(shape, palette)).join('')}</g>`)
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">${shapes.join('')}</svg>`
}

function pathOf(shape: Shape, { inks, overprint }: Palette): string {
  const attributes: Record<string, string> = { d: shape.d, fill: shape.fill ? inks[shape.fill] : 'none' }
  if (shape.stroke) {
    Object.assign(attributes, { stroke: inks[shape.stroke], 'stroke-width': String(shape.width ?? 1), 'stroke-linecap': 'round', 'stroke-linejoin': 'round' })
  }
  if (shape.overprint && overprint !== 'normal') attributes.style = `mix-blend-mode:${overprint}`
  const written = Object.entries(attributes).map(([name, value]) => ` ${name}="${escaped(value)}"`)
  return `<path${written.join('')}/>`
}

/** Palettes may come from settings; nothing of them may end the attribute. */
function escaped(value: string): string {
  return value.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}
