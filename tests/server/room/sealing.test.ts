/** AU5, AU6: when a session has ended, nobody can find out from the raw bytes on disk who said what in an anonymous step, or in which order. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { SessionEvent } from '#shared/session/events.ts'
import { tagOf, receiptOf } from '../../../server/access/veil.ts'
import { startApp, type TestApp } from '../../support/app.ts'
import { planOf } from '../../support/kinds.ts'
import type { Line } from '../../support/line.ts'
import type { Hosted, Ticket } from '../../support/visit.ts'

let it: TestApp
beforeEach(async () => { it = await startApp() })
afterEach(async () => { await it.close() })

const PEOPLE = 8
const ANONYMOUS = ['check-in', 'answers', 'board', 'moments', 'agreements']

async function allThePeople(session: Hosted) {
  const people: (Line & { ticket: Ticket })[] = []
  for (let i = 0; i < PEOPLE; i += 1) people.push(await it.participant(session, { name: `Person ${i}` }))
  return people
}

/** Everybody says something in every anonymous step. Answers what was said. */
async function sayThings(people: (Line & { ticket: Ticket })[], console: Line): Promise<string[]> {
  const words: string[] = []
  const goTo = (step: string) => console.done(undefined, { type: 'flow.goto', step })
  for (const step of ANONYMOUS) {
    await goTo(step)
    if (step === 'agreements') await console.done(step, { type: 'ask' })
    for (const [i, who] of people.entries()) {
      const word = `words of ${step} ${'zyxwvuts'[i]}`
      if (step === 'check-in') await who.done(step, { type: 'answer', weather: 'foggy' })
      if (step === 'answers') await who.done(step, { type: 'write', text: word, lang: 'en' })
      if (step === 'board') await who.done(step, { type: 'write', text: word, kind: 'question', lang: 'en' })
      if (step === 'moments') await who.done(step, { type: 'mark', moment: 'reminding' })
      if (step === 'agreements') await who.done(step, { type: 'choose', choice: 'work' })
      if (step === 'answers' || step === 'board') words.push(word)
    }
    if (step === 'answers' || step === 'board') await console.done(step, { type: 'reveal' })
  }
  await people[0]?.done(undefined, { type: 'call.raise', what: 'slow-down' })
  return words
}

const tagsOf = (session: Hosted, { veil }: Ticket) => [...ANONYMOUS, ...ANONYMOUS.map((step) => `calls/${step}`), ...ANONYMOUS.map((step) => `moments/${step}`)].map((scope) => tagOf(veil, session.id, scope))

const anonymousHere = (shipped: Parameters<typeof planOf>[0]) => planOf(shipped, (kind) => ANONYMOUS.includes(kind))

test('AU5 AU6 no tag, no secret and no order is left in the bytes on disk', async () => {
  const session = await it.openSession(anonymousHere)
  const people = await allThePeople(session)
  const console = await it.facilitator(session)
  await console.done(undefined, { type: 'session.start' })
  const words = await sayThings(people, console)
  const anyTag = tagsOf(session, people[0]?.ticket as Ticket).slice(0, 2)
  // What the log holds while the session runs, it must find: else the search below proves nothing.
  const before = await it.stored()
  expect(anyTag.some((tag) => before.includes(tag))).toBe(true)

  await console.done(undefined, { type: 'session.end' })
  const bytes = await it.stored()
  for (const { ticket } of people) {
    for (const tag of tagsOf(session, ticket)) expect(bytes.includes(tag), 'a tag').toBe(false)
    for (const secret of [ticket.veil, ticket.token]) expect(bytes.includes(secret), 'a secret').toBe(false)
  }
  // Each word stands there once, in an order that is not the one in which they were written.
  const places = words.map((word) => bytes.indexOf(word))
  expect(places.every((place) => place >= 0)).toBe(true)
  for (const [i, word] of words.entries()) expect(bytes.indexOf(word, (places[i] ?? 0) + 1), word).toBe(-1)
  const wordsOf = (step: string) => words.filter((word) => word.includes(` ${step} `))
  for (const step of ['answers', 'board']) {
    const inFile = [...wordsOf(step)].sort((a, b) => bytes.indexOf(a) - bytes.indexOf(b))
    expect(inFile).not.toEqual(wordsOf(step))
  }
})

test('AU5 an answer that came in the same moment as the end is sealed with the others', async () => {
  for (let round = 0; round < 5; round += 1) {
    const session = await it.openSession(anonymousHere)
    const people = await allThePeople(session)
    const console = await it.facilitator(session)
    await console.done(undefined, { type: 'session.start' })
    await console.done(undefined, { type: 'flow.goto', step: 'answers' })
    const [answers] = await Promise.all([
      Promise.all(people.map((who) => who.act('answers', { type: 'write', text: 'last words', lang: 'en' }))),
      console.done(undefined, { type: 'session.end' }),
    ])
    for (const answer of answers) if (!answer.ok) expect(answer.code).toBe('ended')
    const events = (await it.app.deps.log.read(session.id)).map(({ data }) => JSON.parse(data) as SessionEvent)
    expect(events.filter((event) => event.type === 'activity')).toEqual([])
    expect(events.filter((event) => event.type === 'step.sealed' && event.step === 'answers')).toHaveLength(1)
    const bytes = await it.stored()
    for (const who of people) expect(bytes.includes(tagOf(who.ticket.veil, session.id, 'answers'))).toBe(false)
    it.hangUp()
  }
})

test('AU2 the log holds a receipt for a command, and nothing that leads from it to its author or its words', async () => {
  const session = await it.openSession(anonymousHere)
  const ana = await it.participant(session)
  await it.move(session, 'start')
  const id = 'a-command-of-ana-0001'
  await (await it.facilitator(session)).done(undefined, { type: 'flow.goto', step: 'check-in' })
  await ana.done('check-in', { type: 'answer', weather: 'foggy' }, id)
  const bytes = await it.stored()
  expect(bytes.includes(receiptOf(session.id, id))).toBe(true)
  expect(bytes.includes(id)).toBe(false)
  const rows = await it.app.deps.log.read(session.id)
  const answered = rows.filter(({ step }) => step === 'check-in')
  expect(answered).toHaveLength(1)
  expect(answered[0]?.data).not.toContain(ana.ticket.person)
  // Its time is the step's, to the millisecond: when somebody's thumb moved is nobody's business.
  expect(answered[0]?.at).toBe(rows.find(({ data }) => data.includes('"step.entered"') && data.includes('check-in'))?.at)
})
