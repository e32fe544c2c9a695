/** CA9, F30: facilitators hold a wall, and what comes meanwhile waits with them. */
import { describe, expect, test } from 'vitest'
import { board } from '#shared/activities/board/board.ts'
import { stage } from '../../../support/stage.ts'
import { config } from '../board/arbitrary.ts'

const write = (text: string) => ({ type: 'write' as const, text, kind: 'thought' })
const hold = (on: boolean) => ({ type: 'hold' as const, on })

/** A wall that is shown and held; each of these has a card on it. */
function held(people: readonly string[], anonymous: boolean) {
  const room = stage(board, config, { anonymous, nameOf: (who) => who })
  for (const who of people) room.person(who, write(`by ${who}`))
  room.facilitator({ type: 'reveal' })
  expect(room.facilitator(hold(true))).toBeUndefined()
  const idOf = (who: string) => Object.keys(room.mine(who)?.cards ?? {})[0] ?? ''
  return {
    room,
    idOf,
    edit: (who: string, text = `${who} again`) => room.person(who, { type: 'edit', id: idOf(who), text, kind: 'thought' }),
    own: (who: string) => Object.values(room.mine(who)?.cards ?? {}).map(({ text, shown, waits }) => [text, shown, waits]),
    texts: (audience: 'screen' | 'everyone' = 'everyone') => Object.values(room.view(audience).cards).map(({ text }) => text).sort(),
    report: () => JSON.stringify(board.report(room.state, { ...room.around, lang: 'en' })),
    record: () => JSON.stringify(board.record?.(room.state, { ...room.around, lang: 'en' })),
  }
}

const THREE = ['ana', 'ben', 'eva']
const SIX = [...THREE, 'kim', 'leo', 'mia']

describe('a named wall that is held', () => {
  test('CA9 F30 keeps new cards and other words from screen and phones; those who hold it read them, and authors are told that they are saved', () => {
    const it = held(THREE, false)
    it.room.person('dan', write('new'))
    it.edit('ana')
    for (const audience of ['screen', 'everyone'] as const) expect(it.texts(audience)).toEqual(['by ana', 'by ben', 'by eva'])
    const listed = Object.values(it.room.view('facilitator').cards)
    expect(listed.find(({ text }) => text === 'new')).toMatchObject({ waiting: true, name: 'dan' })
    expect(listed.find(({ text }) => text === 'by ana')).toMatchObject({ becomes: 'ana again' })
    expect([it.own('dan'), it.own('ana')]).toEqual([[['new', false, undefined]], [['ana again', true, 'edit']]])
    for (const audience of ['screen', 'everyone', 'facilitator'] as const) expect(it.room.view(audience).held).toBe(true)
  })

  test('CA9 F30 let through, all of it comes but what was hidden meanwhile', () => {
    const it = held(THREE, false)
    for (const text of ['kind words', 'unkind words']) it.room.person('dan', write(text))
    it.edit('ana')
    const unkind = Object.keys(it.room.state.cards).find((id) => it.room.state.cards[id]?.text === 'unkind words') ?? ''
    expect(it.room.facilitator({ type: 'hide', id: unkind, reason: 'may-hurt' })).toBeUndefined()
    it.room.facilitator(hold(false))
    expect(it.texts()).toEqual(['ana again', 'by ben', 'by eva', 'kind words'])
    expect(it.room.view('everyone').held).toBeUndefined()
    expect(it.own('ana')).toEqual([['ana again', true, undefined]])
    it.room.person('leo', write('at once'))
    expect(it.texts()).toContain('at once')
  })

  test('CA9 a card is taken back at once, with what was to become of it', () => {
    const it = held(THREE, false)
    it.edit('ana')
    it.room.person('ana', { type: 'take-back', id: it.idOf('ana') })
    expect(it.texts()).toEqual(['by ben', 'by eva'])
    it.room.facilitator(hold(false))
    expect(it.texts()).toEqual(['by ben', 'by eva'])
  })

  test('CA9 NT4 what is still held at the end is for the record alone', () => {
    const it = held(THREE, false)
    it.room.person('dan', write('new'))
    it.edit('ana')
    for (const words of ['new', 'ana again']) {
      expect(it.report()).not.toContain(words)
      expect(it.record()).toContain(words)
    }
    expect(it.report()).toContain('by ana')
  })
})

describe('an anonymous wall that is held', () => {
  test('CA9 F5 shows nothing to anybody, however many write and change; let through, it comes in companies', () => {
    const it = held(SIX, true)
    const seen = () => JSON.stringify([it.room.view('screen'), it.room.view('everyone'), { ...it.room.view('facilitator'), enough: 'for letting through' }])
    const before = seen()
    for (const who of ['nia', 'oli', 'pam', 'quin']) it.room.person(who, write(`by ${who}`))
    for (const who of THREE) it.edit(who)
    expect(seen()).toBe(before)
    expect(it.room.view('facilitator').enough).toBe(true)
    it.room.facilitator(hold(false))
    expect(it.texts()).toEqual([...THREE.map((who) => `${who} again`), 'by kim', 'by leo', 'by mia', 'by nia', 'by oli', 'by pam', 'by quin'].sort())
  })

  test('CA9 F5 two people’s cards and changes wait on after that', () => {
    const it = held(SIX, true)
    for (const who of ['nia', 'oli']) it.room.person(who, write(`by ${who}`))
    for (const who of ['ana', 'ben']) it.edit(who)
    it.room.facilitator(hold(false))
    expect(it.texts()).toEqual(SIX.map((who) => `by ${who}`))
  })

  test('CA8 CA9 sealed while it is held, new cards and other words are for the record alone, and who took theirs back is heard', () => {
    const it = held(SIX, true)
    for (const who of THREE) it.room.person(`${who}-too`, write(`late ${who}`))
    it.edit('ana')
    it.room.person('ben', { type: 'take-back', id: it.idOf('ben') })
    it.room.state = board.seal(it.room.state, 'seed')
    for (const words of [...THREE.map((who) => `late ${who}`), 'ana again']) {
      expect(it.report()).not.toContain(words)
      expect(it.record()).toContain(words)
    }
    for (const words of ['by ana', 'by ben']) expect(it.report() + it.record()).not.toContain(words)
    expect(JSON.stringify(it.room.state)).not.toContain('tag<')
    const once = [it.report(), it.record()]
    it.room.state = board.seal(it.room.state, 'seed')
    expect([it.report(), it.record()]).toEqual(once)
  })
})

describe('holding', () => {
  test('CA9 is for a wall that is shown, once; a reveal does not end it, and a veil does', () => {
    const room = stage(board, config, { anonymous: false })
    expect(room.facilitator(hold(true))).toBe('already')
    room.facilitator({ type: 'reveal' })
    expect(room.facilitator(hold(false))).toBe('already')
    room.facilitator(hold(true))
    expect(room.facilitator(hold(true))).toBe('already')
    room.person('ana', write('new'))
    expect(room.facilitator({ type: 'reveal' })).toBe('already')
    room.facilitator({ type: 'veil' })
    room.facilitator({ type: 'reveal' })
    expect([room.view('everyone').held, Object.values(room.view('everyone').cards).map(({ text }) => text)]).toEqual([undefined, ['new']])
  })

  test('CA9 nothing waits for ever: a veil lets through what was to become of cards', () => {
    const it = held(THREE, false)
    it.edit('ana')
    it.room.facilitator({ type: 'veil' })
    expect(it.room.state.changes).toEqual({})
    expect(it.own('ana')).toEqual([['ana again', true, undefined]])
  })
})
