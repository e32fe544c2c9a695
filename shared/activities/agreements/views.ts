/** What each audience sees of the agreements. Of the private answers: oneself one's own, facilitators one yes or no, others nothing. */
import type { Localized } from '../../localized.ts'
import { saysAnything } from '../../markdown/tree.ts'
import type { Surroundings, Viewer } from '../activity.ts'
import type { AgreementsChoice, AgreementsConfig, AgreementsState } from './model.ts'
import { atNow } from './rules.ts'

export interface Agreed {
  order: number
  name: Localized
  text: Localized
  local?: Localized
}

export interface Agreements {
  agreements: Record<string, Agreed>
  source?: Localized
  /** The one at full size; absent while all are shown together. */
  at?: string
  /** Everybody has been asked for their private answer. */
  asked: boolean
}

export interface AgreementsViews {
  facilitator: Agreements & { someTalk: boolean }
  screen: Agreements
  everyone: Agreements
  mine: { choice: AgreementsChoice }
  standing: StandingAgreements
}

/** What stays at hand on every phone and screen, from the end of the step on. */
export interface StandingAgreements {
  /** Where the private answer can still be given and changed. */
  step: string
  agreements: Record<string, Agreed>
  source?: Localized
  asked: boolean
}

export function publicView(state: AgreementsState, around: Surroundings<AgreementsConfig>): Agreements {
  const view: Agreements = { agreements: agreed(around.config), asked: state.asked }
  const at = state.asking ? undefined : atNow(state, around.config)
  if (at !== undefined) view.at = at
  if (saysAnything(around.config.source)) view.source = { ...around.config.source }
  return view
}

export function facilitatorView(state: AgreementsState, around: Surroundings<AgreementsConfig>): AgreementsViews['facilitator'] {
  return { ...publicView(state, around), someTalk: state.someTalk }
}

export function mineView(state: AgreementsState, viewer: Viewer): AgreementsViews['mine'] | undefined {
  const choice = Object.hasOwn(state.choices, viewer.author) ? state.choices[viewer.author] : undefined
  return choice === undefined ? undefined : { choice }
}

/** Nothing while the step itself is on: it shows them larger. */
export function standingView(state: AgreementsState, around: Surroundings<AgreementsConfig>): StandingAgreements | undefined {
  if (around.currentStep === around.step) return undefined
  const view: StandingAgreements = { step: around.step, agreements: agreed(around.config), asked: state.asked }
  if (saysAnything(around.config.source)) view.source = { ...around.config.source }
  return view
}

function agreed(config: AgreementsConfig): Record<string, Agreed> {
  const out: Record<string, Agreed> = {}
  for (const [id, agreement] of Object.entries(config.agreements)) {
    const one: Agreed = { order: agreement.order, name: { ...agreement.name }, text: { ...agreement.text } }
    if (saysAnything(agreement.local)) one.local = { ...agreement.local }
    out[id] = one
  }
  return out
}
