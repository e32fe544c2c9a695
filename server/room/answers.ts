/**
 * What was answered lately. An act may come again over a line that was thought dead, long after its first coming was answered: it
 * is answered as it was, and not decided anew, or what a phone was told is refused would happen after all. In memory only: a line
 * that could bring it ends with the process.
 */
import { RETRYABLE, type Refusal } from '#shared/refusals.ts'
import type { Answer } from '#shared/wire/protocol.ts'

/** A line is given up after forty seconds of silence; in that time a full auditorium sends fewer acts. */
const KEPT = 20_000

export class Answers {
  #kept = new Map<string, Answer>()

  /** What the act of this receipt was answered, if it came lately. */
  of(receipt: string): Answer | undefined {
    return this.#kept.get(receipt)
  }

  /** Keeps the first answer; one after which the same act is to be sent again is none. */
  keep(receipt: string, answer: Answer): void {
    if (!this.#kept.has(receipt)) this.decided(receipt, answer)
  }

  /** Keeps what has been decided here instead of what was heard of it meanwhile: of an act that is stored nobody may be told that it was refused. */
  decided(receipt: string, answer: Answer): void {
    if (!answer.ok && RETRYABLE.includes(answer.code)) return
    this.#kept.set(receipt, answer)
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= KEPT) break
      this.#kept.delete(oldest)
    }
  }
}

/** What the sender is told of a refusal. */
export function answerOf(refusal: Refusal): Answer {
  return refusal.path === undefined ? { ok: false, code: refusal.refused } : { ok: false, code: refusal.refused, path: refusal.path }
}
