/** Whose turn it is on this phone's clock: it follows from when the turns began and how long each is. */
import type { Speaker, TalkViews } from '#shared/activities/talk/views.ts'
import { inOrder } from '#shared/ordered.ts'

export interface TurnNow {
  /** From 0; as many as there are turns once all are over. */
  index: number
  /** Absent: all turns are over. */
  speaker?: Speaker
  next?: Speaker
  /** Left of this turn, ms. */
  left: number
}

/** Undefined: the group has not begun. */
export function turnNow(mine: TalkViews['mine'], now: number): TurnNow | undefined {
  if (mine.startedAt === undefined) return undefined
  const speakers = inTurn(mine)
  const index = Math.min(speakers.length, Math.max(0, Math.floor((now - mine.startedAt) / mine.each)))
  const turn: TurnNow = { index, left: Math.max(0, mine.startedAt + (index + 1) * mine.each - now) }
  const [speaker, next] = [speakers[index], speakers[index + 1]]
  if (speaker !== undefined) turn.speaker = speaker
  if (next !== undefined) turn.next = next
  return turn
}

/** The speakers of one's own group, in turn. */
export function inTurn(mine: TalkViews['mine']): Speaker[] {
  return inOrder(mine.speakers).map(([, speaker]) => speaker)
}

/** "3", "1.5": minutes as people write them in this language. */
export function minutesOf(ms: number, lang: string): string {
  return new Intl.NumberFormat(lang, { maximumFractionDigits: 1 }).format(ms / 60_000)
}
