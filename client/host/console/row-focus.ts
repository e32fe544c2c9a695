/** Whose line the focus is in, where people stand in lists and a line may go under somebody's fingers. */
import { tick } from 'svelte'

/** The id of the person in whose line of this list the focus is. */
function lineInFocus(list: HTMLElement | undefined): string | undefined {
  const line = document.activeElement?.closest<HTMLElement>('[data-person]')
  return line && list?.contains(line) === true ? line.dataset['person'] : undefined
}

/**
 * Call it before a list is drawn anew. Resolves with the id of the person whose line is gone and had the focus, which is
 * nowhere now; with undefined where it is kept.
 */
export async function lostFocus(list: HTMLElement | undefined): Promise<string | undefined> {
  const person = lineInFocus(list)
  if (person === undefined) return undefined
  await tick()
  return document.activeElement === document.body || document.activeElement === null ? person : undefined
}
