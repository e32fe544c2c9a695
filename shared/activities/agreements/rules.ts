/** Agreement by agreement, then the question; and what becomes of private answers. */
import { idsInOrder } from '../../ordered.ts'
import { tell } from '../k.ts'
import { SOME, type AgreementsConfig, type AgreementsEvent, type AgreementsState } from './model.ts'

/** The agreement at full size: the first where nothing was chosen, or where the plan has lost the one that was. */
export function atNow(state: AgreementsState, config: AgreementsConfig): string | undefined {
  return state.at !== undefined && Object.hasOwn(config.agreements, state.at) ? state.at : idsInOrder(config.agreements)[0]
}

/** What "next" does: the next agreement, then the question to all, then nothing (the step is left). */
export function goingOn(state: AgreementsState, config: AgreementsConfig): AgreementsEvent | undefined {
  if (state.asking) return undefined
  const agreement = neighbour(state, config, 1)
  return agreement === undefined ? { type: 'asked' } : { type: 'shown', agreement }
}

/** What "back" does: the same way, backwards. */
export function goingBack(state: AgreementsState, config: AgreementsConfig): AgreementsEvent | undefined {
  const agreement = state.asking ? idsInOrder(config.agreements).at(-1) : neighbour(state, config, -1)
  return agreement === undefined ? undefined : { type: 'shown', agreement }
}

export function evolveAgreements(state: AgreementsState, event: AgreementsEvent): void {
  switch (event.type) {
    case 'shown':
      state.at = event.agreement
      state.asking = false
      return
    case 'asked':
      state.asking = true
      state.asked = true
      return
    case 'chosen':
      state.choices[event.by] = event.choice
      // Not with the third thumb that says so: it is looked at when k have answered, and then after three more answers or changes.
      if (tell(state.told, event.by, () => Object.keys(state.choices).length, event.k)) state.someTalk ||= wantToTalk(state) >= SOME
      return
  }
}

/** How many want to talk now. Counted nowhere but here. */
function wantToTalk(state: AgreementsState): number {
  return Object.values(state.choices).filter((choice) => choice === 'talk').length
}

/** The answer goes. What was told of three people or more stays told: going out now, it would tell what the answer was. */
export function forget(state: AgreementsState, author: string): void {
  delete state.choices[author]
  delete state.told.changed[author]
}

function neighbour(state: AgreementsState, config: AgreementsConfig, by: 1 | -1): string | undefined {
  const all = idsInOrder(config.agreements)
  const at = atNow(state, config)
  return at === undefined ? undefined : all[all.indexOf(at) + by]
}
