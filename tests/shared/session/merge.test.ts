/** PE15: one person who came in twice. */
import { describe, expect, test } from 'vitest'
import { notesToSend } from '#shared/session/report.ts'
import { everyoneView, facilitatorView, mineView } from '#shared/session/views/views.ts'
import { whoIs } from '#shared/session/merge.ts'
import { smartGoals } from '#shared/templates/smart-goals/plan.ts'
import { planOf } from '../../support/kinds.ts'
import { sessionRun, type SessionRun } from '../../support/session-run.ts'
import { tagOf } from '../../support/stage.ts'

/** Ana is in twice, as "ana" and "again", with Ben, Cleo and Dan. */
function room(anonymous: boolean, change: (plan: ReturnType<typeof planOf>) => void = () => undefined): SessionRun {
  const plan = planOf(structuredClone(smartGoals), () => anonymous)
  plan.naming = 'first'
  change(plan)
  const run = sessionRun(plan)
  run.lead({ type: 'session.open' })
  for (const [id, name] of Object.entries({ ana: 'Ana', ben: 'Ben', again: 'Ana', cleo: 'Cleo', dan: 'Dan' })) run.join(id, { name })
  run.lead({ type: 'session.start' })
  return run
}
const merge = (run: SessionRun, person = 'again', into = 'ana') => run.lead({ type: 'person.merge', person, into })
const named = (run: SessionRun) => Object.values(facilitatorView(run.state).people).map(({ name }) => name)
const groupsOf = (run: SessionRun) => Object.values(run.state.groupings.pairs?.groups ?? {}).map(({ members }) => members)
const pairs = (plan: ReturnType<typeof planOf>) => {
  plan.groupings = { pairs: { order: 0, how: 'hand', size: 2 } }
  for (const step of Object.values(plan.steps)) step.place = 'pairs'
}

describe('two who are one person', () => {
  test('PE15 are one in every list and count; what the second said keeps its name, and it comes back as the first', () => {
    const run = room(false)
    run.goTo('answers')
    run.personIn('answers', 'again', { type: 'write', text: 'said by the second', lang: 'en' })
    run.leadIn('answers', { type: 'reveal' })
    const wall = () => JSON.stringify(everyoneView(run.state).step)
    const before = wall()
    expect(before).toContain('Ana (12)')
    expect(merge(run)).toBeUndefined()
    expect(wall()).toBe(before)
    expect(named(run)).toEqual(['Ana', 'Ben', 'Cleo', 'Dan'])
    const took = notesToSend(run.state, 'en').sections.find(({ id }) => id === '_people')
    expect(JSON.stringify(took).match(/Ana/gu)).toHaveLength(1)
    expect([whoIs(run.state, 'again'), run.join('again'), run.join('ana')]).toEqual(['ana', undefined, undefined])
    expect([merge(run), merge(run, 'nobody', 'ana'), merge(run, 'ana', 'ana')]).toEqual(['not-found', 'not-found', 'already'])
  })

  test('PE15 whoever is merged into somebody who is merged later is that one', () => {
    const run = room(true)
    merge(run)
    merge(run, 'ana', 'ben')
    expect([whoIs(run.state, 'again'), whoIs(run.state, 'ana'), named(run)]).toEqual(['ben', 'ben', ['Ben', 'Cleo', 'Dan']])
  })

  test.each([
    ['both had one: the second leaves theirs', [['ana', 'ben'], ['again', 'cleo', 'dan']], [['ana', 'ben'], ['cleo', 'dan']]],
    ['only the second had one: the first takes that place', [['again', 'ben'], ['cleo', 'dan']], [['ana', 'ben'], ['cleo', 'dan']]],
    ['they were together, and nobody else: nobody is left alone', [['ana', 'again'], ['ben', 'cleo', 'dan']], [['ben', 'cleo', 'dan']]],
  ])('PE15 have one place in groups where %s', (_how, groups, after) => {
    const run = room(false, pairs)
    for (const [first, ...others] of groups) {
      run.lead({ type: 'groups.move', person: first ?? '', group: 'new' })
      const id = Object.entries(run.state.groupings.pairs?.groups ?? {}).find(([, { members }]) => members.includes(first ?? ''))?.[0] ?? ''
      for (const other of others) run.lead({ type: 'groups.move', person: other, group: id })
    }
    expect(groupsOf(run)).toEqual(groups)
    merge(run)
    expect(groupsOf(run)).toEqual(after)
  })

  test('PE15 asked for somebody else as either of them, and meet nobody again whom they asked away from', () => {
    const run = room(false, pairs)
    run.lead({ type: 'groups.move', person: 'again', group: 'new' })
    const grouping = run.state.groupings.pairs
    grouping?.partings.push({ a: 'again', b: 'ben' }, { a: 'ana', b: 'again' }, { a: 'cleo', b: 'dan' })
    merge(run)
    expect(grouping?.partings).toEqual([{ a: 'ana', b: 'ben' }, { a: 'cleo', b: 'dan' }])
  })

  test('PE15 sit where the second sat, though the first had stayed where they were', () => {
    const run = room(false, pairs)
    run.lead({ type: 'groups.move', person: 'again', group: 'new' })
    const [table = ''] = Object.keys(run.state.groupings.pairs?.groups ?? {})
    run.lead({ type: 'groups.move', person: 'ben', group: table })
    run.person('ana', { type: 'groups.stay', grouping: 'pairs', stays: true } as Parameters<SessionRun['person']>[1])
    expect(run.state.groupings.pairs?.staying).toEqual({ ana: true })
    merge(run)
    expect([run.state.groupings.pairs?.staying, groupsOf(run)]).toEqual([{}, [['ana', 'ben']]])
  })

  test('PE15 keep apart from whom either was to be kept apart, and not from themselves; it can still be taken back', () => {
    const run = room(false, pairs)
    for (const b of ['ben', 'ana']) run.lead({ type: 'groups.apart', a: 'again', b, apart: true })
    merge(run)
    expect(Object.values(run.state.apart)).toEqual([{ a: 'ana', b: 'ben' }])
    run.lead({ type: 'groups.apart', a: 'ben', b: 'ana', apart: false })
    expect(run.state.apart).toEqual({})
  })

  test('PE15 AU8 link nothing that was said without a name: anonymous steps are what they were, and no view of them changes', () => {
    const run = room(true)
    run.goTo('answers')
    for (const person of ['ana', 'again', 'ben', 'cleo', 'dan']) run.personIn('answers', person, { type: 'write', text: `of ${person}`, lang: 'en' })
    run.leadIn('answers', { type: 'reveal' })
    const seen = () => JSON.stringify([run.state.steps, everyoneView(run.state).step, facilitatorView(run.state).step])
    const mine = (person: string, device: string) => JSON.stringify(mineView(run.state, person, (scope) => tagOf(device, scope)).steps)
    const before = [seen(), mine('ana', 'ana')]
    merge(run)
    expect([seen(), mine('ana', 'ana')]).toEqual(before)
    // The other device finds its own, and the first one does not.
    expect(mine('ana', 'again')).toContain('of again')
    expect(mine('ana', 'ana')).not.toContain('of again')
  })

  test('PE15 ER2 are erased as one, with what either said under a name', () => {
    const run = room(false)
    run.goTo('answers')
    for (const person of ['ana', 'again']) run.personIn('answers', person, { type: 'write', text: `canary of ${person}`, lang: 'en' })
    merge(run)
    expect(run.lead({ type: 'person.erase', person: 'again' })).toBe('not-found')
    expect(run.lead({ type: 'person.erase', person: 'ana' })).toBeUndefined()
    expect(JSON.stringify(run.state)).not.toMatch(/canary|Ana/u)
    expect([run.join('again'), run.join('ana')]).toEqual(['not-permitted', 'not-permitted'])
  })

  test('PE15 PE5 are removed as one', () => {
    const run = room(false)
    merge(run)
    run.lead({ type: 'person.remove', person: 'ana' })
    expect([run.join('again'), run.join('ana'), named(run)]).toEqual(['not-permitted', 'not-permitted', ['Ben', 'Cleo', 'Dan']])
  })
})
