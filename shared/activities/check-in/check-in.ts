/** The check-in kind. Rules CI1 to CI8 of shared/SPEC.md. */
import { accept, defineActivity, type Decision, type Surroundings } from '../activity.ts'
import { settledAs, toldOf, untold } from '../k.ts'
import { refuse } from '../../refusals.ts'
import { FEWEST, skyOf } from '../../sky/sky.ts'
import { CheckInConfig, checkInCommands, UNSAID, type CheckInCommand, type CheckInEvent, type CheckInState } from './model.ts'
import { checkInReport } from './report.ts'
import { enoughSaid, evolveCheckIn, forget } from './rules.ts'
import { shownSky, type CheckInViews } from './views.ts'

export const checkIn = defineActivity<CheckInConfig, CheckInState, CheckInCommand, CheckInEvent, CheckInViews>({
  kind: 'check-in',
  alwaysAnonymous: true,
  config: CheckInConfig,
  commands: checkInCommands,
  may: { answer: ['participant'], reveal: ['facilitator'], veil: ['facilitator'] },
  start: () => ({ answers: {}, said: {}, told: untold(), revealed: false }),

  decide(state, command, context): Decision<CheckInEvent> {
    switch (command.type) {
      case 'answer':
        if (command.weather !== UNSAID && !Object.hasOwn(context.config.weathers, command.weather)) return refuse('not-found')
        if (state.answers[context.author] === command.weather) return accept()
        return accept({ type: 'answered', by: context.author, weather: command.weather, k: context.k })
      case 'reveal':
        return state.revealed ? refuse('already') : accept({ type: 'revealed', k: context.k })
      case 'veil':
        return state.revealed ? accept({ type: 'veiled' }) : refuse('already')
    }
  },
  evolve: evolveCheckIn,
  touches: (event) => (event.type === 'answered' ? [event.by] : []),
  begun: (state) => Object.keys(state.answers).length > 0 || state.sealed !== undefined,

  views: {
    facilitator(state, around) {
      const view: CheckInViews['facilitator'] = { ...asked(around), revealed: state.revealed, enough: enoughSaid(state) }
      const answered = toldOf(state.told)
      if (answered !== undefined) view.answered = answered
      return { ...view, ...shownSky(state, around) }
    },
    screen: (state, around) => ({ ...asked(around), revealed: state.revealed, ...shownSky(state, around) }),
    everyone(state, around) {
      const view: CheckInViews['everyone'] = { ...asked(around), revealed: state.revealed, ...shownSky(state, around) }
      if (around.config.second !== undefined) view.second = { ...around.config.second }
      if (around.config.suggestions !== undefined) view.suggestions = { ...around.config.suggestions }
      return view
    },
    mine(state, viewer) {
      const weather = state.answers[viewer.author]
      return weather === undefined ? undefined : { weather }
    },
  },

  report: checkInReport,
  seal: (state) => {
    const sky = state.sealed === undefined ? skyOf(state.shown ?? {}, FEWEST) : state.sealed.sky
    return { answers: {}, said: {}, told: settledAs(state.told), revealed: state.revealed, sealed: sky === undefined ? {} : { sky } }
  },
  redact(state, what) {
    if ('author' in what) forget(state, what.author)
  },
})

function asked(around: Surroundings<CheckInConfig>) {
  const weathers: CheckInViews['everyone']['weathers'] = {}
  for (const [id, weather] of Object.entries(around.config.weathers)) {
    weathers[id] = { order: weather.order, name: { ...weather.name }, feelings: { ...weather.feelings } }
  }
  return { question: { ...around.config.question }, weathers, compares: around.config.then !== undefined }
}
