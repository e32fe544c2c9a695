/** WI5 to WI8: what comes from outside is parsed once, at the edge; and no name of ours is taken from what every object has. */
import fc from 'fast-check'
import Type from 'typebox'
import { describe, expect, test } from 'vitest'
import { kinds } from '#shared/activities/registry.ts'
import { sessionCommands } from '#shared/session/commands.ts'
import type { SessionContext } from '#shared/session/context.ts'
import { decideActivity, decideJoin, decideSession } from '#shared/session/decide.ts'
import { evolve } from '#shared/session/evolve.ts'
import { emptySession, type SessionState } from '#shared/session/model.ts'
import { everyoneView, facilitatorView, mineView, screenView } from '#shared/session/views/views.ts'
import { smartGoals } from '#shared/templates/smart-goals/plan.ts'
import { parse, parseCommand, parseConfigs } from '#shared/wire/parse.ts'
import { arbitraries, planOf } from '../../support/kinds.ts'
import type { Command } from '../../support/line.ts'
import { sample } from '../../support/sample.ts'

const Words = Type.Object({ text: Type.String({ maxLength: 5 }), more: Type.Optional(Type.Record(Type.String({ pattern: '^[a-z]+$' }), Type.String())) }, { additionalProperties: false })

describe('parsing', () => {
  test('WI5 cleans texts before their length is judged', () => {
    expect(parse(Words, { text: '  \u0000abc\u202ede \n' })).toEqual({ value: { text: 'abcde' } })
    expect(parse(Words, { text: 'e\u0301'.repeat(5) })).toEqual({ value: { text: 'é'.repeat(5) } })
  })

  test.each([['a', 6], ['👩‍👩‍👧‍👦', 6], ['𝔸', 6], ['x\u0301', 6]])('WI6 counts characters as people do: six of "%s" are one too many for five', (letter) => {
    expect(parse(Words, { text: letter.repeat(6) })).toEqual({ refused: 'too-long', path: 'text' })
    expect(parse(Words, { text: letter.repeat(5) })).toHaveProperty('value')
  })

  test('WI6 says where it fails', () => {
    expect(parse(Words, { text: 'a', more: { a: 'b', c: 1 } })).toEqual({ refused: 'bad-shape', path: 'more.c' })
    expect(parse(Words, { text: 'a', more: { a: 'x'.repeat(2_001) } })).toEqual({ refused: 'too-long', path: 'more.a' })
  })

  test('WI7 takes nothing but its own shape, and answers for anything at all', () => {
    fc.assert(fc.property(fc.anything({ withNullPrototype: true, withSparseArray: true, withTypedArray: true, withDate: true, withMap: true }), (anything) => {
      const parsed = parse(Words, anything)
      if ('value' in parsed) expect(Object.keys(parsed.value as object).every((key) => ['text', 'more'].includes(key))).toBe(true)
    }), { numRuns: 2_000 })
  })

  test.each(['__proto__', 'constructor', 'prototype'])('WI8 refuses a field called %s, however deep', (key) => {
    for (const json of [`{"text":"a","${key}":{}}`, `{"text":"a","more":{"${key}":"x"}}`]) expect(parse(Words, JSON.parse(json))).toHaveProperty('refused', 'bad-shape')
  })

  test('WI7 the shipped plan and every kind’s own config are of their shape', () => {
    expect(parseConfigs(smartGoals)).toBeUndefined()
    expect(parseConfigs(planOf(smartGoals))).toBeUndefined()
  })
})

describe('what every object has', () => {
  const KEYS = ['__proto__', 'constructor', 'prototype', 'toString', 'valueOf', 'hasOwnProperty', 'tostring', 'isPrototypeOf']
  const context = (sender: 'facilitator' | 'participant'): SessionContext => ({ sender, ...(sender === 'participant' ? { person: 'ana' } : {}), tag: (scope) => `tag ${scope}`, now: 1_000, seed: 'seed', id: 'id-1' })

  /** A session in which every kind has begun and every person is placed. */
  function live(anonymous: boolean): SessionState {
    const state = emptySession('s', planOf(smartGoals, () => anonymous))
    evolve(state, { type: 'session.opened' }, 0)
    for (const person of ['ana', 'ben', 'cleo']) {
      const joined = decideJoin(state, { type: 'person.join', person })
      if ('events' in joined) for (const event of joined.events) evolve(state, event, 0)
    }
    for (const { kind } of arbitraries) evolve(state, { type: 'step.entered', step: kind }, 0)
    return state
  }

  /** Each text of a command replaced by what every object has, one at a time and all at once. */
  function poisoned(command: Command): Command[] {
    const texts = Object.keys(command).filter((key) => key !== 'type' && typeof command[key] === 'string')
    return KEYS.flatMap((key) => [...texts.map((text) => ({ ...command, [text]: key })), { ...command, ...Object.fromEntries(texts.map((text) => [text, key])) }])
  }

  test('WI8 names nothing of ours: every command with such a name in every field leaves every object as it was', () => {
    const before = JSON.stringify([Object.prototype, Function.prototype, Array.prototype].map((proto) => Object.getOwnPropertyNames(proto)))
    const functions = [Object, Object.prototype.toString, Object.prototype.valueOf, Object.prototype.hasOwnProperty, Object.prototype.isPrototypeOf] as unknown as object[]
    const own = () => JSON.stringify(functions.map((each) => Object.keys(each)))
    const ownBefore = own()
    const asked: [string | undefined, Command][] = [
      ...Object.values(sessionCommands).map((schema): [undefined, Command] => [undefined, sample(schema) as Command]),
      ...Object.entries(kinds).flatMap(([kind, { commands }]) => Object.values(commands).map((schema): [string, Command] => [kind, sample(schema) as Command])),
    ]
    for (const anonymous of [true, false]) {
      const state = live(anonymous)
      for (const [step, command] of asked) {
        for (const poison of command.type === 'plan.change' || command.type === 'session.end' ? [] : poisoned(command)) {
          for (const sender of ['facilitator', 'participant'] as const) {
            const parsed = parseCommand(state, step, poison)
            if ('refused' in parsed) continue
            const decision = 'session' in parsed.value ? decideSession(state, parsed.value.session, context(sender)) : decideActivity(state, parsed.value.step, parsed.value.command, context(sender))
            if ('refused' in decision) continue
            for (const event of decision.events) evolve(state, event, 0)
            expect(own(), `${step ?? 'session'} ${JSON.stringify(poison)}`).toBe(ownBefore)
          }
        }
      }
      for (const view of [everyoneView(state), screenView(state), facilitatorView(state), mineView(state, 'ana', (scope) => `tag ${scope}`)]) expect(JSON.stringify(view)).not.toMatch(/native code|\[object/u)
    }
    expect(JSON.stringify([Object.prototype, Function.prototype, Array.prototype].map((proto) => Object.getOwnPropertyNames(proto)))).toBe(before)
  })
})
