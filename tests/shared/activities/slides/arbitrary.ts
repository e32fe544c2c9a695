/** Any slides, and anything that may be sent to them: what the contract suite drives them with. */
import fc from 'fast-check'
import type { SlidesCommand, SlidesConfig } from '#shared/activities/slides/model.ts'

export const config: SlidesConfig = {
  blocks: {
    headline: { order: 0, layout: 'headline', title: { en: 'A headline', es: 'Un titular' }, body: { en: 'Short' }, more: { en: 'Longer' } },
    plain: { order: 1, layout: 'text', title: { en: 'Plain' }, body: { en: 'Nothing more to see' } },
    few: { order: 2, layout: 'card', icon: 'chart', title: { en: 'One small course' }, body: { en: '77.8 % of 9' }, more: { en: 'seven of nine' }, fewPeople: true },
    card: { order: 3, layout: 'card', icon: 'door', title: { en: 'A card' }, body: { en: 'In sight' }, more: { en: 'Out of sight' }, image: 'a-picture' },
  },
}

const block = fc.constantFrom('headline', 'plain', 'few', 'card', 'gone', 'constructor')

const any: fc.Arbitrary<SlidesCommand> = fc.oneof(
  block.map((id): SlidesCommand => ({ type: 'open', block: id })),
  block.map((id): SlidesCommand => ({ type: 'open', block: id, sure: true })),
  fc.constant<SlidesCommand>({ type: 'close' }),
)

export const arbitrary = { kind: 'slides' as const, config, participant: any, facilitator: any }
