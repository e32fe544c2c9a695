/** Texts being typed, kept on this device from the first letter on, so that no reload, sleep or lost line eats them. */
import { SvelteMap } from 'svelte/reactivity'
import type { Draft } from './context.ts'
import type { Storage } from './storage.ts'

export class Drafts {
  #storage: Storage
  #prefix: string
  #texts = new SvelteMap<string, string>()

  constructor(storage: Storage, session: string) {
    this.#storage = storage
    this.#prefix = `gw/${session}/draft/`
    for (const key of storage.keys(this.#prefix)) {
      this.#texts.set(key.slice(this.#prefix.length), storage.get(key) ?? '')
    }
  }

  /** The draft of this key; an empty text removes it from the device. */
  of(key: string): Draft {
    const texts = this.#texts
    const storage = this.#storage
    const at = this.#prefix + key
    return {
      get text() {
        return texts.get(key) ?? ''
      },
      set text(value: string) {
        if (value === '') {
          texts.delete(key)
          storage.remove(at)
        } else {
          texts.set(key, value)
          storage.set(at, value)
        }
      },
    }
  }

  /** Keys of drafts that hold words, for "the room has moved on". */
  get keys(): string[] {
    return [...this.#texts.keys()].filter((key) => (this.#texts.get(key) ?? '').trim() !== '')
  }

  /** Words that were meant to be sent, for when nothing can be sent any more. What is written for oneself begins with "~" or "kept/". */
  get unsent(): string[] {
    const texts = this.keys.filter((key) => !/^(~|kept\/)/u.test(key)).map((key) => (this.#texts.get(key) ?? '').trim())
    return [...new Set(texts)]
  }

  purge(): void {
    for (const key of [...this.#texts.keys()]) this.of(key).text = ''
  }
}
