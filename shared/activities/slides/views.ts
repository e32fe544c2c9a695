/** What each audience sees of the slides. Numbers about few people leave the server only while they are open on purpose. */
import type { Localized } from '../../localized.ts'
import { localizedMarkdown } from '../../markdown/parse.ts'
import type { LocalizedTree } from '../../markdown/tree.ts'
import type { Surroundings } from '../activity.ts'
import type { SlideBlock, SlideIcon, SlidesConfig, SlidesState } from './model.ts'
import { openNow, opens } from './rules.ts'

export interface ShownBlock {
  order: number
  layout: 'headline' | 'card' | 'text'
  title: Localized
  body?: LocalizedTree
  icon?: SlideIcon
  more?: LocalizedTree
  image?: string
  /** There is more to see when it is open. */
  opens: boolean
  /** It holds numbers about few people. */
  fewPeople: boolean
}

export interface Slides {
  blocks: Record<string, ShownBlock>
  /** The block that is open on the screen. */
  open?: string
}

export interface SlidesViews {
  facilitator: Slides
  screen: Slides
  everyone: Slides
  mine: Record<string, never>
}

export function facilitatorView(state: SlidesState, around: Surroundings<SlidesConfig>): Slides {
  return slides(state, around, () => 'all')
}

/** Projected: what is closed has nothing more to send. */
export function screenView(state: SlidesState, around: Surroundings<SlidesConfig>): Slides {
  return slides(state, around, (block, open) => (open ? 'all' : block.fewPeople === true ? 'title' : 'body'))
}

/** To read in one's own time: everything, but for the numbers about few people. */
export function everyoneView(state: SlidesState, around: Surroundings<SlidesConfig>): Slides {
  return slides(state, around, (block, open) => (open || block.fewPeople !== true ? 'all' : 'title'))
}

type Part = 'title' | 'body' | 'all'

function slides(state: SlidesState, around: Surroundings<SlidesConfig>, part: (block: SlideBlock, open: boolean) => Part): Slides {
  const open = openNow(state, around.config)
  const view: Slides = { blocks: {} }
  for (const [id, block] of Object.entries(around.config.blocks)) {
    view.blocks[id] = shown(block, part(block, id === open))
  }
  if (open !== undefined) view.open = open
  return view
}

function shown(block: SlideBlock, part: Part): ShownBlock {
  const view: ShownBlock = {
    order: block.order,
    layout: block.layout,
    title: { ...block.title },
    opens: opens(block),
    fewPeople: block.fewPeople === true,
  }
  if (block.icon !== undefined) view.icon = block.icon
  const body = part === 'title' ? undefined : localizedMarkdown(block.body)
  if (body !== undefined) view.body = body
  const more = part === 'all' ? localizedMarkdown(block.more) : undefined
  if (more !== undefined) view.more = more
  if (part === 'all' && block.image !== undefined) view.image = block.image
  return view
}
