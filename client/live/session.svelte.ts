/** One surface of one session: connection, outbox, drafts and clock behind the one interface that components use. */
import { nanoid } from 'nanoid'
import { SvelteMap } from 'svelte/reactivity'
import { Connection } from './connection.svelte.ts'
import type { Draft, Journal, Live, Sending } from './context.ts'
import { unsavedWords, wordsOf } from './device.ts'
import { Drafts } from './drafts.svelte.ts'
import { createOutbox, type Outbox } from './outbox.ts'
import type { Storage } from './storage.ts'
import type { Lang } from '#shared/localized.ts'
import { RETRYABLE } from '#shared/refusals.ts'
import type { DoorView, EveryoneView, FacilitatorView, MineView, ScreenView } from '#shared/session/views/types.ts'
import type { Act, Answer, Handshake } from '#shared/wire/protocol.ts'

/** A frame may hold this many bytes; a larger one would close the line, so it is refused here. */
const FRAME_BYTES = 16 * 1024
/** Before a "not now" of the server is asked again, ms. */
const PAUSE = 1_000

export interface Surface {
  audience: 'everyone' | 'screen' | 'facilitator'
  session: string
  auth: Handshake
  storage: Storage
  journal: Journal
  lang: () => Lang
}

export interface RefusedWords {
  id: string
  text: string
}

export class LiveSession implements Live {
  readonly connection: Connection
  readonly drafts: Drafts
  readonly journal: Journal
  #surface: Surface
  #outbox: Outbox
  /** Acts of this page that nobody has answered to it: another tab may have sent them from the outbox that both share. */
  #open = new Map<string, { act: Act; answered: (answer: Answer) => void }>()
  /** Acts without an answer, those of a page before this one included: their author sees them wherever they stand. */
  #flying = new SvelteMap<string, Act>()
  #sending = new SvelteMap<string, Sending>()
  #waiting = $state(0)
  #refused = $state.raw<RefusedWords[]>([])
  #flushing = false
  #tick = $state(Date.now())
  #stop: () => void

  constructor(surface: Surface) {
    this.#surface = surface
    this.journal = surface.journal
    this.drafts = new Drafts(surface.storage, surface.session)
    this.#outbox = createOutbox(surface.storage, surface.session, Date.now)
    for (const act of this.#outbox.waiting()) {
      this.#fly(act, 'saving')
      this.#free(act)
    }
    this.#waiting = this.#flying.size
    this.#refused = this.#readRefused()
    this.connection = new Connection(surface.session, surface.auth, () => void this.#flush())
    this.#stop = this.#listen()
  }

  get lang(): Lang {
    return this.#surface.lang()
  }
  get view(): EveryoneView | ScreenView | FacilitatorView | undefined {
    const { views } = this.connection
    // On a phone the room's view and one's own come one after the other: a step without what one has said there would look lost for a moment.
    if (this.#surface.audience === 'everyone' && views.mine === undefined) return undefined
    return views[this.#surface.audience]?.view as EveryoneView | undefined
  }
  get mine(): MineView | undefined {
    return this.connection.views.mine?.view as MineView | undefined
  }
  /** What a phone is told that waits to be let in; undefined once it is in. */
  get door(): DoorView | undefined {
    const { views } = this.connection
    return views.everyone === undefined ? (views.door?.view as DoorView | undefined) : undefined
  }
  get both(): boolean {
    const view = this.view
    return view !== undefined && 'both' in view && view.both && this.#surface.audience === 'screen'
  }
  get join(): { code: string; link: string } | undefined {
    return this.connection.hello?.join
  }
  get here(): number | undefined {
    return this.connection.here
  }
  /** Acts that no durable answer has come for. */
  get waiting(): number {
    return this.#waiting
  }
  /** Texts that were refused for good after the page that sent them was gone. */
  get refusedWords(): RefusedWords[] {
    return this.#refused
  }
  /** Words that no server has: on their way, typed and not sent, or refused. As they are now. */
  get unsaved(): string[] {
    return unsavedWords(this.#surface.storage, this.#surface.session)
  }
  /** Words on their way that nobody will answer any more, once the line has been ended for good. */
  get stranded(): string[] {
    return this.#waiting === 0 || this.connection.bye === undefined ? [] : this.#outbox.waiting().flatMap((act) => wordsOf(act) ?? [])
  }
  /** How long there has been no line, ms; 0 while there is one. */
  get offFor(): number {
    const since = this.connection.offSince
    return since === undefined ? 0 : Math.max(0, this.#tick - since)
  }

  now(): number {
    return this.#tick + this.connection.offset
  }

  draft(key: string): Draft {
    return this.drafts.of(key)
  }

  sending(step: string | undefined): Sending | undefined {
    return this.#sending.get(step ?? '')
  }

  flying(step: string, type: string): readonly string[] {
    return [...this.#flying.values()].flatMap((act) => (act.step === step && act.do.type === type ? (wordsOf(act) ?? []) : []))
  }

  act(step: string | undefined, command: { type: string; [field: string]: unknown }): Promise<Answer> {
    const act: Act = step === undefined ? { id: nanoid(), do: command } : { id: nanoid(), step, do: command }
    if (new TextEncoder().encode(JSON.stringify(act)).length > FRAME_BYTES - 256) {
      return Promise.resolve({ ok: false, code: 'too-big' })
    }
    this.#outbox.add(act)
    this.#waiting += 1
    this.#fly(act, this.connection.state === 'on' ? 'saving' : 'waiting')
    const answer = new Promise<Answer>((answered) => this.#open.set(act.id, { act, answered }))
    void this.#flush()
    return answer
  }

  /** Tries again now what is still waiting. */
  retry(): void {
    if (this.connection.state !== 'on') this.connection.renew()
    void this.#flush()
  }

  close(): void {
    this.#stop()
    this.connection.close()
  }

  /** Forgets what this device keeps of the session. */
  purge(): void {
    this.#outbox.purge()
    this.drafts.purge()
    this.#open.clear()
    this.#flying.clear()
    this.#waiting = 0
  }

  /** One act at a time, in order: what edits a card must not overtake what made it. */
  async #flush(): Promise<void> {
    if (this.#flushing) return
    this.#flushing = true
    try {
      for (let act = this.#due(); act !== undefined; act = this.#due()) {
        const answer = await this.connection.send(act)
        if (answer === undefined) {
          this.#sending.set(act.step ?? '', 'waiting')
          if (this.connection.state !== 'on') return
          continue
        }
        if (!answer.ok && RETRYABLE.includes(answer.code)) {
          this.#sending.set(act.step ?? '', 'waiting')
          await new Promise((resolve) => setTimeout(resolve, PAUSE))
          continue
        }
        this.#settle(act, answer)
      }
    } finally {
      this.#flushing = false
      this.#waiting = this.#outbox.waiting().length
      this.#landed()
    }
  }

  /** A page that was ended between keeping an act and emptying its field has left the words in both. */
  #free({ step = '', do: { type, text } }: Act): void {
    const draft = this.drafts.of(`${step}/${type}`)
    if (typeof text === 'string' && draft.text.trim() === text) draft.text = ''
  }

  #fly(act: Act, sending: Sending): void {
    this.#flying.set(act.id, act)
    this.#sending.set(act.step ?? '', sending)
  }

  /** Lets go of what another tab has sent from the outbox that both share. */
  #landed(): void {
    const waiting = new Set(this.#outbox.waiting().map(({ id }) => id))
    for (const { id, step = '' } of [...this.#flying.values()]) {
      if (waiting.has(id) || this.#open.has(id)) continue
      this.#flying.delete(id)
      if (this.#sending.get(step) !== 'saved') this.#sending.delete(step)
    }
  }

  /** What is sent next: what waits on the device, then what only this page still asks about. The same id never counts twice. */
  #due(): Act | undefined {
    return this.#outbox.waiting()[0] ?? this.#open.values().next().value?.act
  }

  #settle(act: Act, answer: Answer): void {
    const open = this.#open.get(act.id)
    // The page that could have put the words back into its field is gone: keep them where they can be copied.
    if (!answer.ok && open === undefined) this.#keepRefused(act)
    this.#outbox.remove(act.id)
    this.#waiting = this.#outbox.waiting().length
    this.#sending.set(act.step ?? '', answer.ok ? 'saved' : 'refused')
    this.#open.delete(act.id)
    this.#flying.delete(act.id)
    open?.answered(answer)
  }

  #keepRefused(act: Act): void {
    const text = wordsOf(act)
    if (text === undefined) return
    this.#surface.storage.set(`gw/${this.#surface.session}/refused/${act.id}`, text)
    this.#refused = this.#readRefused()
  }

  #readRefused(): RefusedWords[] {
    const { storage, session } = this.#surface
    const prefix = `gw/${session}/refused/`
    return storage.keys(prefix).map((key) => ({ id: key.slice(prefix.length), text: storage.get(key) ?? '' }))
  }

  /** Lets go of refused words that their author has copied. */
  forgetRefused(id: string): void {
    this.#surface.storage.remove(`gw/${this.#surface.session}/refused/${id}`)
    this.#refused = this.#readRefused()
  }

  #listen(): () => void {
    const clock = setInterval(() => {
      this.#tick = Date.now()
      this.connection.check(this.#tick)
    }, 1_000)
    const wake = (event: Event) => {
      // The page's own first showing is no return: the line is being made already, and to begin again would only delay it.
      if (event.type === 'pageshow' && !(event as PageTransitionEvent).persisted) return
      this.#tick = Date.now()
      if (document.visibilityState === 'hidden') return
      if (this.connection.state !== 'on') this.connection.renew()
      else this.connection.check(this.#tick)
      void this.#flush()
    }
    const targets: [EventTarget, string][] = [[document, 'visibilitychange'], [window, 'pageshow'], [window, 'online']]
    for (const [target, type] of targets) target.addEventListener(type, wake)
    return () => {
      clearInterval(clock)
      for (const [target, type] of targets) target.removeEventListener(type, wake)
    }
  }
}
