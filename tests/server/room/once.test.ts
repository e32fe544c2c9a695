/** F2, F10, F11, F45, F57: the same thing asked several times happens once, and a person with several tabs is one person. */
import { nanoid } from 'nanoid'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { startApp, type TestApp } from '../../support/app.ts'
import { planWith } from '../../support/kinds.ts'
import type { Line } from '../../support/line.ts'
import { onlyOn } from '../../support/storage.ts'
import { until, untilSame } from '../../support/until.ts'
import type { Hosted } from '../../support/visit.ts'

let it: TestApp
beforeEach(async () => { it = await startApp() })
afterEach(async () => { await it.close() })

async function live(anonymous = false): Promise<Hosted> {
  const session = await it.openSession(planWith('answers', { anonymous, config: { prompt: { en: 'Say' }, perPerson: 5, length: 100, byDepartment: false } }))
  await it.move(session, 'start')
  return session
}

/** Own cards on a phone. */
const cards = (line: Line) => Object.keys((line.view('mine')?.steps.step as { cards?: object } | undefined)?.cards ?? {})
const written = async (session: Hosted) => (await it.app.deps.log.read(session.id)).filter(({ data }) => (JSON.parse(data) as { type: string }).type === 'activity').length
const write = (text: string) => ({ type: 'write', text, lang: 'en' })

describe('a command that is sent several times', () => {
  test.each([2, 3, 5, 10])('ID1 counts once when it comes %i times one after the other, in a named and in an anonymous step', async (times) => {
    for (const anonymous of [false, true]) {
      const session = await live(anonymous)
      const ana = await it.participant(session)
      const id = nanoid()
      for (let i = 0; i < times; i += 1) expect(await ana.act('step', write('once'), id)).toMatchObject({ ok: true })
      expect(await written(session)).toBe(1)
      await until(() => cards(ana).length === 1)
    }
  })

  test('ID1 counts once when it comes ten times at once, over two tabs', async () => {
    const session = await live()
    const ana = await it.participant(session)
    const tab = await it.participant(session, ana.ticket)
    const id = nanoid()
    const answers = await Promise.all(Array.from({ length: 10 }, (_, i) => (i % 2 === 0 ? ana : tab).act('step', write('once'), id)))
    expect(answers.every((answer) => answer.ok)).toBe(true)
    expect(await written(session)).toBe(1)
  })

  test('ID2 counts once although the server was started anew in between', async () => {
    const session = await live(true)
    const ana = await it.participant(session)
    const id = nanoid()
    await ana.done('step', write('once'), id)
    await it.close({ keeps: true })
    it = await startApp({ folder: it.folder })
    const again = await it.participant(session, ana.ticket)
    expect(await again.act('step', write('once'), id)).toMatchObject({ ok: true })
    expect(await written(session)).toBe(1)
    expect(cards(again)).toHaveLength(1)
  })

  test('ID3 F2 a refused command stays refused when it comes again late; asked for anew when its time has come, it is taken', async () => {
    const session = await it.openSession(planWith('check-in'))
    const ana = await it.participant(session)
    const id = nanoid()
    expect(await ana.act('step', { type: 'answer', weather: 'foggy' }, id)).toEqual({ ok: false, code: 'not-open' })
    await it.move(session, 'start')
    expect(await ana.act('step', { type: 'answer', weather: 'foggy' }, id)).toEqual({ ok: false, code: 'not-open' })
    expect(await written(session)).toBe(0)
    expect(await ana.act('step', { type: 'answer', weather: 'foggy' })).toMatchObject({ ok: true })
  })

  test('ID1 F2 what had nothing to change when it came first changes nothing when it comes again late', async () => {
    const session = await it.openSession(planWith('board'))
    await it.move(session, 'start')
    const console = await it.facilitator(session)
    const id = nanoid()
    const first = await console.act('step', { type: 'page', page: 0 }, id)
    expect(first).toMatchObject({ ok: true })
    await console.done('step', { type: 'page', page: 1 })
    const before = await written(session)
    expect(await console.act('step', { type: 'page', page: 0 }, id)).toEqual(first)
    expect(await written(session)).toBe(before)
  })
})

describe('two tabs of one person', () => {
  // A proxy brings everybody of a session to one server (docs/operating.md).
  const ofOne = onlyOn(['sqlite', 'postgres'], 'whoever is with two servers at once counts as two for as long')

  test.runIf(ofOne)('PE3 agree, and count as one person here', async () => {
    const session = await live()
    const console = await it.facilitator(session)
    const ana = await it.participant(session)
    const tab = await it.participant(session, ana.ticket)
    const ben = await it.participant(session)
    await until(() => console.here === 2, 'two people here')
    await ana.done('step', write('from the first'))
    await tab.done('step', write('from the second'))
    await until(() => cards(ana).length === 2)
    await untilSame(() => tab.view('mine'), () => ana.view('mine'))

    ana.close()
    await until(() => it.app.gateway.io.sockets.sockets.size === 3)
    expect(it.app.gateway.here(session.id)).toBe(2)
    tab.close()
    ben.close()
    await until(() => console.here === 0, 'nobody here')
  })

  test.runIf(ofOne)('PE4 a line that died unnoticed takes nobody away who has come back meanwhile', async () => {
    const session = await live()
    const console = await it.facilitator(session)
    const old = await it.participant(session)
    const back = await it.participant(session, old.ticket)
    await until(() => console.here === 1)
    // The old line's end is noticed only now, long after the new one was there.
    old.close()
    await until(() => it.app.gateway.io.sockets.sockets.size === 2)
    expect(it.app.gateway.here(session.id)).toBe(1)
    await back.done('step', write('still here'))
    await until(() => cards(back).length === 1)
  })

  test('PE2 the same device joining twice at once is one person, also by another way in', async () => {
    const session = await it.openSession()
    const device = 'd'.repeat(43)
    const joined = await Promise.all([{ device }, { device, code: session.code }, { device }].map((as) => it.join(session, as)))
    expect(new Set(joined.map(({ person }) => person)).size).toBe(1)
    const { body } = await it.host('GET', `/api/sessions/${session.id}`)
    expect(body.people).toBe(1)
  })
})

describe('several consoles', () => {
  test('FL3 "next" clicked on four of them at once moves the room once', async () => {
    const session = await it.openSession((shipped) => shipped)
    await it.move(session, 'start')
    const consoles = await Promise.all([1, 2, 3, 4].map(() => it.facilitator(session)))
    for (let round = 1; round <= 5; round += 1) {
      const flow = consoles[0]?.view('facilitator')?.flow ?? 0
      await until(() => consoles.every((console) => console.view('facilitator')?.flow === flow))
      const answers = await Promise.all(consoles.map((console) => console.act(undefined, { type: 'flow.next', flow })))
      expect(answers.filter((answer) => answer.ok)).toHaveLength(1)
      expect(answers.filter((answer) => !answer.ok && answer.code === 'moved-on')).toHaveLength(3)
      await until(() => consoles.every((console) => console.view('facilitator')?.flow === flow + 1))
    }
  })
})
