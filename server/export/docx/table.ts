/** Tables with a head that repeats on every page, as wide as the text. */
import { BorderStyle, ShadingType, Table, TableCell, TableLayoutType, TableRow, WidthType } from 'docx'
import { linesOf } from '../text.ts'
import { paragraph } from './text.ts'
import { INK, LINE, SUNK, TEXT_WIDTH } from './styles.ts'

const NONE = { style: BorderStyle.NONE, size: 0, color: 'auto' }
const HAIR = { style: BorderStyle.SINGLE, size: 4, color: LINE }
export const NO_BORDERS = { top: NONE, bottom: NONE, left: NONE, right: NONE, insideHorizontal: NONE, insideVertical: NONE }

const MARGINS = { top: 40, bottom: 40, left: 110, right: 110 }
/** What a character of the table's type takes on average, and a cell's margins, in twentieths of a point. */
const CHARACTER = 112
const PADDING = 240
/** Beyond this many characters a column is text that breaks into lines. */
const LONG_CELL = 60
/** An empty column may still be meant for words. */
const SHORT_CELL = 10

export function tableOf(head: readonly string[], rows: readonly (readonly string[])[]): Table {
  const widths = columnWidths(head, rows)
  const cell = (text: string, at: number, isHead: boolean) =>
    new TableCell({
      width: { size: widths[at] ?? 0, type: WidthType.DXA },
      children: [paragraph(text, { style: isHead ? 'TableHead' : 'TableText' })],
      ...(isHead ? { shading: { type: ShadingType.CLEAR, color: 'auto', fill: SUNK } } : {}),
    })
  const row = (cells: readonly string[], isHead: boolean) => new TableRow({ cantSplit: true, tableHeader: isHead, children: head.map((_, at) => cell(cells[at] ?? '', at, isHead)) })
  return new Table({
    layout: TableLayoutType.FIXED,
    width: { size: TEXT_WIDTH, type: WidthType.DXA },
    columnWidths: widths,
    margins: MARGINS,
    borders: { ...NO_BORDERS, top: { ...HAIR, color: INK, size: 8 }, bottom: HAIR, insideHorizontal: HAIR },
    tableLook: { firstRow: true, noHBand: true, noVBand: true },
    rows: [row(head, true), ...rows.map((cells) => row(cells, false))],
  })
}

/** Room for each column's longest word first; what is left goes where the most text is. They sum to the width of the text. */
export function columnWidths(head: readonly string[], rows: readonly (readonly string[])[], width = TEXT_WIDTH): number[] {
  const columns = head.map((title, at) => [title, ...rows.map((row) => row[at] ?? '')])
  const most = width / Math.max(1, columns.length)
  const least = columns.map((cells) => Math.min(most, PADDING + CHARACTER * Math.max(...cells.map(longestWord))))
  const wish = columns.map((cells) => Math.min(LONG_CELL, Math.max(SHORT_CELL, ...cells.map(longestLine))))
  const left = width - sum(least)
  const widths = least.map((room, at) => Math.floor(room + (left * (wish[at] ?? 0)) / sum(wish)))
  return widths.map((one, at) => (at === 0 ? one + width - sum(widths) : one))
}

function longestWord(text: string): number {
  return Math.max(0, ...text.split(/\s+/u).map((word) => word.length))
}

function longestLine(text: string): number {
  return Math.max(0, ...linesOf(text).map((line) => line.length))
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
