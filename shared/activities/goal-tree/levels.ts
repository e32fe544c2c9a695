/** How a tree is revealed: which levels it has, which objectives share a page, and what comes next. Free of schemas. */
import { idsInOrder } from '../../ordered.ts'
import type { GoalTreeConfig } from './model.ts'

export const LEVELS = ['smart', 'goal', 'objectives', 'question', 'activities'] as const
export type Level = (typeof LEVELS)[number]

/** A node's text at most: a tree of nine activities at this length is still read from the back row. */
export const NODE_LENGTH = 160

/** Where the room is: a level and, among the activities, a page from 0. Other levels have page 0 alone. */
export interface Place {
  level: Level
  page: number
}

/**
 * Objectives whose activities fit on one screen at 28 px, every text at its longest: three with three activities each, two with
 * four, one with more. Measured at 1920 x 1080.
 */
function objectivesAPage(activities: number): number {
  return activities <= 3 ? 3 : activities === 4 ? 2 : 1
}

/** The objectives of each page of activities, as even as can be: four at three a page are two and two. */
export function activityPages(config: GoalTreeConfig): string[][] {
  const ids = idsInOrder(config.objectives)
  const most = Math.max(...ids.map((id) => Object.keys(config.objectives[id]?.activities ?? {}).length))
  const count = Math.ceil(ids.length / objectivesAPage(most))
  const size = Math.ceil(ids.length / count)
  return Array.from({ length: count }, (_, page) => ids.slice(page * size, (page + 1) * size)).filter((page) => page.length > 0)
}

/** Every place in the order of "next". A tree without a question has no level for it. */
export function placesOf(config: GoalTreeConfig): Place[] {
  return LEVELS.flatMap((level): Place[] => {
    if (level === 'question' && config.question === undefined) return []
    if (level === 'activities') return activityPages(config).map((_, page) => ({ level, page }))
    return [{ level, page: 0 }]
  })
}

/** The place as the plan has it now: a page or a level that the plan no longer has becomes the last one before it. */
export function settled(config: GoalTreeConfig, place: Place): Place {
  const upTo = placesOf(config).filter((other) => !isAfter(other, place))
  return upTo[upTo.length - 1] ?? { level: 'smart', page: 0 }
}

/** The place one step on or back; undefined at either end. */
export function neighbour(config: GoalTreeConfig, place: Place, by: 1 | -1): Place | undefined {
  const places = placesOf(config)
  const here = settled(config, place)
  const at = places.findIndex(({ level, page }) => level === here.level && page === here.page)
  return places[at + by]
}

/** Whether the first place is shown later than the second. */
export function isAfter(a: Place, b: Place): boolean {
  const by = LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level)
  return by > 0 || (by === 0 && a.page > b.page)
}

/** Whether a level has been shown by the time the room is at `place`. */
export function covers(place: Place, level: Level): boolean {
  return LEVELS.indexOf(level) <= LEVELS.indexOf(place.level)
}
