import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { board } from '#shared/activities/board/board.ts'
import type { BoardCommand } from '#shared/activities/board/model.ts'
import { board as template } from '#shared/templates/smart-goals/board.ts'
import { Compile } from 'typebox/compile'
import { stage } from '../../../support/stage.ts'
import { arbitrary, config } from './arbitrary.ts'

const write = (text: string, kind: string) => ({ type: 'write' as const, text, kind })

function heldBoard(anonymous = true) {
  const room = stage(board, config, { anonymous, nameOf: (who) => `Name of ${who}`, k: 3 })
  room.person('ana', write('a thought', 'thought'))
  room.person('ben', write('why now?', 'question'))
  room.person('eva', write('it is us', 'epiphany'))
  room.person('leo', write('a bad word', 'thought'))
  room.facilitator({ type: 'reveal' })
  for (const who of ['ana', 'eva', 'leo']) room.person(who, { type: 'echo', id: 'id-2', on: true })
  room.facilitator({ type: 'park', id: 'id-2' })
  room.facilitator({ type: 'hide', id: 'id-4', reason: 'may-hurt', note: 'Sorry.' })
  return room
}

const report = (room: ReturnType<typeof heldBoard>, lang: 'en' | 'es' = 'en') => board.report(room.state, { ...room.around, lang })
const record = (room: ReturnType<typeof heldBoard>) => board.record?.(room.state, { ...room.around, lang: 'en' })

describe('the notes to send', () => {
  test('hold the board by kind, its echoes and what was parked, and nothing that was hidden', () => {
    const [board, parked] = report(heldBoard())
    expect(parked).toMatchObject({ gather: 'parked', blocks: [{ type: 'list', items: [{ text: 'why now? [me too: 3 or more]' }] }] })
    expect(board?.blocks).toEqual([
      { type: 'text', text: 'A thought, question or epiphany', style: 'lead' },
      { type: 'heading', text: 'Thought' },
      { type: 'list', items: [{ text: 'a thought' }] },
      { type: 'heading', text: 'Question' },
      { type: 'list', items: [{ text: 'why now? [me too: 3 or more]' }] },
      { type: 'heading', text: 'Epiphany' },
      { type: 'list', items: [{ text: 'it is us' }] },
    ])
  })

  test('CA7 name people in a named step only', () => {
    expect(JSON.stringify(report(heldBoard(false)))).toContain('a thought (Name of ana)')
    expect(JSON.stringify(report(heldBoard(true)))).not.toContain('Name of')
  })

  test('say in Spanish that a board was not revealed', () => {
    const room = stage(board, config)
    room.person('ana', write('a secret', 'thought'))
    expect(report(room, 'es')[0]?.blocks[1]).toEqual({ type: 'text', text: 'Lo escrito quedó en privado: no se reveló.', style: 'note' })
  })

  test('BO1 keep a card whose kind the plan has lost', () => {
    const room = heldBoard()
    room.around.config = { ...config, kinds: { question: config.kinds.question as (typeof config.kinds)[string] } }
    expect(JSON.stringify(report(room))).toContain('a thought')
    expect(room.view('screen').cards['id-1']?.kind).toBe('thought')
  })
})

describe('the facilitator’s record', () => {
  test('holds what was hidden, and why', () => {
    expect(record(heldBoard())?.[0]?.blocks).toEqual([
      {
        type: 'table',
        caption: 'Hidden by a facilitator',
        head: ['What was written', 'Why it was hidden'],
        rows: [['a bad word', 'It may hurt somebody in the room. Sorry.']],
      },
    ])
  })

  test('counts what nobody was shown, without its words and from k people on', () => {
    const room = stage(board, config, { k: 4 })
    for (const who of ['ana', 'ben', 'eva']) room.person(who, write('never seen', 'thought'))
    expect(board.record?.(room.state, { ...room.around, lang: 'en' })).toEqual([])
    room.person('leo', write('never seen', 'thought'))
    const text = JSON.stringify(board.record?.(room.state, { ...room.around, lang: 'en' }))
    expect(text).toContain('what at least 4 people wrote')
    expect(text).not.toContain('never seen')
  })
})

describe('single posts that those who led may read, to remove one for good', () => {
  const readable = (room: ReturnType<typeof heldBoard>) => board.readable?.(room.state, { ...room.around, lang: 'en' }).map(({ text }) => text)

  test('ER1 are those of the wall and those that were hidden; the id is the one that removes them', () => {
    const room = heldBoard()
    expect(readable(room)?.map((text) => text.split(' (')[0])).toEqual(['a bad word', 'a thought', 'it is us', expect.stringContaining('why now?')])
    const bad = board.readable?.(room.state, { ...room.around, lang: 'en' }).find(({ text }) => text === 'a bad word')
    board.redact(room.state, { id: bad?.id ?? '' })
    expect(JSON.stringify(room.state)).not.toContain('a bad word')
  })

  test('ER1 are nothing of an anonymous wall that was never shown, until its seal brings it into the record', () => {
    const room = stage(board, config, { anonymous: true })
    for (const who of ['ana', 'ben', 'eva']) room.person(who, write(`never shown ${who}`, 'thought'))
    expect(readable(room)).toEqual([])
    room.state = board.seal(room.state, 'seed')
    expect(readable(room)).toHaveLength(3)
  })

  test('ER1 of a wall that was veiled again, the hidden ones stay, and the others are not told', () => {
    const room = heldBoard()
    room.facilitator({ type: 'veil' })
    expect(readable(room)).toEqual(['a bad word'])
  })
})

describe('CA8 sealing', () => {
  test('keeps what was shown and what was hidden, and forgets who wrote it and in which order', () => {
    const room = heldBoard()
    room.person('kim', write('nobody saw this', 'thought'))
    const before = JSON.stringify(record(room))
    room.state = board.seal(room.state, 'seed')
    expect(before).toContain('a bad word')
    expect(JSON.stringify(record(room))).toContain('a bad word')
    expect(JSON.stringify(room.state)).not.toContain('tag<')
    // It was saved while it waited for two more people: the end brings it onto the wall, among the others.
    expect(room.state.wall.map((id) => room.state.cards[id]?.text)).toEqual(['a bad word', 'a thought', 'it is us', 'nobody saw this', 'why now?'])
    expect(JSON.stringify(report(room))).toContain('nobody saw this')
    expect(board.begun(room.state)).toBe(true)
  })

  test('keeps a wall that was never shown for the record alone, and nothing of what fewer than three people wrote', () => {
    for (const [people, kept] of [[['ana', 'ben', 'eva'], true], [['ana', 'ben'], false]] as const) {
      const room = stage(board, config)
      for (const who of people) room.person(who, write('never shown', 'thought'))
      room.state = board.seal(room.state, 'seed')
      expect(JSON.stringify(room.state).includes('never shown')).toBe(kept)
      expect(JSON.stringify(record(room)).includes('never shown"')).toBe(kept)
      expect(JSON.stringify(report(room))).not.toContain('never shown')
    }
  })

  test('the same contributions seal to the same whatever order they came in', () => {
    const sealedOf = (order: string[]) => {
      const room = stage(board, config)
      for (const who of order) room.person(who, write(`by ${who}`, 'thought'))
      room.facilitator({ type: 'reveal' })
      return Object.values(board.seal(room.state, 'seed').cards)
    }
    expect(sealedOf(['ana', 'ben', 'eva'])).toEqual(sealedOf(['eva', 'ana', 'ben']))
  })
})

describe('taking out for good', () => {
  test('one card, or everything of one person with their echoes', () => {
    const room = heldBoard()
    board.redact(room.state, { id: 'id-3' })
    board.redact(room.state, { author: room.author('ana') })
    expect(JSON.stringify(room.state)).not.toMatch(/it is us|a thought/)
    expect(JSON.stringify(room.state)).not.toContain(room.author('ana'))
    expect(room.state.cards['id-2']?.echoes).toBe(2)
  })
})

describe('whatever people do', () => {
  const deeds = fc.array(
    fc.oneof(
      { weight: 4, arbitrary: fc.record({ who: fc.integer({ min: 0, max: 7 }), does: arbitrary.participant }) },
      { weight: 2, arbitrary: fc.record({ who: fc.constant(undefined), does: arbitrary.facilitator }) },
    ),
    { maxLength: 80 },
  )
  const play = (done: { who: number | undefined; does: BoardCommand }[], each?: (room: ReturnType<typeof heldBoard>) => void) => {
    const room = stage(board, config)
    for (const { who, does } of done) {
      if (who === undefined) room.facilitator(does)
      else room.person(`p${who}`, does)
      each?.(room)
    }
    return room
  }

  test('CA1 CA2 an anonymous wall never changes by fewer than three people’s new cards, and no view holds a tag', () => {
    fc.assert(
      fc.property(deeds, (done) => {
        let placed = new Set<string>()
        play(done, (room) => {
          const wall = new Set(room.state.wall)
          const fresh = [...wall].filter((id) => !placed.has(id))
          const behind = new Set(fresh.map((id) => (room.state.cards[id]?.by === 'facilitators' ? id : room.state.cards[id]?.by)))
          if (fresh.length > 0) expect(behind.size).toBeGreaterThanOrEqual(3)
          placed = wall
          const shared = [room.view('screen'), room.view('everyone'), room.view('facilitator')]
          expect(JSON.stringify(shared)).not.toContain('tag<')
          if (!room.state.revealed) expect([shared[0]?.cards, shared[1]?.cards]).toEqual([{}, {}])
        })
      }),
    )
  })

  test('CA6 a card’s echoes are the people who echo it', () => {
    fc.assert(
      fc.property(deeds, (done) => {
        const { state } = play(done)
        for (const [id, card] of Object.entries(state.cards)) {
          expect(card.echoes).toBe(Object.values(state.people).filter((own) => own.echoed[id]).length)
        }
      }),
    )
  })

  test('the wall and what waits are all the cards there are, and each has its author', () => {
    fc.assert(
      fc.property(deeds, (done) => {
        const { state } = play(done)
        expect([...state.wall, ...Object.keys(state.waiting)].sort()).toEqual(Object.keys(state.cards).sort())
        expect(Object.values(state.people).flatMap((own) => Object.keys(own.cards)).sort()).toEqual(Object.keys(state.cards).sort())
      }),
    )
  })

  test('the same events fold into the same state', () => {
    fc.assert(
      fc.property(deeds, (done) => {
        const room = play(done)
        const replayed = board.start(config)
        for (const event of JSON.parse(JSON.stringify(room.events)) as typeof room.events) board.evolve(replayed, event)
        expect(replayed).toEqual(room.state)
      }),
    )
  })
})

test('the board of session A is one that the planner could have made', () => {
  expect([...Compile(board.config).Errors(template)]).toEqual([])
})
