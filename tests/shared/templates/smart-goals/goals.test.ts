import { describe, expect, test } from 'vitest'
import { placesOf } from '#shared/activities/goal-tree/levels.ts'
import { GoalTreeConfig } from '#shared/activities/goal-tree/model.ts'
import { GoalsConfig } from '#shared/activities/goals/model.ts'
import { goalTree } from '#shared/templates/smart-goals/goal-tree.ts'
import { departmentGoals } from '#shared/templates/smart-goals/goals.ts'
import { parse } from '#shared/wire/parse.ts'

/** Every text of a config, as its two languages. */
function texts(value: unknown): { en?: unknown; es?: unknown }[] {
  if (typeof value !== 'object' || value === null) return []
  return 'en' in value || 'es' in value ? [value] : Object.values(value).flatMap(texts)
}

describe('goals of session A', () => {
  test.each([
    ['the goal tree', GoalTreeConfig, goalTree],
    ['the department goals', GoalsConfig, departmentGoals],
  ] as const)('%s is a config as the kind takes it', (_name, schema, config) => {
    expect(parse(schema, config)).toEqual({ value: config })
  })

  test('every text is there in English and in Spanish', () => {
    const all = texts([goalTree, departmentGoals])
    expect(all.length).toBeGreaterThan(35)
    for (const text of all) expect(text).toEqual({ en: expect.stringMatching(/\S/) as unknown, es: expect.stringMatching(/\S/) as unknown })
  })

  test('the tree has one goal, three objectives and three activities each, on one page', () => {
    expect(Object.values(goalTree.objectives).map(({ activities }) => Object.keys(activities).length)).toEqual([3, 3, 3])
    expect(placesOf(goalTree)).toHaveLength(5)
  })

  test('four departments, all of them bound by the 2024-2025 school year, one with a figure', () => {
    const goals = Object.values(departmentGoals.goals)
    expect(goals.map(({ department }) => department.en)).toEqual(['HumanWare', 'Attendance', 'Safety & Security', 'Human Resources'])
    for (const { bound } of goals) expect(bound?.en).toContain('2024-2025')
    expect(goals.filter(({ goal, measure }) => /\d/.test(`${goal.en} ${measure?.en}`)).map(({ department }) => department.en)).toEqual(['Attendance'])
  })
})
