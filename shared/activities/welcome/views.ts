/** What each audience sees of the welcome. Title, hosts, date and the way in stand in the session's own view. */
import type { Localized } from '../../localized.ts'
import { localizedMarkdown } from '../../markdown/parse.ts'
import { saysAnything, type LocalizedTree } from '../../markdown/tree.ts'
import type { Surroundings } from '../activity.ts'
import type { WelcomeConfig, WelcomeState } from './model.ts'

export interface Welcomed {
  showing: 'door' | 'opening'
  /** The opening slide. For screen and phones only while it is shown. */
  opening?: LocalizedTree
}

export interface WelcomeViews {
  facilitator: Welcomed
  screen: Welcomed
  everyone: Welcomed & { greeting?: Localized }
  mine: Record<string, never>
}

/** What is shown now: the door also where the plan has lost its opening slide since. */
export function shownNow(state: WelcomeState, around: Surroundings<WelcomeConfig>): 'door' | 'opening' {
  return state.showing === 'opening' && saysAnything(around.config.opening) ? 'opening' : 'door'
}

export function facilitatorView(state: WelcomeState, around: Surroundings<WelcomeConfig>): Welcomed {
  return withOpening({ showing: shownNow(state, around) }, around)
}

export function publicView(state: WelcomeState, around: Surroundings<WelcomeConfig>): Welcomed {
  const view: Welcomed = { showing: shownNow(state, around) }
  return view.showing === 'opening' ? withOpening(view, around) : view
}

export function everyoneView(state: WelcomeState, around: Surroundings<WelcomeConfig>): WelcomeViews['everyone'] {
  const view: WelcomeViews['everyone'] = publicView(state, around)
  if (saysAnything(around.config.greeting)) view.greeting = { ...around.config.greeting }
  return view
}

function withOpening(view: Welcomed, around: Surroundings<WelcomeConfig>): Welcomed {
  const opening = localizedMarkdown(around.config.opening)
  if (opening !== undefined) view.opening = opening
  return view
}
