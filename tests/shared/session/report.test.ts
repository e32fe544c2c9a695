import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Document } from '#shared/report/model.ts'
import { en, es } from '#shared/report/words.ts'
import { facilitatorRecord, notesToSend } from '#shared/session/report.ts'
import { smartGoals } from '#shared/templates/smart-goals/plan.ts'
import { CANARY, fullSession, LATE } from '../../support/full-session.ts'
import { MINUTE, sessionRun, type SessionRun } from '../../support/session-run.ts'

type Plan = typeof smartGoals

/** Session A, changed as a host would, opened with three people. */
function room(change: (plan: Plan) => void = () => undefined): SessionRun {
  const plan = structuredClone(smartGoals)
  change(plan)
  const run = sessionRun(plan)
  run.lead({ type: 'session.open' })
  return run
}

const sectionOf = (document: Document, id: string) => document.sections.find((section) => section.id === id)
const said = (document: Document, id: string) => JSON.stringify(sectionOf(document, id)?.blocks ?? '')
const titles = (document: Document) => document.sections.map(({ title }) => title)
const send = (run: SessionRun, lang?: 'en' | 'es') => notesToSend(run.state, lang)
const record = (run: SessionRun, lang?: 'en' | 'es') => facilitatorRecord(run.state, run.now, lang)

describe('the notes to send, at any moment', () => {
  test('NT1 of a draft say that nothing has begun', () => {
    const document = notesToSend(sessionRun(structuredClone(smartGoals)).state)
    expect(titles(document)).toEqual([en.arc])
    expect(said(document, '_arc')).toContain(en.arcEmpty)
    expect(document.subtitle).toEqual([])
  })

  test('NT1 have title, date and hosts, in the plan’s main language or the one asked for', () => {
    const run = room((plan) => Object.assign(plan, { hosts: ' Ana & Ben ', date: '2026-11-24', languages: ['es', 'en'] }))
    expect(send(run)).toMatchObject({ lang: 'es', title: smartGoals.title.es, subtitle: ['martes, 24 de noviembre de 2026', 'A cargo de Ana & Ben'] })
    expect(send(run, 'en')).toMatchObject({ lang: 'en', title: smartGoals.title.en, subtitle: ['Tuesday, November 24, 2026', 'Hosted by Ana & Ben'] })
  })

  test('NT2 tell the arc in run order, whatever the order in which steps were entered', () => {
    const run = room()
    run.lead({ type: 'session.start' })
    run.goTo('change')
    run.goTo('weather')
    expect(sectionOf(send(run), '_arc')?.blocks).toEqual([{ type: 'list', ordered: true, items: ['welcome', 'weather', 'change'].map((step) => ({ text: smartGoals.steps[step]?.title.en })) }])
    expect(titles(send(run)).slice(0, 3)).toEqual([en.arc, 'Emotional weather', 'What might change feel like?'])
  })

  test('NT2 leave out a step that was hidden after it had begun; the record says so', () => {
    const run = room()
    run.lead({ type: 'session.start' })
    run.goTo('change')
    run.goTo('weather')
    const plan = structuredClone(run.state.plan)
    if (plan.steps.change !== undefined) plan.steps.change.hidden = true
    expect(run.lead({ type: 'plan.change', plan })).toBeUndefined()
    expect(JSON.stringify(send(run))).not.toContain('What might change feel like?')
    expect(said(record(run), '_left-out')).toContain(en.hiddenRun('What might change feel like?'))
  })

  test('NT7 gather parked questions at the end, under the step that they come from', () => {
    const document = send(fullSession())
    expect(sectionOf(document, '_parked')?.blocks).toEqual([
      { type: 'heading', text: 'Thought, question, epiphany' },
      { type: 'list', items: [{ text: 'who decides?' }] },
    ])
    expect(document.sections.slice(-2).map(({ id }) => id)).toEqual(['_parked', '_about'])
    expect(said(document, 'board')).toContain('who decides?')
  })

  test('have every section once, by an id of its own', () => {
    for (const document of [send(fullSession()), record(fullSession())]) {
      const ids = document.sections.map(({ id }) => id)
      expect(new Set(ids).size).toBe(ids.length)
    }
  })
})

describe('people', () => {
  const named = (change: (plan: Plan) => void = () => undefined) => {
    const run = room((plan) => {
      Object.assign(plan, { naming: 'full', departments: { hr: { order: 1, name: { en: 'HR' } }, safety: { order: 0, name: { en: 'Safety' } } } })
      change(plan)
    })
    run.join('p1', { name: 'Zoë', department: 'hr' })
    run.join('p2', { name: 'álvaro', department: 'hr' })
    run.join('p3', { name: 'Bea' })
    run.join('p4', { name: 'Gone', department: 'safety' })
    run.lead({ type: 'person.remove', person: 'p4' })
    return run
  }

  test('NT3 stand by the alphabet of the language; who was removed does not', () => {
    expect(sectionOf(send(named()), '_people')?.blocks).toEqual([{ type: 'text', text: 'álvaro, Bea, Zoë' }])
  })

  test('NT3 stand by department only where joining asked for it', () => {
    const run = named((plan) => Object.assign(plan, { askDepartment: true }))
    expect(sectionOf(send(run), '_people')?.blocks).toEqual([{ type: 'list', items: [{ text: 'HR: álvaro, Zoë' }, { text: `${en.elsewhere}: Bea` }] }])
  })

  test('NT3 are nowhere where no names were asked for', () => {
    const run = room((plan) => Object.assign(plan, { naming: 'none' }))
    run.join('p1', { name: 'Sent by a script' })
    expect(sectionOf(send(run), '_people')).toBeUndefined()
    expect(JSON.stringify(send(run))).not.toContain('Sent by a script')
  })
})

describe('the printed sentence', () => {
  test('NT6 says "nobody can look up" beside the anonymous steps alone', () => {
    const [anonymous, open] = sectionOf(send(fullSession()), '_about')?.blocks.map((block) => (block.type === 'text' ? block.text : '')) ?? []
    expect(anonymous).toContain('“Emotional weather”')
    expect(anonymous).toContain('the host included')
    expect(anonymous).not.toContain('department serve')
    expect(open).toContain('“How will your department serve?”')
    expect(open).not.toContain('Nobody')
  })

  test('NT6 does not call a step without names anonymous', () => {
    const run = room((plan) => Object.assign(plan, { naming: 'none' }))
    run.join('p1')
    run.lead({ type: 'session.start' })
    run.goTo('serve')
    run.personIn('serve', 'p1', { type: 'write', text: 'we call home' })
    expect(said(send(run), '_about')).toContain('not anonymous')
    expect(said(send(run), '_about')).not.toContain('Nobody can look up')
  })

  test('NT6 does not tell whether anybody has said anything in an anonymous step yet', () => {
    const run = room()
    run.join('p1')
    run.lead({ type: 'session.start' })
    for (const step of ['weather', 'moments', 'change', 'board']) run.goTo(step)
    const before = JSON.stringify([send(run), record(run)])
    run.personIn('weather', 'p1', { type: 'answer', weather: 'stormy' })
    run.personIn('moments', 'p1', { type: 'mark', moment: 'reminding' })
    run.personIn('change', 'p1', { type: 'write', text: 'a word' })
    run.personIn('board', 'p1', { type: 'write', text: 'a card', kind: 'thought' })
    expect(JSON.stringify([send(run), record(run)])).toBe(before)
  })

  test('NT6 is not printed where nobody wrote anything', () => {
    const run = room()
    run.lead({ type: 'session.start' })
    expect(sectionOf(send(run), '_about')).toBeUndefined()
  })
})

describe('what is private', () => {
  test.each([{ ended: false }, { ended: true }])('NT4 hidden, unrevealed and removed words are not in the notes to send (ended: $ended)', ({ ended }) => {
    const text = JSON.stringify([send(fullSession({ ended })), send(fullSession({ ended }), 'es')])
    for (const canary of Object.values(CANARY)) expect(text).not.toContain(canary)
    expect(text).toContain('slow and honest')
  })

  test('NT4 a wall under a veil is not in the notes either', () => {
    expect(JSON.stringify(send(fullSession({ veiled: true })))).not.toContain('slow and honest')
  })

  test('NT4 words that waited for company on a shown wall join it at the end', () => {
    expect(JSON.stringify(send(fullSession()))).not.toContain(LATE)
    expect(JSON.stringify(send(fullSession({ ended: true })))).toContain(LATE)
  })

  test('NT4 the record holds what was hidden, and why, and what a named step never showed', () => {
    const text = JSON.stringify(record(fullSession()))
    expect(text).toContain(CANARY.hidden)
    expect(text).toContain(CANARY.hiddenNote)
    expect(text).toContain(CANARY.unrevealed)
    expect(text).not.toContain(LATE)
    expect(text).not.toContain(CANARY.removed)
  })

  test('NT5 no document carries a tag, a person’s id or the id of a thing', () => {
    for (const ended of [false, true]) {
      const run = fullSession({ ended })
      const text = JSON.stringify([send(run), record(run)])
      expect(text).not.toMatch(/tag<|"p\d"|id-\d|seed-\d/u)
    }
  })

  test.each([{ ended: false }, { ended: true }])('NT5 two anonymous authors exchanged make the same documents (ended: $ended)', ({ ended }) => {
    const [one, other] = [fullSession({ ended }), fullSession({ ended, swapped: true })]
    expect(send(other)).toEqual(send(one))
    expect(record(other)).toEqual(record(one))
  })

  test('numbers about fewer than k people are withheld', () => {
    const run = room()
    for (let i = 0; i < 4; i += 1) run.join(`p${i}`)
    run.lead({ type: 'session.start' })
    run.goTo('moments')
    run.goTo('weather')
    for (let i = 0; i < 4; i += 1) {
      run.personIn('weather', `p${i}`, { type: 'answer', weather: 'stormy' })
      run.personIn('moments', `p${i}`, { type: 'mark', moment: 'reminding' })
    }
    run.leadIn('weather', { type: 'reveal' })
    expect(JSON.stringify(send(run))).not.toMatch(/storm/iu)
    expect(sectionOf(send(run), 'moments')?.blocks.some(({ type }) => type === 'table')).toBe(false)
    run.join('p4')
    run.personIn('weather', 'p4', { type: 'answer', weather: 'stormy' })
    expect(JSON.stringify(send(run))).toMatch(/storm/iu)
  })

  test('NT4 whatever people and facilitators do, no hidden or unrevealed card is in the notes to send', () => {
    const act = fc.oneof(
      { weight: 4, arbitrary: fc.record({ do: fc.constant('write' as const), who: fc.nat(5), step: fc.constantFrom('board', 'change', 'serve', 'closing') }) },
      fc.record({ do: fc.constantFrom('reveal' as const, 'veil' as const, 'end' as const), step: fc.constantFrom('board', 'change', 'serve', 'closing') }),
      fc.record({ do: fc.constantFrom('hide' as const, 'unhide' as const, 'park' as const), step: fc.constantFrom('board', 'change', 'serve', 'closing'), nth: fc.nat(20) }),
    )
    fc.assert(
      fc.property(fc.array(act, { maxLength: 60 }), (acts) => {
        const run = room()
        for (let i = 0; i < 6; i += 1) run.join(`p${i}`)
        run.lead({ type: 'session.start' })
        for (const step of ['board', 'change', 'serve', 'closing']) run.goTo(step)
        acts.forEach((one, at) => {
          if (one.do === 'end') run.end()
          else if (one.do === 'write') run.personIn(one.step, `p${one.who}`, { type: 'write', text: `word-${at}-`, ...(one.step === 'board' ? { kind: 'thought' } : {}) })
          else if ('nth' in one) {
            const ids = Object.keys(cardsOf(run, one.step).cards)
            run.leadIn(one.step, { type: one.do, id: ids[one.nth % Math.max(1, ids.length)] ?? 'none', ...(one.do === 'hide' ? { reason: 'other' } : {}) })
          } else run.leadIn(one.step, { type: one.do })
        })
        const text = JSON.stringify([send(run), send(run, 'es')])
        for (const step of ['board', 'change', 'serve', 'closing']) {
          const { revealed, wall, cards } = cardsOf(run, step)
          for (const [id, card] of Object.entries(cards)) {
            const shown = revealed && wall.includes(id) && card.hidden === undefined
            expect(text.includes(card.text), `${step}: ${card.text}`).toBe(shown)
          }
        }
      }),
      { numRuns: 60 },
    )
  })
})

describe('the facilitator’s record', () => {
  test('NT8 has planned and actual minutes, also of the step that is running', () => {
    const run = room()
    run.lead({ type: 'session.start' })
    run.now += 4 * MINUTE + 31_000
    run.goTo('weather')
    run.now += 10_000
    const table = sectionOf(record(run), '_minutes')?.blocks[0]
    if (table?.type !== 'table') throw new Error('no table')
    expect(table.rows[0]).toEqual(['Welcome', '5', '5'])
    expect(table.rows[1]).toEqual(['Emotional weather', '7', en.running(en.underOne)])
    expect(table.rows[2]).toEqual(['Problem of practice', '4', en.notReached])
    expect(table.rows.at(-1)).toEqual([en.total, '90', '5'])
  })

  test('says of itself that it is not for sending on', () => {
    expect(record(room(), 'es').subtitle[0]).toBe(es.record)
  })

  test('NT8 tells of calls for support only from three people on; fewer read like none', () => {
    const run = room()
    for (let i = 0; i < 3; i += 1) run.join(`p${i}`)
    run.lead({ type: 'session.start' })
    const quiet = said(record(run), '_calls')
    expect(quiet).toContain(en.callsFew)
    for (let i = 0; i < 3; i += 1) run.person('p0', { type: 'call.raise', what: 'that-hurt' })
    run.person('p1', { type: 'call.raise', what: 'slow-down' })
    expect(said(record(run), '_calls')).toBe(quiet)
    run.person('p2', { type: 'call.raise', what: 'slow-down' })
    expect(said(record(run), '_calls')).toContain(en.callsYes)
    expect(JSON.stringify(send(run))).not.toContain('support.')
  })
})

function cardsOf(run: SessionRun, step: string) {
  return run.state.steps[step]?.state as { revealed: boolean; wall: string[]; cards: Record<string, { text: string; hidden?: object }> }
}
