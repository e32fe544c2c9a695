/** The Thought / Question / Epiphany board. Its rules are those of cards (../cards/README.md); kinds and parking are its own. */
import type { Localized } from '../../localized.ts'
import { defineActivity, type Surroundings } from '../activity.ts'
import { wallMay } from '../cards/commands.ts'
import { decideCards } from '../cards/decide.ts'
import { copyCards, evolveCards } from '../cards/evolve.ts'
import { givenCards } from '../cards/gives.ts'
import type { CardKinds } from '../cards/kinds.ts'
import { emptyCards, type CardsEvent, type CardsState } from '../cards/model.ts'
import { erasesCards, redactCards, sealCards } from '../cards/seal.ts'
import { cardsJson } from '../cards/json.ts'
import { touchedByCards } from '../cards/touches.ts'
import { everyoneCards, facilitatorCards, mineCards, screenCards, type CardsViews } from '../cards/views.ts'
import { BoardConfig, boardCommands, type BoardCommand } from './model.ts'
import { readableCards } from '../cards/readable.ts'
import { boardRecord, boardReport } from './report.ts'

export interface Asked {
  prompt: Localized
  kinds: CardKinds
}

interface Limits {
  perPerson: number
  length: number
}

export interface BoardViews {
  facilitator: Asked & CardsViews['facilitator'] & { length: number }
  screen: Asked & CardsViews['screen']
  everyone: Asked & CardsViews['everyone'] & Limits
  mine: CardsViews['mine']
}

export const board = defineActivity<BoardConfig, CardsState, BoardCommand, CardsEvent, BoardViews>({
  kind: 'board',
  config: BoardConfig,
  commands: boardCommands,
  may: {
    write: ['participant'],
    behalf: ['facilitator'],
    // A facilitator's own are the cards on behalf of others.
    edit: ['participant', 'facilitator'],
    echo: ['participant'],
    park: ['facilitator'],
    unpark: ['facilitator'],
    ...wallMay,
  },
  start: emptyCards,
  decide: (state, command, context) => {
    const { perPerson, length, kinds } = context.config
    return decideCards(state, command, context, { perPerson, length, kinds })
  },
  evolve: evolveCards,
  copy: copyCards,
  json: cardsJson,
  touches: touchedByCards,
  begun: (state) => state.begun,
  views: {
    facilitator: (state, around) => ({ ...asked(around), ...facilitatorCards(state, around), length: around.config.length }),
    screen: (state, around) => ({ ...asked(around), ...screenCards(state, around) }),
    everyone: (state, around) => ({
      ...asked(around),
      ...everyoneCards(state, around),
      perPerson: around.config.perPerson,
      length: around.config.length,
    }),
    mine: mineCards,
  },
  gives: (state, around) => givenCards(state, around),
  report: boardReport,
  readable: readableCards,
  record: boardRecord,
  seal: sealCards,
  redact: redactCards,
  erases: erasesCards,
})

function asked(around: Surroundings<BoardConfig>): Asked {
  const kinds: Asked['kinds'] = {}
  for (const [id, kind] of Object.entries(around.config.kinds)) {
    kinds[id] = { order: kind.order, name: { ...kind.name }, hint: { ...kind.hint }, shape: kind.shape }
  }
  return { prompt: { ...around.config.prompt }, kinds }
}
