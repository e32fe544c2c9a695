import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ReportContext } from '#shared/activities/activity.ts'
import type { TalkConfig, TalkState } from '#shared/activities/talk/model.ts'
import { talk } from '#shared/activities/talk/talk.ts'
import { isRunning } from '#shared/activities/talk/first.ts'
import { drawnOrder, turnAt } from '#shared/activities/talk/turns.ts'
import { MINUTE, talking, type Talk } from './group.ts'

describe('TK1 who goes first', () => {
  test('is known on every phone at once, without anybody pressing anything', () => {
    const pair = talking({ g: ['ana', 'ben'] })
    expect(pair.order('ana')).toEqual(['you', 'BEN'])
    expect(pair.order('ben')).toEqual(['ANA', 'you'])
    expect(pair.mine('ana')).not.toHaveProperty('startedAt')
  })

  test('people without names are known by their number', () => {
    expect(talking({ g: ['ana', 'ben'] }, [], 'none').order('ana')).toEqual(['you', String('b'.charCodeAt(0))])
  })

  test('who is in no group has no turns to see, and may ask for none', () => {
    const pair = talking({ g: ['ana', 'ben'] })
    expect(pair.mine('cleo')).toBeUndefined()
    expect(pair.says('cleo', 'begin', 0)).toEqual({ refused: 'not-open' })
  })

  test('remembers: over rounds of the same group nobody goes first twice more than another', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 6 }), fc.integer({ min: 1, max: 12 }), fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }), (size, rounds, swaps) => {
        const members = 'abcdef'.slice(0, size).split('')
        const earlier: TalkState[] = []
        const times: Record<string, number> = Object.fromEntries(members.map((person) => [person, 0]))
        for (let round = 0; round < rounds; round += 1) {
          const group = talking({ g: members }, earlier)
          const drawn = Object.values(group.mine('a')?.speakers ?? {}).find((speaker) => speaker.order === 0)
          expect(Math.min(...Object.values(times))).toBe(times[(drawn?.name ?? '').toLowerCase()])
          // Where a pair is swapped, the draw remembers who really began.
          if (swaps[round] === true && size > 2) group.says(members[round % size] ?? '', 'pass', 0)
          group.says('a', 'begin', 0)
          const turns = group.state.turns.g
          const first = isRunning(turns) ? turns.first : ''
          times[first] = (times[first] ?? 0) + 1
          earlier.push(group.state)
        }
        if (!swaps.slice(0, rounds).some((swap) => swap && size > 2)) {
          expect(Math.max(...Object.values(times)) - Math.min(...Object.values(times))).toBeLessThanOrEqual(1)
        }
      }),
    )
  })

  test('is fair even where nobody presses Start', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 8 }), fc.nat(30), (size, rounds) => {
        const members = Array.from({ length: size }, (_, i) => `p${i}`)
        const times = new Map(members.map((person) => [person, 0]))
        for (let round = 0; round < rounds; round += 1) {
          const [first = ''] = drawnOrder(members, {}, round)
          times.set(first, (times.get(first) ?? 0) + 1)
        }
        expect(Math.max(...times.values()) - Math.min(...times.values())).toBeLessThanOrEqual(1)
      }),
    )
  })

  test('remembers across other groups and steps', () => {
    const before = talking({ x: ['ana', 'cleo'] })
    before.says('ana', 'begin', 0)
    expect(talking({ y: ['ana', 'ben'] }, [before.state]).order('ben')).toEqual(['you', 'ANA'])
  })
})

describe('TK2 swapping and passing', () => {
  test('either of a pair may swap, until they have begun', () => {
    const pair = talking({ g: ['ana', 'ben'] })
    pair.says('ana', 'swap', 0)
    expect(pair.order('ana')).toEqual(['BEN', 'you'])
    pair.says('ana', 'swap', 0)
    expect(pair.order('ana')).toEqual(['you', 'BEN'])
    pair.says('ben', 'begin', 0)
    expect(pair.says('ana', 'swap', 1)).toEqual({ refused: 'already' })
  })

  test('in a bigger group somebody takes the first turn, or gives it to the next', () => {
    const group = talking({ g: ['ana', 'ben', 'cleo'] })
    group.says('cleo', 'swap', 0)
    expect(group.order('ana')).toEqual(['CLEO', 'BEN', 'you'])
    group.says('cleo', 'swap', 0)
    expect(group.order('ana')).toEqual(['BEN', 'CLEO', 'you'])
  })

  test('who passes listens: the next begins; and may take a turn after all', () => {
    const pair = talking({ g: ['ana', 'ben'] })
    pair.says('ana', 'pass', 0)
    expect(pair.order('ben')).toEqual(['you'])
    expect(pair.mine('ana')?.passed).toBe(true)
    pair.says('ana', 'speak', 0)
    expect(pair.order('ben')).toEqual(['you', 'ANA'])
  })

  test('when all pass there is nothing to begin', () => {
    const pair = talking({ g: ['ana', 'ben'] })
    pair.says('ana', 'pass', 0)
    pair.says('ben', 'pass', 0)
    expect(pair.says('ana', 'begin', 0)).toEqual({ refused: 'not-found' })
  })

  test('passing in one’s own turn brings the next one’s at once', () => {
    const pair = talking({ g: ['ana', 'ben'] })
    pair.says('ana', 'begin', 0)
    pair.says('ana', 'pass', MINUTE)
    expect(pair.order('ben')).toEqual(['you'])
    expect(pair.mine('ben')?.startedAt).toBe(MINUTE)
    pair.says('ben', 'pass', 2 * MINUTE)
    expect(pair.order('ben')).toEqual([])
  })

  test('passing a turn still to come leaves the one that runs; a turn that is over cannot be passed', () => {
    const group = talking({ g: ['ana', 'ben', 'cleo'] })
    group.says('ana', 'begin', 0)
    group.says('cleo', 'pass', MINUTE)
    expect(group.order('ana')).toEqual(['you', 'BEN'])
    expect(group.mine('ana')?.startedAt).toBe(0)
    group.says('ana', 'pass', 4 * MINUTE)
    expect(group.order('ana')).toEqual(['you', 'BEN'])
    expect(group.mine('ana')?.passed).toBe(false)
  })

  test('who speaks up after all turns begins one at once', () => {
    const pair = talking({ g: ['ana', 'ben'] })
    pair.says('ben', 'pass', 0)
    pair.says('ana', 'begin', 0)
    pair.says('ben', 'speak', 5 * MINUTE)
    expect(pair.order('ben')).toEqual(['you'])
    expect(pair.mine('ben')?.startedAt).toBe(5 * MINUTE)
  })
})

describe('TK3 equal timed turns', () => {
  test('both press Start: it is one start', () => {
    const pair = talking({ g: ['ana', 'ben'] })
    pair.says('ana', 'begin', 1000)
    pair.says('ben', 'begin', 3000)
    expect(pair.mine('ben')).toMatchObject({ startedAt: 1000, each: 3 * MINUTE })
  })

  test('whose turn it is follows from the clock', () => {
    const running = { order: ['ana', 'ben'], done: [], first: 'ana', startedAt: 1000, each: 60_000 }
    expect([1000, 60_999, 61_000, 121_000, 500].map((now) => turnAt(running, now))).toEqual([0, 0, 1, 2, 0])
  })

  test('a minute more is for the turn that runs and all after it, and for groups that begin later', () => {
    const groups = talking({ g: ['ana', 'ben', 'cleo'], h: ['dan', 'eve'] })
    groups.says('ana', 'begin', 0)
    groups.more(4 * MINUTE)
    expect(groups.order('ana')).toEqual(['BEN', 'CLEO'])
    expect(groups.mine('ana')).toMatchObject({ startedAt: 3 * MINUTE, each: 4 * MINUTE })
    groups.says('dan', 'begin', 5 * MINUTE)
    expect(groups.mine('dan')?.each).toBe(4 * MINUTE)
  })

  test('after the last turn a minute more begins nothing anew', () => {
    const pair = talking({ g: ['ana', 'ben'] })
    pair.says('ana', 'begin', 0)
    pair.more(7 * MINUTE)
    expect(pair.mine('ana')).toMatchObject({ startedAt: 0, each: 3 * MINUTE })
  })
})

describe('TK4 when groups change', () => {
  const now = (of: Talk, members: string[]) => {
    of.groups.g = { order: 0, members }
  }

  test('a pair with another partner begins anew', () => {
    const pair = talking({ g: ['ana', 'ben'] })
    pair.says('ana', 'begin', 0)
    now(pair, ['ben', 'cleo'])
    expect(pair.mine('ben')).not.toHaveProperty('startedAt')
    pair.says('cleo', 'begin', MINUTE)
    expect(pair.mine('ben')?.startedAt).toBe(MINUTE)
  })

  test('a latecomer has the last turn', () => {
    const pair = talking({ g: ['ana', 'ben'] })
    pair.says('ana', 'begin', 0)
    now(pair, ['ana', 'ben', 'cleo'])
    expect(pair.order('cleo')).toEqual(['ANA', 'BEN', 'you'])
    expect(pair.mine('cleo')?.startedAt).toBe(0)
  })

  test('in a bigger group the turn of somebody who left is anybody’s', () => {
    const group = talking({ g: ['ana', 'ben', 'cleo', 'dan', 'eve'] })
    group.says('ana', 'begin', 0)
    now(group, ['ana', 'cleo', 'dan', 'eve'])
    expect(group.order('ana')).toEqual(['you', 'anybody', 'CLEO', 'DAN', 'EVE'])
  })

  test('an agreed order keeps who is left and takes in who came', () => {
    const pair = talking({ g: ['ana', 'ben'] })
    pair.says('ana', 'swap', 0)
    now(pair, ['ana', 'cleo'])
    expect(pair.order('ana')).toEqual(['you', 'CLEO'])
  })
})

describe('TK5 nothing is captured', () => {
  const notes = (groups: Record<string, string[]>, lang: 'en' | 'es' = 'en') => {
    const of = talking(groups)
    const around: ReportContext<TalkConfig> = { ...of.around, lang }
    return { report: JSON.stringify(talk.report(of.state, around)), record: JSON.stringify(talk.record?.(of.state, around)) }
  }

  test('the notes say how people talked, never with whom', () => {
    const { report, record } = notes({ g: ['ana', 'ben'], h: ['cleo', 'dan', 'eve'] })
    expect(report).toContain('People talked in pairs.')
    expect(report).toContain('stayed with those who said it')
    expect(record).toContain('Groups: 2.')
    for (const name of ['ana', 'ANA', 'ben', 'BEN', 'eve', 'EVE']) expect(report + record).not.toContain(name)
  })

  test('groups by their sizes, in the language of the notes', () => {
    expect(notes({ g: ['a', 'b', 'c', 'd'], h: ['e', 'f', 'g', 'h', 'i'] }).report).toContain('groups of 4 to 5')
    expect(notes({ g: ['a', 'b', 'c', 'd'] }, 'es').report).toContain('grupos de 4.')
    expect(notes({}).report).toContain('with those around them')
  })

  test('no command takes a text', () => {
    for (const schema of Object.values(talk.commands)) expect(Object.keys(schema.properties)).toEqual(['type'])
  })
})

describe('TK6 taken back', () => {
  test('a person who asks is gone from the turns', () => {
    const pair = talking({ g: ['ana', 'ben'] })
    pair.says('ana', 'begin', 0)
    pair.says('ben', 'pass', 0)
    talk.redact(pair.state, { author: 'ben' })
    expect(JSON.stringify(pair.state)).not.toContain('ben')
    talk.redact(pair.state, { author: 'ana' })
    expect(JSON.stringify(pair.state)).not.toContain('ana')
    expect(talk.begun(pair.state)).toBe(false)
  })
})
