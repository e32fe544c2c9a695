/** F21, F31, F34, F35: whatever is sent, its sender is told no (or is let go), and nobody else notices. */
import { nanoid } from 'nanoid'
import { afterAll, beforeAll, beforeEach, afterEach, describe, expect, test } from 'vitest'
import { FRAME_BYTES, TEXT_LENGTH } from '#shared/wire/protocol.ts'
import { startApp, type TestApp } from '../../support/app.ts'
import { planOf } from '../../support/kinds.ts'
import type { Line } from '../../support/line.ts'
import { until } from '../../support/until.ts'
import type { Hosted, Ticket } from '../../support/visit.ts'

let it: TestApp
let session: Hosted
let steady: Line & { ticket: Ticket }
let seq: number
let clock = 1_800_000_000_000
const died: unknown[] = []
const note = (error: unknown) => void died.push(error)
const head = async () => (await it.app.deps.log.read(session.id)).length

beforeAll(async () => {
  for (const event of ['unhandledRejection', 'uncaughtException'] as const) process.on(event, note)
  it = await startApp({ now: () => (clock += 1_000) })
  session = await it.openSession((shipped) => {
    const plan = planOf(shipped)
    const steps = Object.values(plan.steps)
    const answers = steps.find(({ activity }) => activity.kind === 'answers')
    if (answers !== undefined) answers.activity = { kind: 'answers', config: { prompt: { en: 'Say' }, perPerson: 5, length: 280, byDepartment: false } }
    return plan
  })
  await it.move(session, 'start')
  await (await it.facilitator(session)).done(undefined, { type: 'flow.goto', step: 'answers' })
  steady = await it.participant(session)
})
beforeEach(async () => { seq = await head() })
/** After each: nothing in the log, the process alive, somebody else undisturbed. */
afterEach(async () => {
  expect(died).toEqual([])
  expect((await it.nobody('GET', '/healthz')).status).toBe(200)
  expect(steady.socket.connected).toBe(true)
  expect(await steady.act('answers', { type: 'take-back', id: 'not-there-at-all' })).toMatchObject({ ok: false, code: 'not-found' })
})
afterAll(async () => {
  await it.close()
  for (const event of ['unhandledRejection', 'uncaughtException'] as const) process.off(event, note)
})

const write = (text: unknown) => ({ type: 'write', text, lang: 'en' })

describe('an act of the wrong shape', () => {
  const ID = 'x'.repeat(20)
  test.each<[string, unknown]>([
    ['nothing', undefined], ['null', null], ['a text', 'act'], ['a number', 7], ['an array', []], ['no id', { do: { type: 'write' } }], ['an id too short', { id: 'x', do: { type: 'write' } }],
    ['an id too long', { id: 'x'.repeat(41), do: { type: 'write' } }], ['an id that is a number', { id: 1, do: { type: 'write' } }], ['an id with a slash', { id: `${'x'.repeat(19)}/`, do: { type: 'write' } }],
    ['no command', { id: ID }], ['a command that is a text', { id: ID, do: 'write' }], ['a command without a type', { id: ID, do: {} }], ['a type that is an object', { id: ID, do: { type: { toString: 'write' } } }],
    ['a step that is a number', { id: ID, step: 1, do: { type: 'write' } }], ['a step that is a path', { id: ID, step: '../answers', do: { type: 'write' } }],
    ['an unknown type', { id: ID, step: 'answers', do: { type: 'fly' } }], ['a type of every object', { id: ID, step: 'answers', do: { type: 'constructor' } }], ['the same of the session', { id: ID, do: { type: 'toString' } }],
    ['a door’s own command', { id: ID, do: { type: 'person.join', person: 'somebody' } }], ['a field too many', { id: ID, step: 'answers', do: { type: 'write', text: 'x', lang: 'en', by: 'somebody' } }],
    ['a field that is missing', { id: ID, step: 'answers', do: { type: 'write' } }], ['a text that is an object', { id: ID, step: 'answers', do: write({ en: 'x' }) }], ['a text that is null', { id: ID, step: 'answers', do: write(null) }],
  ])('BI1 %s is refused as such', async (_what, act) => {
    const line = await it.participant(session)
    expect(await line.send(act)).toMatchObject({ ok: false, code: 'bad-shape' })
    expect(line.socket.connected).toBe(true)
    expect(await head()).toBe(seq + 1) // the joining
    line.close()
  })

  test.each(['no-such-step', 'constructor', 'tostring', 'x'])('BI2 an unknown step ("%s") takes nothing', async (step) => {
    expect(await steady.act(step, write('x'))).toEqual({ ok: false, code: 'not-open' })
    expect(await head()).toBe(seq)
  })

  test('BI3 what would poison every object is refused, and has poisoned none', async () => {
    const before = Object.getOwnPropertyNames(Object.prototype)
    const poisons = ['{"type":"write","text":"x","lang":"en","__proto__":{"admin":true}}', '{"type":"write","text":"x","lang":"en","constructor":{"prototype":{"admin":true}}}', '{"__proto__":{"type":"write"},"text":"x","lang":"en"}']
    for (const poison of poisons) expect(await steady.send({ id: nanoid(), step: 'answers', do: JSON.parse(poison) })).toMatchObject({ ok: false, code: 'bad-shape' })
    const console = await it.facilitator(session)
    for (const key of ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty']) {
      for (const type of ['call.answer', 'person.remove', 'step.lock', 'groups.answer', 'groups.move']) {
        const answer = await console.act(undefined, { type, ...{ 'call.answer': { call: key }, 'person.remove': { person: key }, 'step.lock': { step: key, locked: true }, 'groups.answer': { grouping: 'partners', group: key }, 'groups.move': { grouping: 'partners', person: key, group: key } }[type] })
        expect(answer.ok, `${type} ${key}`).toBe(false)
      }
      for (const [step, command] of [['answers', { type: 'hide', id: key, reason: 'off-topic' }], ['answers', { type: 'spotlight', id: key }], ['board', { type: 'park', id: key }], ['moments', { type: 'show', step: key }], ['slides', { type: 'open', block: key }], ['goals', { type: 'open', goal: key }]] as const) {
        expect((await console.act(step, command)).ok, `${command.type} ${key}`).toBe(false)
      }
      for (const [step, command] of [['check-in', { type: 'answer', weather: key }], ['moments', { type: 'mark', moment: key }], ['board', { type: 'write', text: 'x', kind: key, lang: 'en' }], ['board', { type: 'echo', id: key, on: true }], [undefined, { type: 'person.place', department: key }]] as const) {
        expect((await steady.act(step, command)).ok, `${command.type} ${key}`).toBe(false)
      }
    }
    expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(before)
    expect(({} as { admin?: boolean; answered?: boolean }).admin).toBeUndefined()
    expect(await head()).toBe(seq)
    console.close()
  })
})

describe('too much', () => {
  test.each([
    ['letters', 'a'], ['letters of four bytes', '𝔸'], ['families', '👩‍👩‍👧‍👦'], ['letters with a mark', 'x\u0301'], ['letters of another direction', 'ש'],
  ])('BI4 281 %s are one too many for an answer of 280, and 280 are not', async (_what, letter) => {
    const line = await it.participant(session)
    expect(await line.act('answers', write(letter.repeat(281)))).toMatchObject({ ok: false, code: 'too-long' })
    expect(await line.act('answers', write(letter.repeat(280)))).toMatchObject({ ok: true })
    line.close()
  })

  test.each([['letters', 'a'], ['letters of four bytes', '𝔸'], ['letters with a mark', 'x\u0301']])('BI4 %i and one %s are refused everywhere, and the path says where', async (_what, letter) => {
    expect(await steady.act('answers', write(letter.repeat(TEXT_LENGTH + 1)))).toEqual({ ok: false, code: 'too-long', path: 'text' })
    expect(await head()).toBe(seq)
  })

  test('BI5 a thousand marks on one letter become eight', async () => {
    const line = await it.participant(session)
    await line.done('answers', write(`z${'\u0335'.repeat(1_000)}`))
    const text = await until(() => Object.values((line.view('mine')?.steps.answers as { cards?: Record<string, { text: string }> } | undefined)?.cards ?? {})[0]?.text)
    expect(text.length).toBeLessThanOrEqual(9)
    line.close()
  })

  test('BI6 depth without end is refused', async () => {
    const deep = (depth: number): unknown => JSON.parse(`${'['.repeat(depth)}${']'.repeat(depth)}`)
    for (const depth of [13, 100, 5_000]) expect(await steady.act('answers', write(deep(depth)))).toMatchObject({ ok: false, code: 'bad-shape' })
    expect(await head()).toBe(seq)
  })

  test.each(['websocket', 'polling'] as const)('BI7 a message of a megabyte closes its own connection and no other (%s)', async (transport) => {
    const line = await it.participant(session, {}, { transports: [transport] })
    line.socket.emit('act', { id: nanoid(), step: 'answers', do: write('x'.repeat(1024 * 1024)) })
    await until(() => !line.socket.connected, 'its connection to close')
    expect(await head()).toBe(seq + 1)
  })

  test('BI7 a frame just under the limit is read, and refused by its rules', async () => {
    expect(await steady.act('answers', write('x'.repeat(FRAME_BYTES - 200)))).toMatchObject({ ok: false, code: 'too-long' })
  })
})

describe('over HTTP', () => {
  test.each<[string, unknown]>([
    ['a field too many', { code: '12345678', role: 'host' }], ['a code that is a list', { code: ['12345678', '1'] }], ['a code without end', { code: '1'.repeat(61) }],
    ['a device that is no key', { token: 'x', device: 'x' }], ['an array', []], ['a text', 'join'], ['a name without end', { token: 'x', name: 'x'.repeat(201) }],
  ])('BI8 joining with %s is refused for its shape', async (_what, body) => {
    const reply = await it.nobody('POST', '/api/join', body)
    expect({ status: reply.status, code: reply.body.code }).toEqual({ status: 400, code: 'bad-shape' })
  })

  test.each([['not JSON', '{"code":'], ['poison', '{"code":"12345678","__proto__":{"admin":true}}'], ['poison of another kind', '{"constructor":{"prototype":{"x":1}}}']])('BI8 %s is refused', async (_what, body) => {
    const reply = await fetch(`${it.url}/api/join`, { method: 'POST', headers: { 'content-type': 'application/json' }, body })
    expect(reply.status).toBe(400)
    expect(await reply.text()).not.toMatch(/node_modules|at .*\.ts|SyntaxError/u)
  })

  test('BI9 a body larger than allowed is refused as such', async () => {
    const reply = await it.nobody('POST', '/api/join', { code: 'x'.repeat(100_000) })
    expect({ status: reply.status, code: reply.body.code }).toEqual({ status: 413, code: 'too-big' })
  })
})
