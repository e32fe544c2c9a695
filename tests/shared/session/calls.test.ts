import { describe, expect, test } from 'vitest'
import type { SessionCommand } from '#shared/session/commands.ts'
import { enoughCalled } from '#shared/session/calls.ts'
import { decideSession } from '#shared/session/decide.ts'
import type { SessionEvent } from '#shared/session/events.ts'
import { evolve } from '#shared/session/evolve.ts'
import { emptySession, type CallKind } from '#shared/session/model.ts'
import type { Plan } from '#shared/session/plan.ts'
import { touched } from '#shared/session/touched.ts'
import { everyoneView, facilitatorView, mineView, screenView } from '#shared/session/views/views.ts'
import { weather } from '#shared/templates/smart-goals/check-in.ts'
import { tagOf } from '../../support/stage.ts'

const raise = (what: CallKind): SessionCommand => ({ type: 'call.raise', what })

const step = (order: number) => ({ order, title: { en: `Step ${order}` }, minutes: 5, anonymous: true, activity: { kind: 'check-in', config: weather } })

const plan: Plan = {
  title: { en: 'A session' },
  hosts: '',
  date: '',
  languages: ['en'],
  bothOnScreen: false,
  naming: 'first',
  askDepartment: false,
  k: 5,
  departments: {},
  keepApart: {},
  support: '',
  groupings: {},
  steps: { one: step(0), two: step(1) },
}

/** A session in its first step, with Ana and Ben in it. */
function live() {
  const state = emptySession('s', plan)
  const log: SessionEvent[] = []
  const send = (who: string | undefined, command: SessionCommand) => {
    const context = {
      sender: who === undefined ? ('facilitator' as const) : ('participant' as const),
      ...(who === undefined ? {} : { person: who }),
      tag: (scope: string) => tagOf(who ?? '', scope),
      now: 0,
      seed: 'seed',
      id: `call-${log.length}`,
    }
    const decision = decideSession(state, command, context)
    if ('refused' in decision) return decision.refused
    for (const event of decision.events) {
      evolve(state, event, 0)
      log.push(event)
    }
    return undefined
  }
  for (const person of ['ana', 'ben']) evolve(state, { type: 'person.joined', person, name: person.toUpperCase() }, 0)
  const begin = () => send(undefined, { type: 'session.start' })
  const mine = (who: string) => mineView(state, who, (scope) => tagOf(who, scope)).calls
  return { state, log, send, begin, mine }
}

describe('calling', () => {
  test('CS1 is for participants, while the session is live', () => {
    const { send, begin } = live()
    expect(send('ana', raise('slow-down'))).toBe('not-open')
    begin()
    expect(send(undefined, raise('slow-down'))).toBe('not-permitted')
    expect(send('ana', raise('slow-down'))).toBeUndefined()
    send(undefined, { type: 'session.end' })
    expect(send('ana', raise('slow-down'))).toBe('ended')
  })

  test('CS1 three open calls of one person in one step are enough; one that was seen makes room', () => {
    const { send, begin, mine } = live()
    begin()
    for (const what of ['slow-down', 'that-hurt', 'slow-down'] as const) send('ana', raise(what))
    expect(send('ana', raise('that-hurt'))).toBe('too-many')
    expect(send('ben', raise('that-hurt'))).toBeUndefined()
    send(undefined, { type: 'call.answer', call: Object.keys(mine('ana'))[0] as string })
    expect(send('ana', raise('that-hurt'))).toBeUndefined()
  })

  test('CS2 "slow down" and "that hurt" hold nobody, and two steps’ calls have different authors', () => {
    const { send, begin, log } = live()
    begin()
    send('ana', raise('that-hurt'))
    send(undefined, { type: 'flow.next' })
    send('ana', raise('that-hurt'))
    const authors = log.flatMap((event) => (event.type === 'call.raised' ? [event.by] : []))
    expect(authors).toEqual([tagOf('ana', 'calls/one'), tagOf('ana', 'calls/two')])
  })

  test('CS2 "please find me" carries its sender, who chose so', () => {
    const { send, begin, log } = live()
    begin()
    send('ana', raise('find-me'))
    expect(log.at(-1)).toMatchObject({ type: 'call.raised', what: 'find-me', by: 'ana' })
  })
})

describe('whether enough have called', () => {
  test('CS5 F5 one person who calls in several steps, and by name, is one', () => {
    const { send, begin, state } = live()
    begin()
    send('ana', raise('that-hurt'))
    send('ana', raise('find-me'))
    send('ben', raise('slow-down'))
    send(undefined, { type: 'flow.next' })
    send('ana', raise('slow-down'))
    send('ben', raise('that-hurt'))
    expect(enoughCalled(state)).toBe(false)
    send('cleo', raise('that-hurt'))
    expect(enoughCalled(state)).toBe(true)
  })
})

describe('who learns of it', () => {
  test('CS3 facilitators learn what was called, and a name only with "please find me"', () => {
    const { send, begin, state } = live()
    begin()
    send('ana', raise('that-hurt'))
    send('ben', raise('find-me'))
    expect(Object.values(facilitatorView(state).calls)).toEqual([
      { what: 'that-hurt', answered: false },
      { what: 'find-me', answered: false, name: 'BEN' },
    ])
    expect(JSON.stringify(facilitatorView(state))).not.toContain('tag<')
  })

  test('CS3 neither the screen nor the other phones learn anything', () => {
    const { send, begin, state, mine } = live()
    begin()
    const before = JSON.stringify([screenView(state), everyoneView(state), mine('ben')])
    send('ana', raise('that-hurt'))
    send('ana', raise('find-me'))
    expect(JSON.stringify([screenView(state), everyoneView(state), mine('ben')])).toBe(before)
  })

  test('CS4 its sender is told that it was seen, and only the sender', () => {
    const { send, begin, state, mine } = live()
    begin()
    send('ana', raise('that-hurt'))
    const call = Object.keys(mine('ana'))[0] as string
    expect(mine('ana')).toEqual({ [call]: { what: 'that-hurt', answered: false } })
    expect(send('ana', { type: 'call.answer', call })).toBe('not-permitted')
    send(undefined, { type: 'call.answer', call })
    expect(mine('ana')[call]?.answered).toBe(true)
    expect(touched(state, { type: 'call.answered', call })).toEqual([tagOf('ana', 'calls/one')])
  })

  test('CS4 a call that does not exist cannot be answered', () => {
    const { send, begin } = live()
    begin()
    expect(send(undefined, { type: 'call.answer', call: 'call-99' })).toBe('not-found')
    expect(send(undefined, { type: 'call.answer', call: 'constructor' })).toBe('not-found')
  })
})
