/** Each block of the document as what Word has for it. */
import { HeadingLevel, LineRuleType, type FileChild } from 'docx'
import type { Block, ListItem, Section } from '#shared/report/model.ts'
import { linesOf } from '../text.ts'
import { skiesOf, type Pictures } from './skies.ts'
import { BULLETS, NUMBERS } from './styles.ts'
import { tableOf } from './table.ts'
import { paragraph } from './text.ts'

const STYLES = { lead: 'Lead', quote: 'Quote', note: 'Note' }
/** Word knows nine levels of a list, our numbering three. */
const DEEPEST = 2

export function sectionBody(sections: readonly Section[], pictures: Pictures): FileChild[] {
  let number = 0
  const next = () => (number += 1)
  return sections.flatMap((section) => [
    paragraph(section.title, { heading: HeadingLevel.HEADING_1 }),
    ...section.blocks.flatMap((block) => blockOf(block, pictures, next)),
  ])
}

function blockOf(block: Block, pictures: Pictures, next: () => number): FileChild[] {
  switch (block.type) {
    case 'text': {
      const style = block.style === undefined ? {} : { style: STYLES[block.style] }
      return linesOf(block.text).map((line) => paragraph(line, style))
    }
    case 'heading':
      return [paragraph(block.text, { heading: HeadingLevel.HEADING_2 })]
    case 'list':
      return listOf(block.items, block.ordered === true ? NUMBERS : BULLETS, next())
    case 'table':
      return [block.caption === undefined ? gap() : paragraph(block.caption, { style: 'Caption' }), tableOf(block.head, block.rows), gap()]
    case 'skies':
      return [...skiesOf(block, pictures, next), ...(block.skies.length === 1 ? [] : [gap()])]
  }
}

/** `instance` makes it a list of its own: numbers begin at one. */
function listOf(items: readonly ListItem[], reference: string, instance: number, level = 0): FileChild[] {
  return items.flatMap((item) => [
    paragraph(item.text, { numbering: { reference, instance, level: Math.min(level, DEEPEST) }, keepLines: true, keepNext: (item.items?.length ?? 0) > 0 }),
    ...listOf(item.items ?? [], reference, instance, level + 1),
  ])
}

/** A little air: what stands before or after a table must not stick to it. */
function gap(): FileChild {
  return paragraph('', { spacing: { before: 0, after: 0, line: 120, lineRule: LineRuleType.AUTO } })
}
