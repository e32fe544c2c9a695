import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { SlidesConfig } from '#shared/activities/slides/model.ts'
import { slides } from '#shared/activities/slides/slides.ts'
import { markdown } from '#shared/markdown/parse.ts'
import { approach } from '#shared/templates/smart-goals/approach.ts'
import { problem } from '#shared/templates/smart-goals/problem.ts'
import { parse } from '#shared/wire/parse.ts'
import { stage } from '../../../support/stage.ts'
import { arbitrary, config } from './arbitrary.ts'

const begin = (own: SlidesConfig = config) => stage(slides, own)
type Room = ReturnType<typeof begin>

/** Goes on as the session's flow does; 'left' once the step is left. */
function go(room: Room, way: 'next' | 'back'): string | undefined {
  const event = slides[way]?.(room.state, room.around)
  if (event === undefined) return 'left'
  slides.evolve(room.state, event)
  return room.view('screen').open
}

const open = (block: string, sure?: true) => (sure ? { type: 'open' as const, block, sure } : { type: 'open' as const, block })
const without = (id: string): SlidesConfig => ({ blocks: Object.fromEntries(Object.entries(config.blocks).filter(([key]) => key !== id)) })

describe('opening', () => {
  test('SL1 what a facilitator opens, the screen opens, and closes again', () => {
    const room = begin()
    expect(room.view('screen').open).toBeUndefined()
    expect(room.view('screen').blocks['card']?.more).toBeUndefined()
    room.facilitator(open('card'))
    expect(room.view('screen').open).toBe('card')
    expect(room.view('screen').blocks['card']).toMatchObject({ more: { en: markdown('Out of sight') }, image: 'a-picture' })
    room.facilitator({ type: 'close' })
    expect(room.view('screen').open).toBeUndefined()
    expect(room.facilitator({ type: 'close' })).toBe('already')
  })

  test('SL1 one block is open at a time', () => {
    const room = begin()
    room.facilitator(open('card'))
    room.facilitator(open('headline'))
    expect(room.facilitator(open('headline'))).toBe('already')
    expect(room.view('facilitator').open).toBe('headline')
  })

  test.each(['plain', 'gone', 'constructor'])('SL1 %s does not open', (id) => {
    expect(begin().facilitator(open(id))).toBe('not-found')
  })

  test('SL1 a block that the plan has lost since is not open any more', () => {
    const room = begin()
    room.facilitator(open('card'))
    room.around.config = without('card')
    expect(room.view('screen').open).toBeUndefined()
    expect(room.facilitator(open('headline'))).toBeUndefined()
  })
})

describe('next and back', () => {
  test('SL2 next opens block after block, then leaves; back returns the same way', () => {
    const room = begin()
    expect([go(room, 'next'), go(room, 'next'), go(room, 'next')]).toEqual(['headline', 'card', 'left'])
    expect([go(room, 'back'), go(room, 'back'), go(room, 'back')]).toEqual(['headline', undefined, 'left'])
    expect(go(room, 'next')).toBe('headline')
  })

  test('SL2 next goes on from what was opened last, closed or not', () => {
    const room = begin()
    room.facilitator(open('headline'))
    room.facilitator({ type: 'close' })
    expect(go(room, 'next')).toBe('card')
  })

  test('SL2 slides without anything to open are left at once', () => {
    expect(go(begin({ blocks: {} }), 'next')).toBe('left')
  })

  test('SL2 however the plan changes, next leaves in the end', () => {
    const change = fc.subarray(Object.keys(config.blocks)).map((ids): SlidesConfig => ({ blocks: Object.fromEntries(ids.map((id) => [id, config.blocks[id]!])) }))
    fc.assert(
      fc.property(fc.array(arbitrary.facilitator), change, (commands, changed) => {
        const room = begin()
        for (const command of commands) room.facilitator(command)
        room.around.config = changed
        const steps = Array.from({ length: 6 }, () => go(room, 'next'))
        expect(steps).toContain('left')
        expect(steps.slice(0, steps.indexOf('left'))).not.toContain('few')
      }),
    )
  })
})

describe('numbers about few people', () => {
  const words = /77\.8|seven of nine/

  test('SL3 the presenter is asked before they are shown', () => {
    const room = begin()
    expect(room.facilitator(open('few'))).toBe('too-few')
    expect(room.facilitator(open('few', true))).toBeUndefined()
    expect(JSON.stringify(room.view('screen'))).toMatch(words)
    expect(JSON.stringify(room.view('everyone'))).toMatch(words)
  })

  test('SL3 they are passed over by next, and closed before the step is left', () => {
    const last: SlidesConfig = { blocks: { few: config.blocks['few']! } }
    expect(go(begin(last), 'next')).toBe('left')
    const room = begin(last)
    room.facilitator(open('few', true))
    expect([go(room, 'next'), go(room, 'next')]).toEqual([undefined, 'left'])
  })

  test('SL3 they leave the server for screen and phones only while they are open, and are never in the notes', () => {
    fc.assert(
      fc.property(fc.array(arbitrary.facilitator), (commands) => {
        const room = begin()
        for (const command of commands) {
          room.facilitator(command)
          const shown = room.state.open === 'few'
          for (const audience of ['screen', 'everyone'] as const) expect(words.test(JSON.stringify(room.view(audience)))).toBe(shown)
          expect(JSON.stringify(slides.report(room.state, { ...room.around, lang: 'en' }))).not.toMatch(words)
        }
      }),
    )
  })

  test('SL3 the record says what the notes leave out', () => {
    const room = begin()
    const record = JSON.stringify(slides.record?.(room.state, { ...room.around, lang: 'en' }))
    expect(record).toContain('One small course')
    expect(record).not.toMatch(words)
    expect(slides.record?.(room.state, { ...room.around, config: without('few'), lang: 'en' })).toEqual([])
  })
})

describe('reading', () => {
  test('SL4 phones have every block at once, and know which one is on the screen', () => {
    const room = begin()
    expect(room.view('everyone').blocks['card']?.more).toEqual({ en: markdown('Out of sight') })
    room.facilitator(open('card'))
    expect(room.view('everyone').open).toBe('card')
  })

  test('SL5 the notes have the blocks in their order, with what they open to', () => {
    const room = begin()
    expect(slides.report(room.state, { ...room.around, lang: 'en' })).toEqual([
      {
        id: 'step',
        title: 'The step',
        blocks: [
          { type: 'heading', text: 'A headline' },
          { type: 'text', text: 'Short' },
          { type: 'text', text: 'Longer' },
          { type: 'heading', text: 'Plain' },
          { type: 'text', text: 'Nothing more to see' },
          { type: 'heading', text: 'A card' },
          { type: 'text', text: 'In sight' },
          { type: 'text', text: 'Out of sight' },
        ],
      },
    ])
  })
})

test.each([['problem', problem], ['approach', approach]])('the template’s config for %s is one that a planner could have saved, complete in both languages', (_name, template) => {
  expect(parse(slides.config, template)).toEqual({ value: template })
  for (const block of Object.values(template.blocks)) {
    for (const text of [block.title, block.body, block.more]) expect(Object.keys(text ?? { en: '', es: '' })).toEqual(['en', 'es'])
  }
})
