/** What each audience sees of a check-in: a veil, or a sky in tenths. Never a count of a weather, never a name. */
import type { Localized } from '../../localized.ts'
import { skyOf, type Sky } from '../../sky/sky.ts'
import type { Surroundings } from '../activity.ts'
import type { CheckInConfig, CheckInState } from './model.ts'

export interface Asked {
  question: Localized
  weathers: Record<string, { order: number; name: Localized; feelings: Localized }>
  /** Whether an earlier sky belongs beside this one. */
  compares: boolean
}

export interface Shown {
  revealed: boolean
  /** Absent: veiled. */
  sky?: Sky
  /** The earlier sky, of equal size, only together with this one. */
  then?: Sky
}

export interface CheckInViews {
  facilitator: Asked & Shown & { enough: boolean; answered?: number }
  screen: Asked & Shown
  everyone: Asked & Shown & { second?: Localized; suggestions?: Localized }
  mine: { weather: string }
}

/** The sky or skies that may be seen now. Then and now come together or not at all. */
export function shownSky(state: CheckInState, around: Surroundings<CheckInConfig>): { sky?: Sky; then?: Sky } {
  const sky = drawn(state, around.k)
  if (sky === undefined) return {}
  if (around.config.then === undefined) return { sky }
  const then = earlierSky(around)
  return then === undefined ? { sky } : { sky, then }
}

function earlierSky(around: Surroundings<CheckInConfig>): Sky | undefined {
  const state = around.config.then === undefined ? undefined : (around.stateOf(around.config.then) as CheckInState | undefined)
  return state === undefined ? undefined : drawn(state, around.k)
}

function drawn(state: CheckInState, k: number): Sky | undefined {
  if (!state.revealed) return undefined
  return state.sealed === undefined ? skyOf(state.shown ?? {}, k) : state.sealed.sky
}
