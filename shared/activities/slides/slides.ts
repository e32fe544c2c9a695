/** The slides kind. Rules SL1 to SL5 of shared/SPEC.md. */
import { accept, defineActivity, type Decision } from '../activity.ts'
import { refuse } from '../../refusals.ts'
import { SlidesConfig, slidesCommands, type SlidesCommand, type SlidesEvent, type SlidesState } from './model.ts'
import { slidesRecord, slidesReport } from './report.ts'
import { blockOf, evolveSlides, goingBack, goingOn, openNow, opens } from './rules.ts'
import { everyoneView, facilitatorView, screenView, type SlidesViews } from './views.ts'

export const slides = defineActivity<SlidesConfig, SlidesState, SlidesCommand, SlidesEvent, SlidesViews>({
  kind: 'slides',
  config: SlidesConfig,
  commands: slidesCommands,
  may: { open: ['facilitator'], close: ['facilitator'] },
  start: () => ({}),

  decide(state, command, context): Decision<SlidesEvent> {
    const open = openNow(state, context.config)
    switch (command.type) {
      case 'open': {
        const block = blockOf(context.config, command.block)
        if (block === undefined || !opens(block)) return refuse('not-found')
        if (command.block === open) return refuse('already')
        if (block.fewPeople === true && command.sure !== true) return refuse('too-few')
        return accept({ type: 'opened', block: command.block })
      }
      case 'close':
        return open === undefined ? refuse('already') : accept({ type: 'closed' })
    }
  },
  evolve: evolveSlides,
  touches: () => [],
  next: (state, around) => goingOn(state, around.config),
  back: (state, around) => goingBack(state, around.config),
  begun: () => false,

  views: { facilitator: facilitatorView, screen: screenView, everyone: everyoneView, mine: () => undefined },

  report: slidesReport,
  record: slidesRecord,
  // Nobody contributes here, so there is nobody to forget.
  seal(state) {
    const sealed: SlidesState = {}
    if (state.open !== undefined) sealed.open = state.open
    if (state.last !== undefined) sealed.last = state.last
    return sealed
  },
  redact: () => undefined,
})
