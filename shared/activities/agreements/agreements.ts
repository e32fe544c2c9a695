/** The agreements kind. Rules AG1 to AG6 of shared/SPEC.md. */
import { accept, defineActivity, type Decision } from '../activity.ts'
import { untold } from '../k.ts'
import { refuse } from '../../refusals.ts'
import { AgreementsConfig, agreementsCommands, type AgreementsCommand, type AgreementsEvent, type AgreementsState } from './model.ts'
import { agreementsReport } from './report.ts'
import { atNow, evolveAgreements, forget, goingBack, goingOn } from './rules.ts'
import { facilitatorView, mineView, publicView, standingView, type AgreementsViews } from './views.ts'

export const agreements = defineActivity<AgreementsConfig, AgreementsState, AgreementsCommand, AgreementsEvent, AgreementsViews>({
  kind: 'agreements',
  alwaysAnonymous: true,
  config: AgreementsConfig,
  commands: agreementsCommands,
  may: { show: ['facilitator'], ask: ['facilitator'], choose: ['participant'] },
  start: () => ({ asking: false, asked: false, choices: {}, told: untold(), someTalk: false }),

  decide(state, command, context): Decision<AgreementsEvent> {
    switch (command.type) {
      case 'show':
        if (!Object.hasOwn(context.config.agreements, command.agreement)) return refuse('not-found')
        if (!state.asking && command.agreement === atNow(state, context.config)) return refuse('already')
        return accept({ type: 'shown', agreement: command.agreement })
      case 'ask':
        return state.asking ? refuse('already') : accept({ type: 'asked' })
      case 'choose':
        if (!state.asked) return refuse('not-open')
        if (mineView(state, context)?.choice === command.choice) return accept()
        return accept({ type: 'chosen', by: context.author, choice: command.choice, k: context.k })
    }
  },
  evolve: evolveAgreements,
  touches: (event) => (event.type === 'chosen' ? [event.by] : []),
  next: (state, around) => goingOn(state, around.config),
  back: (state, around) => goingBack(state, around.config),
  begun: (state) => state.sealed === true || Object.keys(state.choices).length > 0,

  views: { facilitator: facilitatorView, screen: publicView, everyone: publicView, mine: mineView, standing: standingView },

  report: agreementsReport,
  seal(state) {
    const sealed: AgreementsState = { asking: state.asking, asked: state.asked, choices: {}, told: untold(), someTalk: state.someTalk, sealed: true }
    if (state.at !== undefined) sealed.at = state.at
    return sealed
  },
  redact(state, what) {
    if ('author' in what) forget(state, what.author)
  },
})
