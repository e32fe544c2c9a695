import { describe, expect, test } from 'vitest'
import { board } from '#shared/activities/board/board.ts'
import type { Surroundings } from '#shared/activities/activity.ts'
import type { BoardConfig } from '#shared/activities/board/model.ts'
import { stage } from '../../../support/stage.ts'
import { config } from './arbitrary.ts'

const write = (text: string, kind = 'thought') => ({ type: 'write' as const, text, kind })
const named: Partial<Surroundings<BoardConfig>> = { anonymous: false, nameOf: (who) => `Name of ${who}` }

/** A board with one card each of these people; their texts are their names. */
function boardOf(people: string[], given: Partial<Surroundings<BoardConfig>> = {}) {
  const room = stage(board, config, given)
  for (const who of people) room.person(who, write(`by ${who}`))
  return room
}

type Room = ReturnType<typeof boardOf>
const texts = (room: Room, audience: 'screen' | 'everyone' | 'facilitator' = 'screen') =>
  Object.values(room.view(audience).cards).map((card) => card.text).sort()
const idOf = (room: Room, text: string) => Object.keys(room.state.cards).find((id) => room.state.cards[id]?.text === text) ?? ''

describe('writing', () => {
  test('CA1 nobody sees a card before the reveal, the facilitator included', () => {
    const room = boardOf(['ana', 'ben', 'eva', 'leo'])
    for (const audience of ['screen', 'everyone', 'facilitator'] as const) expect(texts(room, audience)).toEqual([])
    expect(room.mine('ana')?.cards).toMatchObject({ 'id-1': { text: 'by ana', shown: false } })
  })

  test('CA1 in a named step facilitators can read and hide it before', () => {
    const room = boardOf(['ana'], named)
    expect(texts(room, 'facilitator')).toEqual(['by ana'])
    expect(room.facilitator({ type: 'hide', id: 'id-1', reason: 'may-hurt' })).toBeUndefined()
    room.facilitator({ type: 'reveal' })
    expect(texts(room)).toEqual([])
    expect(room.mine('ana')?.cards['id-1']).toMatchObject({ hidden: { reason: 'may-hurt' } })
  })

  test('a person has a few cards, and room for another after taking one back', () => {
    const room = stage(board, config)
    for (const text of ['one', 'two', 'three']) expect(room.person('ana', write(text))).toBeUndefined()
    expect(room.person('ana', write('four'))).toBe('too-many')
    room.person('ana', { type: 'take-back', id: 'id-2' })
    expect(room.person('ana', write('five'))).toBeUndefined()
    const own = Object.values(room.mine('ana')?.cards ?? {}).sort((a, b) => a.order - b.order)
    expect(own.map((card) => card.text)).toEqual(['one', 'three', 'five'])
  })

  test('a length counts what people see as characters', () => {
    const room = stage(board, config)
    expect(room.person('ana', write('👩‍👩‍👧‍👦'.repeat(40)))).toBeUndefined()
    expect(room.person('ana', write('x'.repeat(41)))).toBe('too-long')
  })

  test('BO1 a kind that the board does not have is refused', () => {
    expect(stage(board, config).person('ana', write('words', 'rant'))).toBe('not-found')
    expect(stage(board, config).person('ana', write('words', 'constructor'))).toBe('not-found')
  })

  test('CA4 one edits and takes back one’s own; another’s card does not exist', () => {
    const room = boardOf(['ana', 'ben', 'eva'])
    expect(room.person('ben', { type: 'edit', id: 'id-1', text: 'mine now', kind: 'question' })).toBe('not-found')
    expect(room.person('ben', { type: 'take-back', id: 'id-1' })).toBe('not-found')
    room.person('ana', { type: 'edit', id: 'id-1', text: 'changed', kind: 'question', lang: 'es' })
    room.person('ben', { type: 'take-back', id: 'id-2' })
    room.person('leo', write('by leo'))
    room.facilitator({ type: 'reveal' })
    expect(texts(room)).toEqual(['by eva', 'by leo', 'changed'])
    expect(room.view('screen').cards['id-1']).toMatchObject({ kind: 'question', lang: 'es' })
    expect(room.mine('ben')?.cards).toEqual({})
  })

  test('a step that somebody wrote in has begun, even if it was taken back', () => {
    const room = boardOf(['ana'])
    room.person('ana', { type: 'take-back', id: 'id-1' })
    expect(board.begun(room.state)).toBe(true)
    expect(board.begun(board.start(config))).toBe(false)
  })
})

describe('the reveal', () => {
  test('CA2 shuffles: the wall is not in the order of writing for every seed', () => {
    const people = Array.from({ length: 8 }, (_, i) => `p${i}`)
    const room = boardOf(people)
    room.facilitator({ type: 'reveal' })
    expect(texts(room)).toHaveLength(8)
    expect(room.state.wall).not.toEqual(Object.keys(room.state.cards))
  })

  test('CA2 with cards of fewer than three people nothing appears until there are three', () => {
    const room = boardOf(['ana', 'ana', 'ana', 'ben'])
    expect(room.view('facilitator').enough).toBe(false)
    room.facilitator({ type: 'reveal' })
    expect(texts(room)).toEqual([])
    room.person('eva', write('by eva'))
    expect(texts(room), 'one of three is Ana’s: the others wait').toEqual(['by ana', 'by ben', 'by eva'])
    expect(Object.values(room.mine('ana')?.cards ?? {}).map(({ shown }) => shown)).toEqual([true, false, false])
  })

  test('CA2 later anonymous cards wait for two others’, and only their author knows', () => {
    const room = boardOf(['ana', 'ben', 'eva'])
    room.facilitator({ type: 'reveal' })
    const before = JSON.stringify([room.view('screen'), room.view('everyone'), room.view('facilitator')])
    room.person('leo', write('by leo'))
    room.person('mia', write('by mia'))
    expect(JSON.stringify([room.view('screen'), room.view('everyone'), room.view('facilitator')])).toBe(before)
    expect(room.mine('leo')?.cards['id-5']).toMatchObject({ shown: false })
    room.person('kim', write('by kim'))
    expect(texts(room)).toEqual(['by ana', 'by ben', 'by eva', 'by kim', 'by leo', 'by mia'])
    expect(room.mine('leo')?.cards['id-5']).toMatchObject({ shown: true })
  })

  test('CA2 a veil drawn and lifted again brings out nobody’s single card', () => {
    const room = boardOf(['ana', 'ben', 'eva'])
    room.facilitator({ type: 'reveal' })
    room.facilitator({ type: 'veil' })
    room.person('leo', write('by leo'))
    expect(texts(room)).toEqual([])
    room.facilitator({ type: 'reveal' })
    expect(texts(room)).toEqual(['by ana', 'by ben', 'by eva'])
  })

  test('CA2 in a named step a later card appears at once, with its name', () => {
    const room = boardOf([], named)
    room.facilitator({ type: 'reveal' })
    room.person('ana', write('by ana'))
    expect(room.view('screen').cards).toMatchObject({ 'id-2': { text: 'by ana', name: 'Name of ana' } })
  })

  test('the events name the authors whose own view says it is shown', () => {
    const room = boardOf(['ana', 'ben', 'eva'])
    room.facilitator({ type: 'reveal' })
    const touched = room.events.slice(-2).flatMap((event) => board.touches(event))
    expect(touched).toEqual(['ana', 'ben', 'eva'].map((who) => room.author(who)))
  })

  test('revealing what is revealed, and veiling what is veiled, is said to be done', () => {
    const room = boardOf(['ana', 'ben', 'eva'])
    expect(room.facilitator({ type: 'veil' })).toBe('already')
    room.facilitator({ type: 'reveal' })
    expect(room.facilitator({ type: 'reveal' })).toBe('already')
  })
})

describe('the wall', () => {
  const crowd = Array.from({ length: 30 }, (_, i) => `p${i}`)

  test('CA3 shows twelve at most, and turns its pages', () => {
    const room = boardOf(crowd)
    room.facilitator({ type: 'reveal' })
    const first = texts(room)
    expect(first).toHaveLength(12)
    expect(room.view('screen')).toMatchObject({ page: 0, pages: 3 })
    room.facilitator({ type: 'page', page: 2 })
    expect(texts(room)).toHaveLength(6)
    expect(texts(room).some((text) => first.includes(text))).toBe(false)
    expect(texts(room, 'everyone')).toHaveLength(30)
  })

  test('the card in the light stands alone on the screen; the next page puts it out', () => {
    const room = boardOf(crowd)
    room.facilitator({ type: 'reveal' })
    const id = idOf(room, 'by p7')
    room.facilitator({ type: 'spotlight', id })
    expect(texts(room)).toEqual(['by p7'])
    expect(room.view('everyone').spotlight).toBe(id)
    room.facilitator({ type: 'page', page: 1 })
    expect(room.view('screen').spotlight).toBeUndefined()
    expect(texts(room)).toHaveLength(12)
  })

  test('a card that waits or is hidden cannot be put in the light', () => {
    const room = boardOf(['ana', 'ben', 'eva'])
    expect(room.facilitator({ type: 'spotlight', id: 'id-1' })).toBe('not-found')
    room.facilitator({ type: 'reveal' })
    room.facilitator({ type: 'hide', id: 'id-1' })
    expect(room.facilitator({ type: 'spotlight', id: 'id-1' })).toBe('not-found')
  })

  test('CA5 a hidden card is gone from the room, and its author reads why', () => {
    const room = boardOf(['ana', 'ben', 'eva'])
    room.facilitator({ type: 'reveal' })
    room.facilitator({ type: 'spotlight', id: 'id-1' })
    room.facilitator({ type: 'hide', id: 'id-1', reason: 'names-somebody', note: 'It says who.' })
    expect(texts(room)).toEqual(['by ben', 'by eva'])
    expect(JSON.stringify(room.view('everyone'))).not.toContain('by ana')
    expect(room.mine('ana')?.cards['id-1']?.hidden).toEqual({ reason: 'names-somebody', note: 'It says who.' })
    expect(room.view('facilitator').cards['id-1']?.hidden?.reason).toBe('names-somebody')
    room.facilitator({ type: 'unhide', id: 'id-1' })
    expect(texts(room)).toContain('by ana')
    expect(room.mine('ana')?.cards['id-1']?.hidden).toBeUndefined()
  })

  test('CA5 under a veil the facilitator can still hide what must not come back', () => {
    const room = boardOf(['ana', 'ben', 'eva'])
    room.facilitator({ type: 'reveal' })
    room.facilitator({ type: 'veil' })
    expect(texts(room, 'facilitator')).toHaveLength(3)
    room.facilitator({ type: 'hide', id: 'id-1' })
    room.facilitator({ type: 'reveal' })
    expect(texts(room)).toEqual(['by ben', 'by eva'])
  })

  test('CA1 what waits in an anonymous step cannot be hidden either: that would tell that it is there', () => {
    const room = boardOf(['ana'])
    expect(room.facilitator({ type: 'hide', id: 'id-1' })).toBe('not-found')
  })
})

describe('echoes', () => {
  const echo = (id: string, on = true) => ({ type: 'echo' as const, id, on })

  test('CA6 one a person, taken back by tapping again, none for one’s own', () => {
    const room = boardOf(['ana', 'ben', 'eva'], named)
    room.facilitator({ type: 'reveal' })
    expect(room.person('ana', echo('id-1'))).toBe('not-permitted')
    room.person('ben', echo('id-1'))
    room.person('ben', echo('id-1'))
    expect(room.view('screen').cards['id-1']?.echoes).toBe(1)
    expect(room.mine('ben')?.echoed).toEqual({ 'id-1': true })
    room.person('ben', echo('id-1', false))
    expect(room.view('screen').cards['id-1']?.echoes).toBeUndefined()
  })

  test('CA6 in an anonymous step they count from k on, and by threes', () => {
    const room = boardOf(['ana', 'ben', 'eva'])
    room.facilitator({ type: 'reveal' })
    const shown = [1, 2, 3, 4, 5, 6, 7, 8].map((n) => {
      room.person(`echoing ${n}`, echo('id-1'))
      return room.view('everyone').cards['id-1']?.echoes
    })
    expect(shown).toEqual([undefined, undefined, undefined, undefined, 5, 5, 5, 8])
  })

  test('a card that is not to be seen cannot be echoed', () => {
    const room = boardOf(['ana', 'ben', 'eva'])
    expect(room.person('ben', echo('id-1'))).toBe('not-found')
    room.facilitator({ type: 'reveal' })
    room.facilitator({ type: 'veil' })
    expect(room.person('ben', echo('id-1'))).toBe('not-found')
  })

  test('F3 a card that is taken back goes without a word of its echoes, and changes nobody else’s own view', () => {
    const room = boardOf(['ana', 'ben', 'eva'], named)
    room.facilitator({ type: 'reveal' })
    room.person('ben', echo('id-1'))
    const before = room.mine('ben')
    room.person('ana', { type: 'take-back', id: 'id-1' })
    // An own view is sent anew only to those whom an event names.
    expect(room.mine('ben')).toEqual(before)
    expect(room.view('everyone').cards['id-1']).toBeUndefined()
    expect(room.person('ben', { ...echo('id-1'), on: false })).toBe('not-found')
  })
})

describe('for others, for later', () => {
  test('BO2 a card on behalf of somebody comes with others’, and says nothing about it in the room', () => {
    const room = boardOf(['ana', 'ben', 'eva'])
    room.facilitator({ type: 'behalf', text: 'on paper', kind: 'question' })
    expect(room.view('facilitator').cards['id-4']).toMatchObject({ text: 'on paper', behalf: true, waiting: true })
    room.facilitator({ type: 'reveal' })
    expect(texts(room)).toEqual(['by ana', 'by ben', 'by eva', 'on paper'])
    expect(JSON.stringify([room.view('screen'), room.view('everyone')])).not.toContain('behalf')
    room.facilitator({ type: 'take-back', id: 'id-4' })
    expect(texts(room)).toEqual(['by ana', 'by ben', 'by eva'])
  })

  test('a facilitator cannot take back or change what a person wrote', () => {
    const room = boardOf(['ana', 'ben', 'eva'])
    room.facilitator({ type: 'reveal' })
    expect(room.facilitator({ type: 'take-back', id: 'id-1' })).toBe('not-found')
    expect(room.facilitator({ type: 'edit', id: 'id-1', text: 'nicer', kind: 'thought' })).toBe('not-found')
  })

  test('BO3 a parked card is marked, and can be taken up again', () => {
    const room = boardOf(['ana', 'ben', 'eva'])
    room.facilitator({ type: 'reveal' })
    room.facilitator({ type: 'park', id: 'id-1' })
    expect(room.view('screen').cards['id-1']?.parked).toBe(true)
    room.facilitator({ type: 'unpark', id: 'id-1' })
    expect(room.view('screen').cards['id-1']?.parked).toBeUndefined()
  })

  test('what a later step may take is what stands on the wall', () => {
    const room = boardOf(['ana', 'ben', 'eva'])
    expect(board.gives?.(room.state, room.around)).toEqual([])
    room.facilitator({ type: 'reveal' })
    room.facilitator({ type: 'hide', id: 'id-1' })
    const given = board.gives?.(room.state, room.around) ?? []
    expect(given.map((item) => item.text).sort()).toEqual(['by ben', 'by eva'])
    expect(given[0]?.kind).toBe('thought')
  })
})
