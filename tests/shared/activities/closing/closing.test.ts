import { describe, expect, test } from 'vitest'
import { closing } from '#shared/activities/closing/closing.ts'
import { stage } from '../../../support/stage.ts'
import { config } from './arbitrary.ts'

const write = (text: string) => ({ type: 'write' as const, text })
const idOf = (room: ReturnType<typeof closed>, name: string) => Object.keys(room.mine(name)?.cards ?? {})[0] as string

function closed(anonymous = false) {
  return stage(closing, config, { anonymous, nameOf: (author) => (author.startsWith('tag<') ? undefined : author.toUpperCase()) })
}

describe('a commitment that is shared', () => {
  test('CL1 is one a person: a second is refused, the first may be edited and taken back', () => {
    const room = closed()
    room.person('ana', write('I will ask one student each week.'))
    expect(room.person('ana', write('And another.'))).toBe('too-many')
    const id = idOf(room, 'ana')
    expect(room.person('ana', { type: 'edit', id, text: 'I will ask two.' })).toBeUndefined()
    expect(room.mine('ana')?.cards[id]?.text).toBe('I will ask two.')
    expect(room.person('ben', { type: 'edit', id, text: 'Mine now.' })).toBe('not-found')
    expect(room.person('ana', { type: 'take-back', id })).toBeUndefined()
    expect(room.person('ana', write('A new one.'))).toBeUndefined()
  })

  test('CL1 is as long as a back row can read', () => {
    const room = closed()
    expect(room.person('ana', write('x'.repeat(201)))).toBe('too-long')
    expect(room.person('ana', write('🏳️‍🌈'.repeat(200)))).toBeUndefined()
  })

  test('CL2 is seen by nobody else before the reveal, then with the name where the step is named', () => {
    const room = closed()
    room.person('ana', write('I will listen first.'))
    expect(JSON.stringify([room.view('screen'), room.view('everyone')])).not.toContain('listen')
    room.facilitator({ type: 'reveal' })
    expect(Object.values(room.view('screen').cards)).toEqual([{ order: 0, text: 'I will listen first.', name: 'ANA' }])
  })

  test('CL2 stands without a name in an anonymous step, and comes only in company', () => {
    const room = closed(true)
    for (const name of ['ana', 'ben', 'eva', 'leo', 'mia']) room.person(name, write(`By ${name.length} letters, ${name.at(0)}`))
    room.facilitator({ type: 'reveal' })
    room.person('late', write('Alone'))
    const screen = JSON.stringify(room.view('screen'))
    expect(screen).not.toMatch(/tag<|ANA|Alone/)
    expect(Object.keys(room.view('screen').cards)).toHaveLength(5)
  })
})

describe('the notes', () => {
  test('CL3 hold what was shared and shown, and never what was hidden', () => {
    const room = closed()
    room.person('ana', write('I will listen first.'))
    room.person('ben', write('I will watch Carla.'))
    expect(JSON.stringify(closing.report(room.state, { ...room.around, lang: 'en' }))).not.toContain('I will')
    room.facilitator({ type: 'reveal' })
    room.facilitator({ type: 'hide', id: idOf(room, 'ben'), reason: 'names-somebody' })
    const notes = JSON.stringify(closing.report(room.state, { ...room.around, lang: 'en' }))
    expect(notes).toContain('I will listen first. (ANA)')
    expect(notes).not.toContain('Carla')
    expect(JSON.stringify(closing.record?.(room.state, { ...room.around, lang: 'en' }))).toContain('Carla')
    expect(room.mine('ben')?.cards[idOf(room, 'ben')]?.hidden).toEqual({ reason: 'names-somebody' })
  })

  test('CL3 say that what people keep for themselves is not in them', () => {
    const room = closed()
    expect(JSON.stringify(closing.report(room.state, { ...room.around, lang: 'es' }))).toContain('no salieron de su teléfono')
  })
})
