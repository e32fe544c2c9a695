/** Slides: a headline and cards that open to more. What a facilitator opens, the screen opens; phones read at their own pace. */
import Type, { type Static } from 'typebox'
import { keyed } from '../../keyed.ts'
import { LocalizedText } from '../../localized.ts'
import { PICTURE_NAME } from '../../markdown/tree.ts'

const BlockId = Type.String({ pattern: '^[a-z][a-z0-9-]{0,31}$' })

/** What a card may be marked with: drawn in client/activities/slides/drawings.ts. */
export const SLIDE_ICONS = ['chart', 'door', 'school', 'scales', 'lens', 'path', 'steps', 'together', 'talk', 'seed', 'compass', 'calendar'] as const
export type SlideIcon = (typeof SLIDE_ICONS)[number]

export const LAYOUTS = ['headline', 'card', 'text'] as const

const Block = Type.Object(
  {
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
  },
  { additionalProperties: false },
)

export const SlidesConfig = Type.Object({ blocks: keyed(BlockId, Block, { maxProperties: 16 }) }, { additionalProperties: false })

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
  open: Type.Object({ type: Type.Literal('open'), block: BlockId, sure: Type.Optional(Type.Literal(true)) }, { additionalProperties: false }),
  close: Type.Object({ type: Type.Literal('close') }, { additionalProperties: false }),
}

export type SlidesCommand = { [T in keyof typeof slidesCommands]: Static<(typeof slidesCommands)[T]> }[keyof typeof slidesCommands]

export type SlidesEvent =
  | { type: 'opened'; block: string }
  | { type: 'closed' }
  /** Back before the first block: nothing has been opened, as at the beginning. */
  | { type: 'folded' }
