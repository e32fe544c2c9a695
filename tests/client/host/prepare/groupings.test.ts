import { describe, expect, test } from 'vitest'
import { smartGoals } from '#shared/templates/smart-goals/plan.ts'
import { placedAnew, placedIn, stepsIn } from '../../../../client/host/prepare/groupings.ts'

describe('steps in groups', () => {
  test('a new grouping is pairs by a draw, beside those that are there', () => {
    const plan = placedAnew(smartGoals, 'board')
    const place = plan.steps['board']?.place ?? ''
    expect(smartGoals.groupings).not.toHaveProperty(place)
    expect(plan.groupings).toMatchObject({ ...smartGoals.groupings, [place]: { how: 'random', size: 2 } })
    expect(stepsIn(plan, place)).toEqual(['board'])
  })

  test('steps in one grouping are named in the order of the day', () => {
    const alone = placedAnew(smartGoals, 'serve')
    const place = alone.steps['serve']?.place ?? ''
    expect(stepsIn(placedIn(alone, 'board', place), place)).toEqual(['board', 'serve'])
  })

  test('a step that comes back to the plenary leaves its grouping in the plan: people may be in it', () => {
    const alone = placedAnew(smartGoals, 'board')
    const back = placedIn(alone, 'board', undefined)
    expect(back.steps['board']).not.toHaveProperty('place')
    expect(back.groupings).toEqual(alone.groupings)
  })

  test('a step that is not there changes nothing', () => {
    expect(placedIn(smartGoals, 'gone', 'anywhere')).toEqual(smartGoals)
  })
})
