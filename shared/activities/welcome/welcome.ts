/** The welcome kind. Rules WE1 to WE4 of shared/SPEC.md. */
import { accept, defineActivity, type Decision } from '../activity.ts'
import { saysAnything } from '../../markdown/tree.ts'
import { refuse } from '../../refusals.ts'
import { WelcomeConfig, welcomeCommands, type WelcomeCommand, type WelcomeEvent, type WelcomeState } from './model.ts'
import { welcomeReport } from './report.ts'
import { everyoneView, facilitatorView, publicView, shownNow, type WelcomeViews } from './views.ts'

export const welcome = defineActivity<WelcomeConfig, WelcomeState, WelcomeCommand, WelcomeEvent, WelcomeViews>({
  kind: 'welcome',
  config: WelcomeConfig,
  commands: welcomeCommands,
  may: { show: ['facilitator'] },
  start: () => ({ showing: 'door', opened: false }),

  decide(state, command, context): Decision<WelcomeEvent> {
    if (command.what === shownNow(state, context)) return refuse('already')
    if (command.what === 'door') return accept({ type: 'door-shown' })
    return saysAnything(context.config.opening) ? accept({ type: 'opening-shown' }) : refuse('not-found')
  },
  evolve(state, event) {
    switch (event.type) {
      case 'door-shown':
        state.showing = 'door'
        return
      case 'opening-shown':
        state.showing = 'opening'
        state.opened = true
        return
    }
  },
  touches: () => [],
  next: (state, around) =>
    shownNow(state, around) === 'door' && saysAnything(around.config.opening) ? { type: 'opening-shown' } : undefined,
  back: (state, around) => (shownNow(state, around) === 'opening' ? { type: 'door-shown' } : undefined),
  begun: () => false,

  views: { facilitator: facilitatorView, screen: publicView, everyone: everyoneView, mine: () => undefined },

  report: welcomeReport,
  // Nobody contributes here, so there is nobody to forget.
  seal: (state) => ({ showing: state.showing, opened: state.opened }),
  redact: () => undefined,
})
