import { expect, test } from 'vitest'
import { decideActivity, decideJoin, decideSession } from '#shared/session/decide.ts'
import { emptySession } from '#shared/session/model.ts'
import type { Plan } from '#shared/session/plan.ts'

const plan: Plan = {
  title: { en: 'A session' },
  hosts: '',
  date: '',
  languages: ['en'],
  bothOnScreen: false,
  naming: 'none',
  askDepartment: false,
  k: 5,
  departments: {},
  keepApart: {},
  support: '',
  groupings: {},
  steps: {},
}

const state = { ...emptySession('s', plan), phase: 'live' as const, people: { ana: { number: 10 } } }
const from = (sender: 'facilitator' | 'participant') => ({ sender, person: 'ana', tag: (scope: string) => scope, now: 0, seed: 's', id: 'i' })

test.each(['constructor', 'toString', 'valueOf'])('"%s" is a key of every object, and names nothing in a session', (key) => {
  expect(decideSession(state, { type: 'step.lock', step: key, locked: true }, from('facilitator'))).toEqual({ refused: 'not-open' })
  expect(decideSession(state, { type: 'call.answer', call: key }, from('facilitator'))).toEqual({ refused: 'not-found' })
  expect(decideSession(state, { type: 'person.remove', person: key }, from('facilitator'))).toEqual({ refused: 'not-found' })
  expect(decideSession(state, { type: 'flow.goto', step: key }, from('facilitator'))).toEqual({ refused: 'not-found' })
  expect(decideSession(state, { type: 'person.place', department: key }, from('participant'))).toEqual({ refused: 'not-found' })
  expect(decideActivity(state, key, { type: 'answer' }, from('participant'))).toEqual({ refused: 'not-open' })
  expect(decideJoin(state, { type: 'person.join', person: 'ben', department: key })).toEqual({ events: [{ type: 'person.joined', person: 'ben' }] })
})
