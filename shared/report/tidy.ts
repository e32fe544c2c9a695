/** Parts of the document that a plan left empty are no paragraphs. */
import type { Block, Section } from './model.ts'

/** The sections that have something to say, without their empty blocks and without headings that nothing follows. */
export function tidy(sections: readonly Section[]): Section[] {
  return sections.flatMap((section) => {
    const blocks = withoutEcho(section).filter((block) => !isEmpty(block)).filter((block, at, all) => block.type !== 'heading' || !leadsNowhere(all[at + 1]))
    return blocks.length === 0 ? [] : [{ ...section, blocks }]
  })
}

/** The document without the sections that are not ticked; `undefined` ticks all. */
export function ticked<D extends { sections: Section[] }>(document: D, ticks: readonly string[] | undefined): D {
  return ticks === undefined ? document : { ...document, sections: document.sections.filter(({ id }) => ticks.includes(id)) }
}

/** A question that is the title of its step need not be asked twice. */
function withoutEcho({ title, blocks }: Section): Block[] {
  const [first, ...rest] = blocks
  if (first?.type !== 'text' || first.style !== 'lead') return blocks
  const [line, ...lines] = first.text.split('\n')
  return line?.trim() === title.trim() ? [{ ...first, text: lines.join('\n').trim() }, ...rest] : blocks
}

function isEmpty(block: Block): boolean {
  switch (block.type) {
    case 'text':
    case 'heading':
      return block.text.trim() === ''
    case 'list':
      return block.items.length === 0
    case 'table':
      return block.rows.length === 0
    case 'skies':
      return block.skies.length === 0
  }
}

function leadsNowhere(next: Block | undefined): boolean {
  return next === undefined || next.type === 'heading'
}
