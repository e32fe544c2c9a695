/** What the console's buttons and keys do: one place, so that a key and its button can never differ. */
import type { FacilitatorView } from '#shared/session/views/types.ts'
import { lettersOn, switchLetters, type Wish } from '../../live/keys.ts'
import type { LiveSession } from '../../live/session.svelte.ts'
import type { Storage } from '../../live/storage.ts'

const MINUTE = 60_000

export class Controls {
  /** The code of the last refusal that the facilitator should know of. */
  problem = $state<string | undefined>(undefined)
  /** The move that was sent and not answered, with where the room was then. */
  #sent = $state.raw<{ flow: number | undefined; phase: string | undefined } | undefined>(undefined)
  #letters = $state(true)
  #live: LiveSession
  #session: string
  #storage: Storage

  constructor(live: LiveSession, session: string, storage: Storage) {
    this.#live = live
    this.#session = session
    this.#storage = storage
    this.#letters = lettersOn(storage)
  }

  get letters(): boolean {
    return this.#letters
  }
  set letters(on: boolean) {
    this.#letters = on
    switchLetters(this.#storage, on)
  }

  get view(): FacilitatorView | undefined {
    return this.#live.view as FacilitatorView | undefined
  }

  /**
   * A move is on its way: two presses make one move. It has arrived with the new view, which may come before the answer:
   * who sees the next step and presses at once is heard.
   */
  get moving(): boolean {
    return this.#sent !== undefined && this.#sent.flow === this.view?.flow && this.#sent.phase === this.view?.phase
  }

  /** Sends a command; what the server refuses is shown. Losing a race to a co-facilitator is no news: the view shows it. */
  async send(step: string | undefined, command: { type: string; [field: string]: unknown }): Promise<boolean> {
    const answer = await this.#live.act(step, command)
    this.problem = answer.ok || answer.code === 'moved-on' || answer.code === 'already' ? undefined : answer.code
    return answer.ok
  }

  async move(type: 'flow.next' | 'flow.back' | 'session.start' | 'session.open' | 'session.end'): Promise<void> {
    if (this.moving) return
    const flow = this.view?.flow
    const sent = { flow, phase: this.view?.phase }
    this.#sent = sent
    const counted = type === 'flow.next' || type === 'flow.back'
    await this.send(undefined, counted && flow !== undefined ? { type, flow } : { type })
    if (this.#sent === sent) this.#sent = undefined
  }

  async goTo(step: string): Promise<void> {
    await this.send(undefined, { type: 'flow.goto', step, flow: this.view?.flow })
  }

  /** The next right thing: open the doors, start, go on. */
  async next(): Promise<void> {
    const phase = this.view?.phase
    if (phase === 'draft') return this.move('session.open')
    if (phase === 'open') return this.move('session.start')
    if (phase === 'live') return this.move('flow.next')
  }

  /** A timer for the step's planned minutes; running and paused ones change places. */
  async timer(): Promise<void> {
    const view = this.view
    if (view?.step === undefined) return
    if (view.timer === undefined) await this.send(undefined, { type: 'timer.start', total: Math.max(1, view.run[view.step.id]?.minutes ?? 1) * MINUTE })
    else await this.send(undefined, { type: 'ends' in view.timer ? 'timer.pause' : 'timer.resume' })
  }

  async addMinute(): Promise<void> {
    await this.send(undefined, { type: 'timer.add', more: MINUTE })
  }

  async results(): Promise<void> {
    const step = this.view?.step
    const activity = step?.activity as { revealed?: boolean } | undefined
    if (step === undefined || activity?.revealed === undefined) return
    await this.send(step.id, { type: activity.revealed ? 'veil' : 'reveal' })
  }

  async show(what: 'blank' | 'qr'): Promise<void> {
    await this.send(undefined, { type: 'screen.show', shows: this.view?.shows === what ? 'step' : what })
  }

  openScreen(): void {
    window.open(`/screen/${this.#session}`, `gatherwell-screen-${this.#session}`, 'popup,width=1280,height=720')
  }

  /** Does what a key, on the console or in the screen's window, asks for. */
  async do(wish: Wish): Promise<void> {
    switch (wish) {
      case 'next':
        return this.view?.phase === 'live' ? this.move('flow.next') : undefined
      case 'back':
        return this.move('flow.back')
      case 'results':
        return this.results()
      case 'blank':
      case 'qr':
        return this.show(wish)
      case 'timer':
        return this.timer()
      case 'step':
        if (this.view?.shows !== 'step') await this.send(undefined, { type: 'screen.show', shows: 'step' })
        return
      case 'full':
      case 'list':
        return
    }
  }
}
