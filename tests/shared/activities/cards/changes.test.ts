/** CA4, F5, F6: what authors change on an anonymous wall moves like a release. */
import { describe, expect, test } from 'vitest'
import { board } from '#shared/activities/board/board.ts'
import { stage } from '../../../support/stage.ts'
import { config } from '../board/arbitrary.ts'

const write = (text: string) => ({ type: 'write' as const, text, kind: 'thought' })

/** A wall on which each of these has a card, "by ana", that came with all the others. */
function wall(people: readonly string[], anonymous = true) {
  const room = stage(board, { ...config, perPerson: 3 }, { anonymous })
  for (const who of people) room.person(who, write(`by ${who}`))
  room.facilitator({ type: 'reveal' })
  const idOf = (who: string) => Object.keys(room.mine(who)?.cards ?? {})[0] ?? ''
  return {
    ...room,
    room,
    edit: (who: string, text = `${who} again`) => room.person(who, { type: 'edit', id: idOf(who), text, kind: 'thought' }),
    takeBack: (who: string) => room.person(who, { type: 'take-back', id: idOf(who) }),
    own: (who: string) => Object.values(room.mine(who)?.cards ?? {})[0],
    texts: () => Object.values(room.view('everyone').cards).map(({ text }) => text).sort(),
    seen: () => JSON.stringify([room.view('facilitator'), room.view('screen'), room.view('everyone')]),
  }
}

const SIX = ['ana', 'ben', 'eva', 'kim', 'leo', 'mia']

describe('changes on an anonymous wall', () => {
  test('CA4 F6 wait for two others who came with it, and only their author knows', () => {
    const it = wall(SIX)
    const before = it.seen()
    it.edit('ana')
    it.takeBack('ben')
    expect(it.seen()).toBe(before)
    expect(it.own('ana')).toMatchObject({ text: 'ana again', waits: 'edit' })
    expect(it.own('ben')).toMatchObject({ text: 'by ben', waits: 'take-back' })
    it.edit('eva')
    expect(it.texts()).toEqual(['ana again', 'by kim', 'by leo', 'by mia', 'eva again'])
    expect(it.own('ana')).not.toHaveProperty('waits')
    expect(it.own('ben')).toBeUndefined()
  })

  test('CA4 F6 nor does a change name those who did not change: three stay, or none', () => {
    const it = wall(SIX.slice(0, 5))
    for (const who of ['ana', 'ben', 'eva']) it.edit(who)
    expect(it.texts(), 'two would be left').toEqual(['by ana', 'by ben', 'by eva', 'by kim', 'by leo'])
    for (const who of ['kim', 'leo']) it.edit(who)
    expect(it.texts()).toEqual(['ana again', 'ben again', 'eva again', 'kim again', 'leo again'])
  })

  test('CA4 F6 a second change is with those of the first: whoever changes twice is not found in both crowds', () => {
    const it = wall(SIX)
    for (const who of ['ana', 'ben', 'eva']) it.edit(who)
    const before = it.seen()
    for (const who of ['ana', 'kim', 'leo']) it.edit(who, `${who} once more`)
    expect(it.seen()).toBe(before)
  })

  test('CA4 F6 companies are those of one release: others who write and change meanwhile make no crowd for it', () => {
    const it = wall(SIX)
    for (const who of ['x', 'y', 'z']) it.room.person(who, write(`by ${who}`))
    const before = it.seen()
    it.edit('ana')
    for (const who of ['x', 'y']) it.edit(who)
    expect(it.seen()).toBe(before)
    it.edit('z')
    expect(it.texts()).toEqual(['by ana', 'by ben', 'by eva', 'by kim', 'by leo', 'by mia', 'x again', 'y again', 'z again'])
  })

  test('CA4 what is put back as it was waits no more, and what is taken back is nobody’s to edit', () => {
    const it = wall(SIX)
    it.edit('ana')
    it.edit('ana', 'by ana')
    expect(it.own('ana')).not.toHaveProperty('waits')
    it.takeBack('ben')
    expect([it.edit('ben'), it.takeBack('ben')]).toEqual(['not-found', 'not-found'])
    expect([it.room.person('ben', write('another')), it.room.person('ben', write('a third')), it.room.person('ben', write('a fourth'))]).toEqual([undefined, undefined, undefined])
    expect(it.room.person('ben', write('a fifth'))).toBe('too-many')
  })

  test('CA4 a card that waits is changed and taken back at once, and so is one with a name', () => {
    const it = wall(SIX)
    it.room.person('x', write('by x'))
    it.edit('x')
    expect(it.own('x')).toMatchObject({ text: 'x again', shown: false })
    expect(it.own('x')).not.toHaveProperty('waits')
    it.takeBack('x')
    expect(it.own('x')).toBeUndefined()
    const named = wall(SIX, false)
    named.edit('ana')
    named.takeBack('ben')
    expect(named.texts()).toEqual(['ana again', 'by eva', 'by kim', 'by leo', 'by mia'])
  })

  test('CA4 CA5 for safety a facilitator hides any card at once', () => {
    const it = wall(SIX)
    it.takeBack('ana')
    const id = Object.keys(it.room.mine('ana')?.cards ?? {})[0] ?? ''
    it.room.facilitator({ type: 'hide', id })
    expect(it.texts()).not.toContain('by ana')
  })

  test('CA8 sealing lets happen what waited: an author’s last word stands in the notes', () => {
    const it = wall(SIX)
    it.edit('ana')
    it.takeBack('ben')
    const sealed = board.seal(it.room.state, 'seed')
    expect(Object.values(sealed.cards).map(({ text }) => text)).toEqual(['ana again', 'by eva', 'by kim', 'by leo', 'by mia'])
    expect(JSON.stringify(sealed)).not.toMatch(/tag<|by ben/u)
  })
})

test('BO2 F6 two cards on behalf of others bring out nobody’s one card, which would be known by them', () => {
  const { room, texts } = wall(['ana'])
  const paper = (text: string) => room.facilitator({ type: 'behalf', text, kind: 'question' })
  paper('on paper')
  paper('on more paper')
  expect(texts()).toEqual([])
  paper('on a third')
  expect(texts(), 'whether somebody else waits or not').toEqual(['on a third', 'on more paper', 'on paper'])
})

describe('numbers about echoes', () => {
  test('CA6 F5 do not move to and fro with one thumb, nor are few of them kept', () => {
    const it = wall(['ana', 'ben', 'eva'])
    const id = Object.keys(it.room.view('everyone').cards)[0] ?? ''
    const echo = (who: string, on = true) => it.room.person(who, { type: 'echo', id, on })
    const told = () => it.room.view('screen').cards[id]?.echoes
    for (const who of ['p0', 'p1', 'p2', 'p3']) echo(who)
    expect(told()).toBeUndefined()
    expect(board.seal(structuredClone(it.room.state), 'seed').cards[id]).toMatchObject({ echoes: 0 })
    echo('p4')
    expect(told()).toBe(5)
    for (const on of [false, true, false]) {
      echo('p4', on)
      expect(told()).toBe(5)
    }
    for (const who of ['p5', 'p6', 'p7', 'p8']) echo(who)
    expect(told()).toBe(5)
    expect(board.seal(structuredClone(it.room.state), 'seed').cards[id]).toMatchObject({ echoes: 5 })
  })
})
