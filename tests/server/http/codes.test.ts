/** F8, F29: codes, right and wrong, and a whole school behind one address. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { startApp, type TestApp } from '../../support/app.ts'
import { planWith } from '../../support/kinds.ts'
import { until } from '../../support/until.ts'

let it: TestApp
beforeEach(async () => { it = await startApp() })
afterEach(async () => { await it.close() })

const device = (i: number) => `device-${i}-`.padEnd(43, 'x')
const type = (code: string, i = 0) => it.nobody('POST', '/api/join', { code, device: device(i) })

describe('a typed code that admits nobody', () => {
  test('JO2 is refused in the same words, whether it was never one, is of a draft, of an ended session or no code at all', async () => {
    const [draft, ended] = [await it.createSession(), await it.openSession()]
    await it.move(ended, 'end')
    const replies = await Promise.all([draft.code, ended.code, '00000000', '12345678', '1234', 'hello', ''].map((code) => type(code)))
    for (const { status, text, headers } of replies) {
      expect({ status, text }).toEqual({ status: 404, text: replies[0]?.text })
      expect(headers.get('content-length')).toBe(replies[0]?.headers.get('content-length'))
    }
    expect(replies[0]?.body.code).toBe('no-admission')
  })

  test('JO3 a link may say more: too early, or ended', async () => {
    const [draft, ended] = [await it.createSession(), await it.openSession()]
    await it.move(ended, 'end')
    const by = (token: string) => it.nobody('POST', '/api/join', { token })
    expect((await by(draft.joinToken)).body.code).toBe('not-open')
    expect((await by(ended.joinToken)).body.code).toBe('ended')
    expect((await by('x'.repeat(22))).body.code).toBe('no-admission')
  })

  test('JO4 after 200 misses from an address the right code still admits, and so does the link at once', async () => {
    const session = await it.openSession()
    const misses = await Promise.all(Array.from({ length: 200 }, (_, i) => type(String(10_000_000 + i), i)))
    expect(new Set(misses.map(({ status }) => status))).toEqual(new Set([404, 429]))
    const began = performance.now()
    expect((await it.nobody('POST', '/api/join', { token: session.joinToken })).status).toBe(201)
    expect(performance.now() - began).toBeLessThan(1_000)
    expect((await type(session.code, 1_000)).status).toBe(201)
  })

  test('F29 JO4 one address that guesses without end, each time as another device, keeps nobody else from coming in by the code', async () => {
    const session = await it.openSession()
    const from = (remoteAddress: string, code: string, i: number) => it.app.http.inject({ method: 'POST', url: '/api/join', payload: { code, device: device(i), look: true }, remoteAddress })
    let guesses = 0
    let over = false
    const guess = async () => {
      for (let i = 0; !over; i = ++guesses) await from('10.9.9.9', String(10_000_000 + i), i)
    }
    const guessers = Array.from({ length: 100 }, guess)
    await until(() => guesses > 400, 'the guesser to have used up what there is', 15_000)
    const honest = []
    for (let i = 0; i < 4; i += 1) honest.push((await from('10.1.1.1', session.code, 1_000_000 + i)).statusCode)
    over = true
    await Promise.all(guessers)
    expect(honest).toEqual(Array(4).fill(200))
  }, 30_000)

  test.each([(code: string) => code.replace(/(....)/u, '$1 '), (code: string) => ` ${code}\n`, (code: string) => code.replace(/(....)/u, '$1-')])('JO1 a right code admits as people paste it', async (pasted) => {
    const session = await it.openSession()
    expect((await type(pasted(session.code))).status).toBe(201)
  })
})

test('JO5 five hundred people from one address join with the code within moments, are here and answer: nobody is refused', async () => {
  const PEOPLE = 500
  const session = await it.openSession(planWith('check-in', { anonymous: true }))
  await it.move(session, 'start')
  const console = await it.facilitator(session)
  const people = await Promise.all(Array.from({ length: PEOPLE }, (_, i) => it.participant(session, { code: session.code, device: device(i) })))
  await until(() => console.here === PEOPLE, 'everybody to be here', 15_000)
  const answers = await Promise.all(people.map((who) => who.act('step', { type: 'answer', weather: 'foggy' })))
  expect(answers.filter((answer) => !answer.ok)).toEqual([])
}, 60_000)

test('JO6 one participant who sends without end is asked to slow down, and nobody else', async () => {
  const session = await it.openSession(planWith('check-in'))
  await it.move(session, 'start')
  const [hasty, calm] = [await it.participant(session), await it.participant(session)]
  const answers = await Promise.all(Array.from({ length: 200 }, () => hasty.act('step', { type: 'answer', weather: 'foggy' })))
  const refused = answers.filter((answer) => !answer.ok)
  expect(refused.length).toBeGreaterThan(100)
  expect(new Set(refused.map((answer) => (answer.ok ? '' : answer.code)))).toEqual(new Set(['too-fast']))
  expect(await calm.act('step', { type: 'answer', weather: 'foggy' })).toMatchObject({ ok: true })
})

describe('a name', () => {
  const named = async (name: string) => {
    const session = await it.openSession()
    return (await it.participant(session, { name })).view('mine')?.person.name
  }
  const family = '👩‍👩‍👧‍👦'

  test.each([
    ['Ana', 'Ana'], ['  Ana \n María ', 'Ana María'], ['A\u0000na\u202e', 'Ana'], [family.repeat(70).slice(0, 190), undefined], ['   ', undefined], ['<b>Ana</b>', '<b>Ana</b>'], ['أنا', 'أنا'],
  ])('PE1 %j is kept as people see it, on one line, and no character is cut in half', async (typed, kept) => {
    const name = await named(typed)
    if (kept !== undefined || typed.trim() === '') expect(name).toBe(kept)
    expect(name?.isWellFormed() ?? true).toBe(true)
    expect([...new Intl.Segmenter().segment(name ?? '')].length).toBeLessThanOrEqual(60)
  })
})

test('F37 PE11 a name that says who leads, or shows nothing, is refused at the door, and the same phone may take another', async () => {
  const session = await it.openSession()
  const as = (name: string) => it.nobody('POST', '/api/join', { token: session.joinToken, device: device(1), name })
  for (const name of ['Facilitator', 'Fаcilitаtor', 'Moderador', '\u200b\u2060', '\u3164']) expect((await as(name)).body.code, name).toBe('bad-name')
  expect((await as('Ana')).status).toBe(201)
  expect((await as('Facilitator')).status).toBe(201) // who is known is not asked again
  expect(Object.values((await it.app.deps.rooms.get(session.id))?.room.state.people ?? {}).map(({ name }) => name)).toEqual(['Ana'])
})
