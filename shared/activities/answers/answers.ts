/** The short answers wall. Its rules are those of cards (../cards/README.md). */
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
import { AnswersConfig, answersCommands, type AnswersCommand } from './model.ts'
import { readableCards } from '../cards/readable.ts'
import { answersRecord, answersReport } from './report.ts'

export interface Asked {
  prompt: Localized
  byDepartment: boolean
}

export interface AnswersViews {
  facilitator: Asked & CardsViews['facilitator']
  screen: Asked & CardsViews['screen']
  everyone: Asked & CardsViews['everyone'] & { perPerson: number; length: number }
  mine: CardsViews['mine']
}

type Around = Surroundings<AnswersConfig>

export const answers = defineActivity<AnswersConfig, CardsState, AnswersCommand, CardsEvent, AnswersViews>({
  kind: 'answers',
  config: AnswersConfig,
  commands: answersCommands,
  may: { write: ['participant'], edit: ['participant'], ...wallMay },
  start: emptyCards,
  decide: (state, command, context) =>
    decideCards(state, command, context, { perPerson: context.config.perPerson, length: context.config.length }),
  evolve: evolveCards,
  copy: copyCards,
  json: cardsJson,
  touches: touchedByCards,
  begun: (state) => state.begun,
  views: {
    facilitator: (state, around) => ({ ...asked(around), ...facilitatorCards(state, around, around.config.byDepartment) }),
    screen: (state, around) => ({ ...asked(around), ...screenCards(state, around, around.config.byDepartment) }),
    everyone: (state, around) => ({
      ...asked(around),
      ...everyoneCards(state, around, around.config.byDepartment),
      perPerson: around.config.perPerson,
      length: around.config.length,
    }),
    mine: mineCards,
  },
  gives: (state, around) => givenCards(state, around, around.config.byDepartment),
  report: answersReport,
  readable: readableCards,
  record: answersRecord,
  seal: sealCards,
  redact: redactCards,
  erases: erasesCards,
})

function asked(around: Around): Asked {
  return { prompt: { ...around.config.prompt }, byDepartment: around.config.byDepartment && !around.anonymous }
}
