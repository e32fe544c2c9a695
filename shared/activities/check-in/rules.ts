/** How answers become a sky: never of fewer than k people, never by one person's change. */
import { tell, toldOf } from '../k.ts'
import { UNSAID, type CheckInEvent, type CheckInState } from './model.ts'

export function evolveCheckIn(state: CheckInState, event: CheckInEvent): void {
  switch (event.type) {
    case 'answered': {
      count(state.said, state.answers[event.by], -1)
      count(state.said, event.weather, 1)
      state.answers[event.by] = event.weather
      state.k = event.k
      const counts = { ...state.said }
      const people = peopleIn(counts)
      if (people >= event.k) state.ready = counts
      // At first when k have answered, then whenever three more people have answered or changed; also under a veil.
      const moves = tell(state.told, event.by, people, event.k)
      if (moves && people >= event.k && (state.revealed || state.shown !== undefined)) state.shown = counts
      return
    }
    case 'revealed':
      // The sky that was shown before a veil comes back as it was: veiling and revealing must not show one person's change.
      state.revealed = true
      if (state.shown !== undefined || state.ready === undefined || toldOf(state.told) === undefined) return
      state.shown = state.ready
      state.told.changed = {}
      return
    case 'veiled':
      state.revealed = false
      return
  }
}

/** Whether a reveal shows a sky. Told like a number: it does not go out when one person takes their word back. */
export function enoughSaid(state: CheckInState): boolean {
  return state.shown !== undefined || toldOf(state.told) !== undefined
}

/** A sky that was shown stays as it was: one that moved now would tell whose weather is gone. One that was not is drawn without it. */
export function forget(state: CheckInState, author: string): void {
  if (!Object.hasOwn(state.answers, author)) return
  count(state.said, state.answers[author], -1)
  delete state.answers[author]
  delete state.told.changed[author]
  if (state.ready === undefined) return
  if (peopleIn(state.said) >= (state.k ?? Infinity)) state.ready = { ...state.said }
  else delete state.ready
}

/** Who would rather not say is in none of the weathers. */
function count(said: Record<string, number>, weather: string | undefined, by: 1 | -1): void {
  if (weather === undefined || weather === UNSAID) return
  const people = (said[weather] ?? 0) + by
  if (people > 0) said[weather] = people
  else delete said[weather]
}

function peopleIn(counts: Record<string, number>): number {
  return Object.values(counts).reduce((sum, people) => sum + people, 0)
}
