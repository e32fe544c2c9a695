/** The kind "closing". Shared commitments follow the rules of cards (../cards/README.md); those kept for oneself follow none: nobody sends them. */
import type { Localized } from '../../localized.ts'
import { defineActivity, type Surroundings } from '../activity.ts'
import { wallMay } from '../cards/commands.ts'
import { decideCards } from '../cards/decide.ts'
import { copyCards, evolveCards } from '../cards/evolve.ts'
import { givenCards } from '../cards/gives.ts'
import { emptyCards, type CardsEvent, type CardsState } from '../cards/model.ts'
import { erasesCards, redactCards, sealCards } from '../cards/seal.ts'
import { cardsJson } from '../cards/json.ts'
import { touchedByCards } from '../cards/touches.ts'
import { everyoneCards, facilitatorCards, mineCards, screenCards, type CardsViews } from '../cards/views.ts'
import { ClosingConfig, closingCommands, COMMITMENT, type ClosingCommand } from './model.ts'
import { readableCards } from '../cards/readable.ts'
import { closingRecord, closingReport } from './report.ts'

export interface Closing {
  prompt: Localized
  farewell?: Localized
}

export interface ClosingViews {
  facilitator: Closing & CardsViews['facilitator']
  screen: Closing & CardsViews['screen']
  everyone: Closing & CardsViews['everyone'] & { beginnings?: Localized; length: number }
  mine: CardsViews['mine']
}

type Around = Surroundings<ClosingConfig>

export const closing = defineActivity<ClosingConfig, CardsState, ClosingCommand, CardsEvent, ClosingViews>({
  kind: 'closing',
  config: ClosingConfig,
  commands: closingCommands,
  may: { write: ['participant'], edit: ['participant'], ...wallMay },
  start: emptyCards,
  decide: (state, command, context) => decideCards(state, command, context, COMMITMENT),
  evolve: evolveCards,
  copy: copyCards,
  json: cardsJson,
  touches: touchedByCards,
  begun: (state) => state.begun,
  views: {
    facilitator: (state, around) => ({ ...asked(around), ...facilitatorCards(state, around) }),
    screen: (state, around) => ({ ...asked(around), ...screenCards(state, around) }),
    everyone(state, around) {
      const view: ClosingViews['everyone'] = { ...asked(around), ...everyoneCards(state, around), length: COMMITMENT.length }
      if (around.config.beginnings !== undefined) view.beginnings = { ...around.config.beginnings }
      return view
    },
    mine: mineCards,
  },
  gives: (state, around) => givenCards(state, around),
  report: closingReport,
  readable: readableCards,
  record: closingRecord,
  seal: sealCards,
  redact: redactCards,
  erases: erasesCards,
})

function asked(around: Around): Closing {
  const closing: Closing = { prompt: { ...around.config.prompt } }
  if (around.config.farewell !== undefined) closing.farewell = { ...around.config.farewell }
  return closing
}
