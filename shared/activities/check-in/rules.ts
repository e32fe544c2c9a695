/** How answers become a sky: never of fewer than k people, never by one person's change. */
import { STEP } from '../k.ts'
import { UNSAID, type CheckInEvent, type CheckInState } from './model.ts'

export function evolveCheckIn(state: CheckInState, event: CheckInEvent): void {
  switch (event.type) {
    case 'answered':
      state.answers[event.by] = event.weather
      state.changed[event.by] = true
      redraw(state, event.k)
      return
    case 'revealed':
      // The sky that was shown before a veil comes back as it was: veiling and revealing must not show one person's change.
      state.revealed = true
      redraw(state, event.k)
      return
    case 'veiled':
      state.revealed = false
      return
  }
}

/** Redraws the sky that is shown: at first when k have answered, then whenever three more people have answered or changed. */
function redraw(state: CheckInState, k: number): void {
  if (!state.revealed) return
  if (state.shown !== undefined && Object.keys(state.changed).length < STEP) return
  const counts = settle(state.answers)
  if (Object.values(counts).reduce((sum, count) => sum + count, 0) < k) return
  state.shown = counts
  state.changed = {}
}

/** People by weather; who would rather not say is in none of them. */
export function settle(answers: Record<string, string>): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const weather of Object.values(answers)) {
    if (weather !== UNSAID) counts[weather] = (counts[weather] ?? 0) + 1
  }
  return counts
}
