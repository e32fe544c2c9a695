import { onDestroy, untrack } from 'svelte'

/**
 * A value as it is drawn: at once when it changes now and then, and at most every `every` ms when it changes all the time, so that
 * drawing leaves a slow phone time for a thumb. When `own` changes too it is drawn at once: somebody waits for what they did.
 * Called while a component is made; nothing is left out for good.
 */
export function calm<Value>(value: () => Value, every: number, own: () => unknown): { readonly now: Value } {
  let drawn = $state.raw(untrack(value))
  let last = -Infinity
  let known = untrack(own)
  let due: ReturnType<typeof setTimeout> | undefined

  function draw(next: Value): void {
    last = performance.now()
    drawn = next
  }

  $effect.pre(() => {
    const next = value()
    const mine = own()
    untrack(() => {
      clearTimeout(due)
      const waited = mine !== known
      known = mine
      if (next === drawn) return
      const wait = waited ? 0 : last + every - performance.now()
      if (wait <= 0) draw(next)
      else due = setTimeout(() => draw(next), wait)
    })
  })
  onDestroy(() => clearTimeout(due))

  return {
    get now() {
      return drawn
    },
  }
}
