/** What the components of an activity may use of the surface around them: handed down by context, never imported as a global. */
import { getContext, setContext } from 'svelte'
import type { Lang } from '#shared/localized.ts'
import type { EveryoneView, FacilitatorView, MineView, ScreenView } from '#shared/session/views/types.ts'
import type { Answer } from '#shared/wire/protocol.ts'

/** Where one act of this device stands. `saved` only ever after the server's durable answer. */
export type Sending = 'saving' | 'saved' | 'waiting' | 'refused'

export interface Draft {
  /** Bind it to a field: each change is kept on this device, and comes back after a reload. */
  text: string
}

export interface JournalEntry {
  title: string
  prompt: string
  text: string
}

export interface Journal {
  /** Keeps an own contribution for "keep my copy"; undefined takes it out. `key` tells several of one step apart. */
  keep(step: string, key: string, entry: JournalEntry | undefined): void
  /** Everything kept, in the order in which it was first kept. Reactive. Empty where there is no own phone. */
  readonly entries: readonly KeptEntry[]
}

export interface KeptEntry extends JournalEntry {
  step: string
  key: string
}

export interface Live {
  readonly lang: Lang
  /** The view of this surface's main audience; undefined until the first has come. */
  readonly view: EveryoneView | ScreenView | FacilitatorView | undefined
  /** This participant's own view, on phones. */
  readonly mine: MineView | undefined
  /** On the screen: whether prompts stand in both languages. */
  readonly both: boolean
  /** How to come in, for those who show it. */
  readonly join: { code: string; link: string } | undefined
  /** People here now; undefined on phones. */
  readonly here: number | undefined
  /** Server time in ms. Reading it in a component makes that follow the clock, second by second. */
  now(): number
  /**
   * Sends a command to a step's activity, or to the session (undefined). Resolves with the server's answer; never rejects. The
   * act is kept on the device from this call on, also over a reload: empty its draft at once, and put it back if the answer is a no.
   */
  act(step: string | undefined, command: { type: string; [field: string]: unknown }): Promise<Answer>
  /** Where the newest act to a step stands; undefined if none was sent from this page, nor waited on the device when it was opened. */
  sending(step: string | undefined): Sending | undefined
  /** Texts sent to a step by commands of this type and not answered, in the order in which they were sent, also before a reload. */
  flying(step: string, type: string): readonly string[]
  /** Tries again now what is still waiting. Nothing is sent twice by it. */
  retry(): void
  /** A text that is being typed, kept on the device. The same key is the same draft; what becomes a command to a step has the key "step/type". */
  draft(key: string): Draft
  readonly journal: Journal
}

const KEY = Symbol('live')

/** Makes a surface known to every component under this one. */
export function provideLive(live: Live): void {
  setContext(KEY, live)
}

/** The surface around this component. */
export function useLive(): Live {
  return getContext<Live>(KEY)
}
