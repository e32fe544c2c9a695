/** What the speakers of a group are called on a phone. */
import type { Speaker } from '#shared/activities/talk/views.ts'

/** By name, else by number; a turn of nobody's is anybody's. */
export function speakerCalled(speaker: Speaker, words: { number: (number: number) => string; anybody: string }): string {
  if (speaker.name !== undefined) return speaker.name
  return speaker.number === undefined ? words.anybody : words.number(speaker.number)
}
