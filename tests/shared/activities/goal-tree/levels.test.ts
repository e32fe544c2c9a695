import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { activityPages, neighbour, placesOf, settled, type Place } from '#shared/activities/goal-tree/levels.ts'
import type { GoalTreeConfig } from '#shared/activities/goal-tree/model.ts'
import { config } from './arbitrary.ts'

/** A tree of so many activities under each objective. */
function tree(...activities: number[]): GoalTreeConfig {
  const objectives: GoalTreeConfig['objectives'] = {}
  activities.forEach((count, order) => {
    const leaves = Array.from({ length: count }, (_, i) => [`a${i}`, { order: i, sample: {} }] as const)
    objectives[`o${order}`] = { order, sample: {}, activities: Object.fromEntries(leaves) }
  })
  return { ...config, objectives }
}

const start: Place = { level: 'smart', page: 0 }
const anyTree = fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 6 }).map((counts) => tree(...counts))

describe('places', () => {
  test('GT1 what SMART means, the goal, the objectives, the question, the activities', () => {
    expect(placesOf(config).map(({ level }) => level)).toEqual(['smart', 'goal', 'objectives', 'question', 'activities'])
  })

  test('GT1 a tree without a question has no level for it', () => {
    const { question: _, ...rest } = config
    expect(placesOf(rest).map(({ level }) => level)).toEqual(['smart', 'goal', 'objectives', 'activities'])
  })

  test('GT2 three objectives of three activities share one page', () => {
    expect(activityPages(tree(3, 3, 3))).toEqual([['o0', 'o1', 'o2']])
  })

  test('GT2 what does not fit is shared evenly among pages', () => {
    expect(activityPages(tree(3, 3, 3, 3)).map((page) => page.length)).toEqual([2, 2])
    expect(activityPages(tree(4, 1, 1)).map((page) => page.length)).toEqual([2, 1])
    expect(activityPages(tree(6, 6)).map((page) => page.length)).toEqual([1, 1])
  })

  test('GT2 every objective of any tree stands on exactly one page', () => {
    fc.assert(
      fc.property(anyTree, (some) => {
        expect(activityPages(some).flat()).toEqual(Object.keys(some.objectives))
      }),
    )
  })

  test('GT1 next walks through every place once and back again, in any tree', () => {
    fc.assert(
      fc.property(anyTree, (some) => {
        const walk = (from: Place, by: 1 | -1): Place[] => {
          const to = neighbour(some, from, by)
          return to === undefined ? [from] : [from, ...walk(to, by)]
        }
        const there = walk(start, 1)
        expect(there).toEqual(placesOf(some))
        expect(walk(there[there.length - 1] ?? start, -1)).toEqual(there.reverse())
      }),
    )
  })

  test('GT1 a place that the plan no longer has becomes the last before it', () => {
    const { question: _, ...rest } = config
    expect(settled(rest, { level: 'question', page: 0 })).toEqual({ level: 'objectives', page: 0 })
    expect(settled(tree(6), { level: 'activities', page: 4 })).toEqual({ level: 'activities', page: 0 })
  })
})
