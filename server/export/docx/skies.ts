/** Skies as pictures, with their sentence below and as the text for who does not see them. Two hang side by side, of equal size. */
import { renderAsync } from '@resvg/resvg-js'
import { AlignmentType, ImageRun, LineRuleType, Paragraph, Table, TableCell, TableLayoutType, TableRow, VerticalAlignTable, WidthType, type FileChild } from 'docx'
import type { Block, NotedSky } from '#shared/report/model.ts'
import { DAY } from '#shared/sky/palette.ts'
import { sceneOf } from '#shared/sky/scene.ts'
import { sceneToSvg } from '#shared/sky/svg.ts'
import { linesOf } from '../text.ts'
import { NO_BORDERS } from './table.ts'
import { paragraph } from './text.ts'
import { TEXT_WIDTH } from './styles.ts'

type Skies = Extract<Block, { type: 'skies' }>

/** The drawing's own size, and how wide it hangs, in pixels of 1/96 inch. */
const ALONE = { width: 1600, height: 640, shown: 624 }
const PAIRED = { width: 1200, height: 720, shown: 304 }
/** Pictures are this much finer than they hang, for print. */
const FINER = 2.5

export type Pictures = ReadonlyMap<NotedSky, Buffer>

/** Draws every sky of the document. Off the main thread; equal skies are equal bytes. */
export async function drawSkies(blocks: readonly Block[]): Promise<Pictures> {
  const pictures = new Map<NotedSky, Buffer>()
  for (const block of blocks) {
    if (block.type !== 'skies') continue
    const { shown, ...size } = sizeIn(block)
    for (const noted of block.skies) {
      const svg = sceneToSvg(sceneOf(noted.sky, { ...size, seed: noted.seed }), DAY)
      const image = await renderAsync(svg, { fitTo: { mode: 'width', value: Math.round(shown * FINER) }, font: { loadSystemFonts: false } })
      pictures.set(noted, image.asPng())
    }
  }
  return pictures
}

/** `number` gives each picture a number of its own within the document. */
export function skiesOf(block: Skies, pictures: Pictures, number: () => number): FileChild[] {
  if (block.skies.length === 1) return block.skies.flatMap((sky) => picture(sky, block, pictures, number))
  const size = Math.floor(TEXT_WIDTH / block.skies.length)
  const cells = block.skies.map(
    (sky, at) =>
      new TableCell({
        width: { size, type: WidthType.DXA },
        verticalAlign: VerticalAlignTable.TOP,
        margins: { left: at === 0 ? 0 : 120, right: at === 0 ? 120 : 0 },
        children: [paragraph(sky.title, { style: 'Caption' }), ...picture(sky, block, pictures, number)],
      }),
  )
  return [
    new Table({
      layout: TableLayoutType.FIXED,
      width: { size: size * cells.length, type: WidthType.DXA },
      columnWidths: cells.map(() => size),
      borders: NO_BORDERS,
      rows: [new TableRow({ cantSplit: true, children: cells })],
    }),
  ]
}

function picture(sky: NotedSky, block: Skies, pictures: Pictures, number: () => number): Paragraph[] {
  const { width, height, shown } = sizeIn(block)
  const data = pictures.get(sky)
  if (data === undefined) return [paragraph(sky.sentence)]
  const image = new ImageRun({
    type: 'png',
    data,
    transformation: { width: shown, height: Math.round((shown * height) / width) },
    altText: { id: String(number()), name: oneLine(sky.title), title: oneLine(sky.title), description: oneLine(sky.sentence) },
  })
  return [
    new Paragraph({ alignment: AlignmentType.LEFT, keepNext: true, spacing: { after: 80, line: 240, lineRule: LineRuleType.AUTO }, children: [image] }),
    paragraph(sky.sentence, { style: 'TableText' }),
  ]
}

function sizeIn(block: Skies): typeof ALONE {
  return block.skies.length === 1 ? ALONE : PAIRED
}

function oneLine(text: string): string {
  return linesOf(text).join(' ')
}
