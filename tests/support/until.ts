/** Waiting for facts, never for time: tests that sleep are slow on a good day and wrong on a bad one. */
import { STORAGE } from './storage.ts'

const LOOK_AGAIN_MS = 5
/** A database and two servers share the processors with the test. */
export const PATIENCE_MS = STORAGE === 'sqlite' ? 8_000 : 30_000

/** Resolves with the first value that is neither undefined nor false; rejects, naming `what`, when none came in time. */
export async function until<T>(look: () => T | undefined | false | Promise<T | undefined | false>, what = 'a fact', patience = PATIENCE_MS): Promise<T> {
  const last = performance.now() + patience
  for (;;) {
    const found = await look()
    if (found !== undefined && found !== false) return found
    if (performance.now() > last) throw new Error(`Waited ${patience} ms in vain for ${what}`)
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS))
  }
}

/** Resolves when `read` equals `expected` as JSON; rejects with both when it never does. */
export async function untilSame(read: () => unknown, expected: () => unknown, what = 'two things to be the same', patience = PATIENCE_MS): Promise<void> {
  await until(() => canonical(read()) === canonical(expected()), what, patience).catch((error: Error) => {
    throw new Error(`${error.message}\n${canonical(read())}\n${canonical(expected())}`)
  })
}

/** JSON with sorted keys: equal texts are equal things. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  )
}
