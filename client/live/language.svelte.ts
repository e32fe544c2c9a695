/** The language of this device: as chosen here, else the first of the browser's that we speak. */
import type { Lang } from '#shared/localized.ts'
import type { Storage } from './storage.ts'

const KEY = 'gw/lang'

export class Language {
  #storage: Storage
  #lang = $state<Lang>('en')

  constructor(storage: Storage, preferred: readonly string[]) {
    this.#storage = storage
    const kept = storage.get(KEY)
    this.#lang = kept === 'en' || kept === 'es' ? kept : firstSpoken(preferred)
    document.documentElement.lang = this.#lang
  }

  get lang(): Lang {
    return this.#lang
  }

  choose(lang: Lang): void {
    this.#lang = lang
    this.#storage.set(KEY, lang)
    document.documentElement.lang = lang
  }
}

function firstSpoken(preferred: readonly string[]): Lang {
  for (const tag of preferred) {
    if (tag.toLowerCase().startsWith('es')) return 'es'
    if (tag.toLowerCase().startsWith('en')) return 'en'
  }
  return 'en'
}
