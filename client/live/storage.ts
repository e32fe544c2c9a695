/** The device's own storage. Where a browser forbids it (private windows, full disks), memory serves for as long as the page lives. */
export interface Storage {
  get(key: string): string | undefined
  /** False if the device did not keep it: then it lives in memory only. */
  set(key: string, value: string): boolean
  remove(key: string): void
  /** All keys that begin with `prefix`, sorted. */
  keys(prefix: string): string[]
}

/** Where a browser lets nothing be kept: as long as the page lives. */
export function memoryStorage(): Storage {
  const map = new Map<string, string>()
  return {
    get: (key) => map.get(key),
    set: (key, value) => map.set(key, value).size >= 0,
    remove: (key) => void map.delete(key),
    keys: (prefix) => [...map.keys()].filter((key) => key.startsWith(prefix)).sort(),
  }
}

/** localStorage with memory behind it. Works without a secure context, in every browser we serve, and before the page is closed. */
export function deviceStorage(local: globalThis.Storage | undefined): Storage {
  const memory = memoryStorage()
  if (local === undefined) return memory
  return {
    get: (key) => memory.get(key) ?? local.getItem(key) ?? undefined,
    set(key, value) {
      try {
        local.setItem(key, value)
        memory.remove(key)
        return true
      } catch {
        memory.set(key, value)
        return false
      }
    },
    remove(key) {
      memory.remove(key)
      local.removeItem(key)
    },
    keys(prefix) {
      const found = new Set(memory.keys(prefix))
      for (let i = 0; i < local.length; i += 1) {
        const key = local.key(i)
        if (key?.startsWith(prefix) === true) found.add(key)
      }
      return [...found].sort()
    },
  }
}

/** What lives as long as this tab, reloads included: for words of somebody whom no session knows yet. */
export function tabStorage(): Storage {
  try {
    return deviceStorage(window.sessionStorage)
  } catch {
    return memoryStorage()
  }
}

/** The browser's storage, or memory where even asking for it throws. */
export function browserStorage(): Storage {
  try {
    return deviceStorage(window.localStorage)
  } catch {
    return memoryStorage()
  }
}
