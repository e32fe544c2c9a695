/** A room in a talk, on any of its surfaces: real rules, real views, a clock that the test turns. */
import { flushSync, type Component } from 'svelte'
import { render } from '@testing-library/svelte'
import { talk } from '#shared/activities/talk/talk.ts'
import type { SessionCommand } from '#shared/session/commands.ts'
import type { Plan, Way } from '#shared/session/plan.ts'
import { everyoneView, facilitatorView, mineView, screenView } from '#shared/session/views/views.ts'
import type { Lang } from '#shared/localized.ts'
import { partnersConfig } from '#shared/templates/smart-goals/talk.ts'
import type { Live } from '../../../../client/live/context.ts'
import { plan, PLACE, room } from '../../../shared/session/groups/world.ts'
import Surface from '../../support/Surface.svelte'

type Kind = 'everyone' | 'screen' | 'facilitator'

export const STEP = 'first'

/** People are p0, p1 …; with names they are Person0, Person1 … */
export function talkRoom(how: Way, people: number, given: { size?: number; named?: boolean; departments?: string[] } = {}) {
  const base = plan(how, given.size ?? 2)
  const steps: Plan['steps'] = { [STEP]: { order: 1, title: { en: 'Partners' }, minutes: 10, anonymous: false, place: PLACE, activity: { kind: talk.kind, config: partnersConfig } } }
  const world = room({ ...base, steps }, people, 'seed', (i) => ({
    ...(given.named === true ? { name: `Person${i}` } : {}),
    ...(given.departments?.[i] === undefined ? {} : { department: given.departments[i] }),
  }))
  let at = $state(0)
  let ahead = $state(0)

  function live(kind: Kind, who: string | undefined, lang: Lang): Live {
    return {
      lang,
      both: false,
      join: undefined,
      here: undefined,
      get view() {
        if (at < 0) return undefined
        return kind === 'everyone' ? everyoneView(world.state) : kind === 'screen' ? screenView(world.state) : facilitatorView(world.state)
      },
      get mine() {
        return at < 0 || who === undefined ? undefined : mineView(world.state, who, (scope) => `${scope}/${who}`)
      },
      now: () => world.sent() + ahead,
      act(step, command) {
        const refused =
          step !== undefined ? world.acts(who, step, command) : who === undefined ? world.facilitator(command as SessionCommand) : world.says(who, command as SessionCommand)
        at += 1
        return Promise.resolve(refused === undefined ? { ok: true, at } : { ok: false, code: refused.refused })
      },
      sending: () => undefined,
      flying: () => [],
      retry: () => undefined,
      draft: () => ({ text: '' }),
      journal: { keep: () => undefined, entries: [] },
    }
  }

  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- each component's props are those of its own kind
  function show(component: Component<any>, kind: Kind, who: string | undefined, lang: Lang) {
    const surface = live(kind, who, lang)
    return render(Surface, { live: surface, component, given: () => ({ step: surface.view?.step, mine: surface.mine?.steps[STEP] }) })
  }

  return {
    world,
    // eslint-disable-next-line @typescript-eslint/no-explicit-any -- as above
    phone: (component: Component<any>, who: string, lang: Lang = 'en') => show(component, 'everyone', who, lang),
    // eslint-disable-next-line @typescript-eslint/no-explicit-any -- as above
    console: (component: Component<any>, lang: Lang = 'en') => show(component, 'facilitator', undefined, lang),
    // eslint-disable-next-line @typescript-eslint/no-explicit-any -- as above
    screen: (component: Component<any>, lang: Lang = 'en') => show(component, 'screen', undefined, lang),
    /** Something happened elsewhere: show it. */
    changed() {
      at += 1
      flushSync()
    },
    /** The clock, ms after the last command. */
    later(ms: number) {
      ahead = ms
      flushSync()
    },
  }
}
