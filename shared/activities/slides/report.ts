/** The slides in the notes: every block with its words, but none with numbers about few people. */
import { localizedMarkdown } from '../../markdown/parse.ts'
import { notedBlocks } from '../../markdown/report.ts'
import { sayTree } from '../../markdown/tree.ts'
import { inOrder } from '../../ordered.ts'
import type { Block, Section } from '../../report/model.ts'
import { say } from '../../say.ts'
import type { Localized } from '../../localized.ts'
import type { ReportContext } from '../activity.ts'
import type { SlideBlock, SlidesConfig, SlidesState } from './model.ts'
import { en, es } from './words.ts'

export function slidesReport(_state: SlidesState, around: ReportContext<SlidesConfig>): Section[] {
  const blocks = blocksOf(around.config).flatMap((block) => (block.fewPeople === true ? [] : noted(block, around.lang)))
  return blocks.length === 0 ? [] : [{ id: around.step, title: say(around.title, around.lang), blocks }]
}

/** For the record alone: which blocks the notes leave out, by title. */
export function slidesRecord(_state: SlidesState, around: ReportContext<SlidesConfig>): Section[] {
  const words = around.lang === 'es' ? es : en
  const items = blocksOf(around.config)
    .filter((block) => block.fewPeople === true)
    .map((block) => ({ text: say(block.title, around.lang) }))
  if (items.length === 0) return []
  return [
    {
      id: around.step,
      title: say(around.title, around.lang),
      blocks: [{ type: 'text', text: words.fewPeople, style: 'note' }, { type: 'list', items }],
    },
  ]
}

function noted(block: SlideBlock, lang: 'en' | 'es'): Block[] {
  const title = say(block.title, lang)
  const heading: Block[] = title === '' ? [] : [{ type: 'heading', text: title }]
  return [...heading, ...words(block.body, lang), ...words(block.more, lang)]
}

function words(text: Localized | undefined, lang: 'en' | 'es'): Block[] {
  return notedBlocks(sayTree(localizedMarkdown(text), lang))
}

function blocksOf(config: SlidesConfig): SlideBlock[] {
  return inOrder(config.blocks).map(([, block]) => block)
}
