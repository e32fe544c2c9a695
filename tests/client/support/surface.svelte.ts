/**
 * Components of an activity, driven by the activity's own rules: what is pressed is decided and evolved as in a room, and every
 * surface shows its audience's view of what came of it. No network, no server; one step on the stage of tests/support/stage.ts.
 */
import { flushSync, type Component } from 'svelte'
import { SvelteMap } from 'svelte/reactivity'
import { render } from '@testing-library/svelte'
import type { Activity, Surroundings } from '#shared/activities/activity.ts'
import type { Lang } from '#shared/localized.ts'
import type { JournalEntry, Live, Sending } from '../../../client/live/context.ts'
import { stage } from '../../support/stage.ts'
import Surface from './Surface.svelte'

/** A text that components follow, as on a device. */
function draftOf(): { text: string } {
  let text = $state('')
  return {
    get text() {
      return text
    },
    set text(value) {
      text = value
    },
  }
}

type Views = { facilitator: unknown; screen: unknown; everyone: unknown; mine: unknown }
type Audience = 'facilitator' | 'screen' | 'everyone'

export interface Shown {
  lang?: Lang
  both?: boolean
  join?: { code: string; link: string }
  /** Members of the surface's whole view: title, agenda … */
  view?: Record<string, unknown>
  /** Members of the phone's own view: calls, a name. */
  mine?: Record<string, unknown>
  locked?: boolean
}

export function surfaces<Config, State, Command extends { type: string }, Event extends { type: string }, V extends Views>(
  kind: Activity<Config, State, Command, Event, V>,
  config: Config,
  around: Partial<Surroundings<Config>> = {},
) {
  const room = stage(kind, config, around)
  /** Counted up whenever something happened: views are made again. */
  let at = $state(0)
  const journal = new SvelteMap<string, JournalEntry>()
  /** What was asked of the session itself, which is not on this stage: taken, and done nothing with. */
  const asked: { type: string }[] = []

  function live(who: string | undefined, shown: Shown): Live {
    let sending = $state<Sending>()
    const drafts = new Map<string, { text: string }>()
    return {
      lang: shown.lang ?? 'en',
      both: shown.both ?? false,
      join: shown.join,
      here: undefined,
      get view() {
        return { title: { en: 'The session', es: 'La sesión' }, hosts: '', date: '', ...shown.view } as unknown as Live['view']
      },
      get mine() {
        const own = at < 0 || who === undefined ? undefined : room.mine(who)
        const department = who === undefined ? undefined : room.around.departmentOf(who)
        const person = department === undefined ? { id: who ?? '' } : { id: who ?? '', department }
        return { person, steps: own === undefined ? {} : { [room.around.step]: own }, calls: {}, ...shown.mine }
      },
      now: () => 0,
      act(step, command) {
        if (step === undefined) {
          asked.push(command)
          return Promise.resolve({ ok: true, at })
        }
        const refused = who === undefined ? room.facilitator(command as unknown as Command) : room.person(who, command as unknown as Command)
        sending = refused === undefined ? 'saved' : 'refused'
        at += 1
        return Promise.resolve(refused === undefined ? { ok: true, at } : { ok: false, code: refused })
      },
      sending: () => sending,
      flying: () => [],
      retry: () => undefined,
      draft(key) {
        const draft = drafts.get(key) ?? draftOf()
        drafts.set(key, draft)
        return draft
      },
      journal: {
        keep(step, key, entry) {
          if (entry === undefined) journal.delete(`${step}/${key}`)
          else journal.set(`${step}/${key}`, entry)
        },
        get entries() {
          return [...journal].map(([path, entry]) => ({ step: path.split('/')[0] ?? '', key: path.split('/')[1] ?? '', ...entry }))
        },
      },
    }
  }

  function step(audience: Audience, shown: Shown) {
    const { around: now } = room
    const view = at < 0 ? undefined : room.view(audience)
    return { id: now.step, number: 1, kind: kind.kind, title: now.title, anonymous: now.anonymous, locked: shown.locked ?? false, activity: view }
  }

  /** Shows any component with `given` as its props, on the surface of `who` (a participant) or of a facilitator. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- each component's props are those of its own kind
  function show(component: Component<any>, given: () => Record<string, unknown>, shown: Shown = {}, who?: string) {
    return render(Surface, { live: live(who, shown), component, given })
  }

  return {
    room,
    /** What each person's "keep my copy" would print, by "step/key". */
    journal,
    asked,
    show,
    // eslint-disable-next-line @typescript-eslint/no-explicit-any -- as above
    phone: (component: Component<any>, who: string, shown: Shown = {}) =>
      show(component, () => ({ step: step('everyone', shown), mine: at < 0 ? undefined : room.mine(who) }), shown, who),
    // eslint-disable-next-line @typescript-eslint/no-explicit-any -- as above
    console: (component: Component<any>, shown: Shown = {}) => show(component, () => ({ step: step('facilitator', shown) }), shown),
    // eslint-disable-next-line @typescript-eslint/no-explicit-any -- as above
    screen: (component: Component<any>, shown: Shown = {}) => show(component, () => ({ step: step('screen', shown) }), shown),
    /** "Next" or "back" of the session's flow. False: the step would be left. */
    go(way: 'next' | 'back'): boolean {
      const event = kind[way]?.(room.state, room.around)
      if (event !== undefined) kind.evolve(room.state, event)
      at += 1
      flushSync()
      return event !== undefined
    },
    /** Something that happened outside the surfaces: show it. */
    changed(): void {
      at += 1
      flushSync()
    },
  }
}
