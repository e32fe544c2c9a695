import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { FACILITATORS } from '#shared/activities/activity.ts'
import { goalTree } from '#shared/activities/goal-tree/goal-tree.ts'
import { nodeKeys, nodeOf } from '#shared/activities/goal-tree/rules.ts'
import { stage } from '../../../support/stage.ts'
import { config, facilitator } from './arbitrary.ts'

function room(given = config) {
  const it = stage(goalTree, given, { anonymous: false })
  const step = (way: 'next' | 'back') => {
    const event = goalTree[way]?.(it.state, it.around)
    if (event !== undefined) goalTree.evolve(it.state, event)
    return event === undefined ? 'leaves' : it.state.at.level
  }
  return {
    ...it,
    next: () => step('next'),
    back: () => step('back'),
    write: (node: string, text: string, seen = nodeOf(it.state, it.around.config, node).version) => it.facilitator({ type: 'write', node, text, seen }),
  }
}

describe('level by level', () => {
  test('GT1 next reveals one level after the other, then leaves; back goes the same way', () => {
    const { next, back } = room()
    expect([next(), next(), next(), next(), next()]).toEqual(['goal', 'objectives', 'question', 'activities', 'leaves'])
    expect([back(), back(), back(), back(), back()]).toEqual(['question', 'objectives', 'goal', 'smart', 'leaves'])
  })

  test('GT3 the room sees nothing of a level before it is revealed', () => {
    const { write, next, view } = room()
    for (const node of ['goal', 'o1', 'o1.a1']) write(node, `ours ${node}`)
    const seen = () => ['ours goal', 'ours o1', 'mental space', 'ours o1.a1'].filter((words) => JSON.stringify([view('screen'), view('everyone')]).includes(words))
    expect(seen()).toEqual([])
    next()
    expect(seen()).toEqual(['ours goal'])
    next()
    expect(seen()).toEqual(['ours goal', 'ours o1'])
    next()
    expect(seen()).toEqual(['ours goal', 'ours o1', 'mental space'])
    next()
    expect(seen()).toEqual(['ours goal', 'ours o1', 'mental space', 'ours o1.a1'])
  })

  test('GT3 a level that was gone back from is hidden again', () => {
    const { write, next, back, view } = room()
    write('goal', 'ours')
    next()
    back()
    expect(JSON.stringify(view('screen'))).not.toContain('ours')
  })

  test('GT1 a facilitator may go straight to a level, and not to one that is not there', () => {
    const { facilitator: ask, view } = room()
    ask({ type: 'show', level: 'question' })
    expect(view('screen').level).toBe('question')
    expect(ask({ type: 'show', level: 'activities', page: 3 })).toBe('not-found')
  })

  test('GT2 where activities need several pages, each is a step of next, and the screen knows which it is', () => {
    const activities = Object.fromEntries(Array.from({ length: 6 }, (_, order) => [`a${order}`, { order, sample: { en: `activity ${order}` } }]))
    const big = { ...config, begin: 'sample' as const, objectives: { o1: { order: 0, sample: {}, activities }, o2: { order: 1, sample: {}, activities } } }
    const { next, view } = room(big)
    for (let i = 0; i < 4; i += 1) next()
    expect(view('screen')).toMatchObject({ level: 'activities', page: 1, pages: 2, objectives: { o1: { onPage: true } } })
    expect(view('screen').objectives?.['o2']?.activities).toBeUndefined()
    next()
    expect(view('screen')).toMatchObject({ page: 2, objectives: { o2: { onPage: true } } })
    expect(view('screen').objectives?.['o1']?.onPage).toBeUndefined()
    expect(next()).toBe('leaves')
  })
})

describe('nodes', () => {
  test('GT4 a node holds what a facilitator typed, on one line', () => {
    const { write, next, view } = room()
    write('goal', ' By June,\n every school ')
    next()
    expect(view('everyone').goal).toEqual({ order: 0, own: 'By June, every school' })
  })

  test('GT4 a sample is shown in every language that the plan has it in', () => {
    const { facilitator: ask, next, view } = room()
    ask({ type: 'take-sample', node: 'goal', seen: 0 })
    next()
    expect(view('everyone').goal).toEqual({ order: 0, sample: { en: 'Sample goal', es: 'Meta de ejemplo' } })
  })

  test('GT5 who types over words that they have not seen is refused, and the words stay', () => {
    const { write, view } = room()
    expect(write('o1', 'first', 0)).toBeUndefined()
    expect(write('o1', 'second', 0)).toBe('moved-on')
    expect(view('facilitator').objectives['o1']).toMatchObject({ is: 'own', own: 'first', version: 1 })
    expect(write('o1', 'second', 1)).toBeUndefined()
  })

  test('GT5 a cleared node keeps counting, so that an old command does not fill it again', () => {
    const { write, facilitator: ask } = room()
    write('o1', 'first')
    ask({ type: 'clear', node: 'o1', seen: 1 })
    expect(write('o1', 'first', 0)).toBe('moved-on')
  })

  test('GT5 the same words again are no event', () => {
    const { write, events } = room()
    write('o1', 'first', 0)
    expect(write('o1', 'first', 0)).toBeUndefined()
    expect(events).toHaveLength(1)
  })

  test('GT6 all samples fill what is empty and overwrite nothing', () => {
    const { write, facilitator: ask, view } = room()
    write('o1', 'ours')
    ask({ type: 'take-samples' })
    const tree = view('facilitator')
    expect([tree.goal.is, tree.objectives['o1']?.is, tree.objectives['o1']?.activities['a1']?.is]).toEqual(['sample', 'own', 'sample'])
    expect(tree.objectives['o3']).toMatchObject({ is: 'empty', version: 0 })
  })

  test('GT6 a node without a sample has none to take', () => {
    const { facilitator: ask } = room()
    expect(ask({ type: 'take-sample', node: 'o3', seen: 0 })).toBe('not-found')
    expect(ask({ type: 'take-sample', node: 'o1.gone', seen: 0 })).toBe('not-found')
  })

  test('GT6 a tree may begin with its samples', () => {
    const { next, view } = room({ ...config, begin: 'sample' })
    next()
    next()
    expect(view('screen').objectives?.['o2']).toEqual({ order: 1, sample: { en: 'Sample objective two', es: 'Sample objective two (es)' } })
    expect(view('screen').objectives?.['o3']).toEqual({ order: 2 })
  })

  test('GT4 to write nothing is to clear', () => {
    const { write, view } = room({ ...config, begin: 'sample' })
    write('goal', '   ')
    expect(view('facilitator').goal).toMatchObject({ is: 'empty' })
  })

  test('GT4 a node that is not in the plan, or in it no longer, is refused', () => {
    const { write, around } = room()
    write('o2', 'ours')
    for (const node of ['gone', 'o1.gone', 'gone.a1', 'goal.a1', 'constructor']) expect(write(node, 'words', 0)).toBe('not-found')
    around.config = { ...config, objectives: { o1: config.objectives['o1'] as (typeof config.objectives)[string] } }
    expect(write('o2', 'more', 1)).toBe('not-found')
  })

  test('GT5 of any two facilitators who saw the same node, the second with other words is refused', () => {
    fc.assert(
      fc.property(fc.array(facilitator, { maxLength: 10 }), fc.constantFrom(...nodeKeys(config)), (before, node) => {
        const { facilitator: ask, write, state } = room()
        for (const command of before) ask(command)
        const seen = nodeOf(state, config, node).version
        expect(write(node, 'one of us', seen)).toBeUndefined()
        expect(write(node, 'the other', seen)).toBe('moved-on')
        expect(nodeOf(state, config, node)).toMatchObject({ is: 'own', text: 'one of us' })
      }),
    )
  })

  test('GT5 versions never fall, whatever happens', () => {
    fc.assert(
      fc.property(fc.array(facilitator, { maxLength: 30 }), (commands) => {
        const { facilitator: ask, state } = room()
        for (const command of commands) {
          const before = nodeKeys(config).map((key) => nodeOf(state, config, key).version)
          ask(command)
          nodeKeys(config).forEach((key, i) => expect(nodeOf(state, config, key).version).toBeGreaterThanOrEqual(before[i] ?? 0))
        }
      }),
    )
  })
})

describe('who', () => {
  test('GT7 only facilitators may do anything, and nobody has anything of their own', () => {
    for (const senders of Object.values(goalTree.may)) expect(senders).toEqual(['facilitator'])
    expect(room().mine('ana')).toBeUndefined()
  })

  test('GT7 a step has begun with the first own words or the first verdict, not with a sample', () => {
    const { facilitator: ask, write, state } = room()
    ask({ type: 'take-samples' })
    expect(goalTree.begun(state)).toBe(false)
    write('o3', 'ours')
    expect(goalTree.begun(state)).toBe(true)
  })

  test('GT7 what was written can be taken out again, one node or all', () => {
    const { facilitator: ask, write, state } = room()
    write('o1', 'Ana Pérez leads')
    write('o2', 'Luis leads')
    ask({ type: 'judge', criterion: 'relevant', verdict: 'yes', note: 'says Luis', seen: 0 })
    goalTree.redact(state, { id: 'o1' })
    expect(JSON.stringify(state)).not.toContain('Ana')
    expect(JSON.stringify(state)).toContain('Luis leads')
    goalTree.redact(state, { author: FACILITATORS })
    expect(JSON.stringify(state)).not.toContain('Luis')
  })
})
