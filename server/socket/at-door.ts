/** Lines of people who wait to be let in: each comes into the room over the line that it has. */
export class AtDoor {
  #lines = new Map<string, Set<() => void>>()

  /** `letIn` is called once its person has joined. Returns how to stop waiting. */
  wait(session: string, person: string, letIn: () => void): () => void {
    const key = keyOf(session, person)
    const lines = this.#lines.get(key) ?? new Set()
    this.#lines.set(key, lines.add(letIn))
    return () => {
      if (lines.delete(letIn) && lines.size === 0) this.#lines.delete(key)
    }
  }

  /** Somebody has joined. Nothing happens for who did not wait here. */
  joined(session: string, person: string): void {
    for (const letIn of [...(this.#lines.get(keyOf(session, person)) ?? [])]) letIn()
  }
}

function keyOf(session: string, person: string): string {
  return `${session}/${person}`
}
