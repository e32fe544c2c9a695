/** The document as Markdown (CommonMark with GitHub's tables). Nothing that anybody typed becomes markup, a link or HTML. */
import type { Block, Document, ListItem } from '#shared/report/model.ts'
import { linesOf } from './text.ts'

export function markdownOf(document: Document): string {
  const parts = [
    `# ${inline(document.title)}`,
    document.subtitle.map(inline).join(HARD_BREAK),
    ...document.sections.flatMap((section) => [`## ${inline(section.title)}`, ...section.blocks.map(blockOf)]),
  ]
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`
}

const HARD_BREAK = '\\\n'

function blockOf(block: Block): string {
  switch (block.type) {
    case 'text':
      return textOf(block)
    case 'heading':
      return `### ${inline(block.text)}`
    case 'list':
      return listOf(block.items, block.ordered === true, '')
    case 'table':
      return [block.caption === undefined ? '' : `**${inline(block.caption)}**\n\n`, tableOf(block.head, block.rows)].join('')
    case 'skies':
      return block.skies
        .flatMap((sky) => [`**${inline(sky.title)}**`, paragraph(sky.sentence), tableOf(block.head, sky.shares)])
        .join('\n\n')
  }
}

function textOf({ text, style }: Extract<Block, { type: 'text' }>): string {
  const lines = linesOf(text).map(escaped)
  if (style === undefined) return lines.join(HARD_BREAK)
  switch (style) {
    case 'lead':
      return lines.map((line) => `**${line}**`).join(HARD_BREAK)
    case 'note':
      return lines.map((line) => `*${line}*`).join(HARD_BREAK)
    case 'quote':
      return lines.map((line) => `> ${line}`).join(HARD_BREAK)
  }
}

function paragraph(text: string): string {
  return linesOf(text).map(escaped).join(HARD_BREAK)
}

function listOf(items: readonly ListItem[], ordered: boolean, indent: string): string {
  return items
    .map((item, at) => {
      const mark = ordered ? `${at + 1}. ` : '- '
      const inside = indent + ' '.repeat(mark.length)
      const text = linesOf(item.text).map(escaped).join(`${HARD_BREAK}${inside}`)
      const below = item.items === undefined || item.items.length === 0 ? '' : `\n${listOf(item.items, false, inside)}`
      return `${indent}${mark}${text}${below}`
    })
    .join('\n')
}

function tableOf(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const row = (cells: readonly string[]) => `| ${head.map((_, at) => inline(cells[at] ?? '')).join(' | ')} |`
  return [row(head), `| ${head.map(() => '---').join(' | ')} |`, ...rows.map(row)].join('\n')
}

/** On one line, for places that have no second. */
function inline(text: string): string {
  return escaped(linesOf(text).join(' / '))
}

/** One line in which every character means itself. Angle brackets become entities, so that even a reader of HTML finds no tag. */
function escaped(line: string): string {
  return line
    .replace(/&(?=#?\w+;)/gu, '&amp;')
    .replace(/[\\`*_[\]|~$^]/gu, '\\$&')
    .replace(/</gu, '&lt;')
    .replace(/>/gu, '&gt;')
    .replace(/^(?:#|\+|-|=|:)/u, '\\$&')
    .replace(/^(\d+)([.)])/u, '$1\\$2')
    // Addresses that GitHub and others would turn into links.
    .replace(/:(?=\/\/)/gu, '\\:')
    .replace(/\b(www)\.(?=\S)/giu, '$1\\.')
    .replace(/@(?=\w)/gu, '\\@')
}
