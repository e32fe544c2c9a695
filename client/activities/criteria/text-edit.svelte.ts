/** One text that several facilitators may be changing: what stands there, what this one types over it, and whether they collide. */
import { oneLine } from '#shared/text.ts'
import type { Answer } from '#shared/wire/protocol.ts'
import type { Draft } from '../../live/context.ts'

export interface There {
  text: string
  version: number
}

/** What is being typed, from which version on; `done` once it has been saved. */
interface Typing {
  text: string
  from: number
  done: boolean
}

export class TextEdit {
  #draft: Draft
  #there: () => There
  #typing: Typing | undefined = $state.raw()

  /** A draft that survived a reload is taken as typed over what stands there now. */
  constructor(draft: Draft, there: () => There) {
    this.#draft = draft
    this.#there = there
    if (draft.text !== '') this.#typing = { text: draft.text, from: there().version, done: false }
  }

  /** Saved words count as typed until the view that holds them has come, so that the field never jumps back. */
  get #open(): Typing | undefined {
    const typing = this.#typing
    return typing?.done === true && this.#there().version > typing.from ? undefined : typing
  }

  /** What the field shows. */
  get text(): string {
    return this.#open?.text ?? this.#there().text
  }

  /** There are words that have not been saved. */
  get dirty(): boolean {
    const open = this.#open
    return open !== undefined && !open.done && oneLine(open.text) !== this.#there().text
  }

  /** What somebody else has put there meanwhile; undefined: nobody has. */
  get collides(): string | undefined {
    const there = this.#there()
    return this.dirty && there.version > (this.#open?.from ?? 0) ? there.text : undefined
  }

  type(text: string): void {
    const open = this.#open
    const from = open === undefined ? this.#there().version : open.done ? open.from + 1 : open.from
    this.#typing = { text, from, done: false }
    this.#draft.text = text
  }

  discard(): void {
    this.#typing = undefined
    this.#draft.text = ''
  }

  /** Saves over whatever stands there now: for who has seen the collision and wants their own words. */
  insist(send: (text: string, seen: number) => Promise<Answer>): Promise<void> {
    const open = this.#open
    if (open !== undefined) this.#typing = { ...open, from: this.#there().version }
    return this.save(send)
  }

  /** Sends what was typed with the version that it was typed over. A refusal keeps the words in the field. */
  async save(send: (text: string, seen: number) => Promise<Answer>): Promise<void> {
    const sent = this.#open
    if (sent === undefined || !this.dirty) return
    const answering = send(oneLine(sent.text), sent.from)
    // Only now: a page that is ended in between still has the words.
    this.#draft.text = ''
    const answer = await answering
    const now = this.#typing
    if (!answer.ok) {
      if (now === sent) this.#draft.text = sent.text
    } else if (now === sent) {
      this.#typing = { ...sent, done: true }
    } else if (now !== undefined && now.from === sent.from) {
      // Typed on while it was being saved: what comes next is over one's own words.
      this.#typing = { ...now, from: sent.from + 1 }
    }
  }
}
