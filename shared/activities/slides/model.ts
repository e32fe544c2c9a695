/** Slides: a headline and cards that open to more. What a facilitator opens, the screen opens; phones read at their own pace. */
import Type, { type Static } from 'typebox'
import { LocalizedText } from '../../localized.ts'
import { PICTURE_NAME } from '../../markdown/tree.ts'
import { closed, command, keyed, PlainId } from '../../schemas.ts'

const BlockId = PlainId

/** What a card may be marked with: drawn in client/activities/slides/drawings.ts. */
export const SLIDE_ICONS = ['chart', 'door', 'school', 'scales', 'lens', 'path', 'steps', 'together', 'talk', 'seed', 'compass', 'calendar'] as const
export type SlideIcon = (typeof SLIDE_ICONS)[number]

export const LAYOUTS = ['headline', 'card', 'text'] as const

const Block = closed({
  order: Type.Number(),
  layout: Type.Enum(LAYOUTS),
  title: LocalizedText(120),
  /** Markdown, always in sight. Together with `more` it is as long as a projected frame can show to a back row, beside a picture too. */
  body: LocalizedText(400),
  icon: Type.Optional(Type.Enum(SLIDE_ICONS)),
  /** Markdown, in sight once the block is open. */
  more: Type.Optional(LocalizedText(1000)),
  /** A picture that ships with the product, beside the text of the open block. */
  image: Type.Optional(Type.String({ pattern: PICTURE_NAME })),
  /** Numbers about few people: shown nowhere but while somebody has opened it on purpose. */
  fewPeople: Type.Optional(Type.Boolean()),
})

export const SlidesConfig = closed({ blocks: keyed(BlockId, Block, { maxProperties: 16 }) })

export type SlidesConfig = Static<typeof SlidesConfig>
export type SlideBlock = SlidesConfig['blocks'][string]

export interface SlidesState {
  /** The block that is open on the screen. */
  open?: string
  /** The one that was opened last, from where "next" goes on. */
  last?: string
}

export const slidesCommands = {
  /** `sure`: the presenter was asked, and wants numbers about few people to be seen. */
  open: command('open', { block: BlockId, sure: Type.Optional(Type.Literal(true)) }),
  close: command('close'),
}

export type SlidesCommand = { [T in keyof typeof slidesCommands]: Static<(typeof slidesCommands)[T]> }[keyof typeof slidesCommands]

export type SlidesEvent =
  | { type: 'opened'; block: string }
  | { type: 'closed' }
  /** Back before the first block: nothing has been opened, as at the beginning. */
  | { type: 'folded' }
