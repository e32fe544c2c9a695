/**
 * What this person wrote and chose, kept on this device alone, for "keep my copy". It survives reloads, and two tabs of one
 * phone share it: nothing is held in memory that is not on the device too.
 */
import type { Journal, KeptEntry } from './context.ts'
import type { Storage } from './storage.ts'

export interface KeptJournal extends Journal {
  /** What was kept under this step and key. Reactive. */
  entry(step: string, key: string): KeptEntry | undefined
  /** Forgets all of this session on this device. */
  purge(): void
}

interface Stored extends KeptEntry {
  order: number
}

/** What one person has said in a session, kept on the device for their own copy. */
export function createJournal(storage: Storage, session: string): KeptJournal {
  const prefix = `gw/${session}/journal/`
  let changes = $state(0)

  function read(): Stored[] {
    return storage
      .keys(prefix)
      .map((key) => parsed(storage.get(key)))
      .filter((entry) => entry !== undefined)
      .sort((a, b) => a.order - b.order)
  }

  return {
    keep(step, key, entry) {
      const at = `${prefix}${step}/${key}`
      if (entry === undefined) storage.remove(at)
      else {
        const all = read()
        const before = all.find((kept) => kept.step === step && kept.key === key)
        const order = before?.order ?? (all.at(-1)?.order ?? 0) + 1
        const { title, prompt, text } = entry
        storage.set(at, JSON.stringify({ step, key, title, prompt, text, order } satisfies Stored))
      }
      changes += 1
    },
    get entries() {
      void changes
      return read().map(({ step, key, title, prompt, text }) => ({ step, key, title, prompt, text }))
    },
    entry(step, key) {
      return this.entries.find((kept) => kept.step === step && kept.key === key)
    },
    purge() {
      for (const key of storage.keys(prefix)) storage.remove(key)
      changes += 1
    },
  }
}

/** An entry that an older version or another hand left there is passed over, not a reason to fail. */
function parsed(text: string | undefined): Stored | undefined {
  try {
    const value = JSON.parse(text ?? '') as Partial<Stored>
    const { step, key, title, prompt, text: words, order } = value
    const whole = [step, key, title, prompt, words].every((part) => typeof part === 'string') && typeof order === 'number'
    return whole ? (value as Stored) : undefined
  } catch {
    return undefined
  }
}
