/** What was sent, and the marks by which its words are known again. */
import type { Act, Answer } from '#shared/wire/protocol.ts'
import type { Who } from './page.ts'

export interface Sent {
  act: Act
  who: Who
  /** Commits there were when it was made. */
  since: number
  answer?: Answer
  /** The number of the commit that it is in. */
  commit?: number
}

/** What marks in texts look like. */
export const MARK = /\bw\d+z\b/gu

/** The marks of what an act writes. */
export function marksIn(act: Act): string[] {
  return [act.do.text, act.do.note].flatMap((words) => (typeof words === 'string' ? (words.match(MARK) ?? []) : []))
}

/** Whether a later act may have taken the words of an earlier one away: it names the same thing, or the thing that was made. */
export function sameThing(earlier: Sent, later: Sent, made: readonly string[]): boolean {
  const { node, goal, criterion, id } = earlier.act.do
  const now = later.act.do
  const { person } = earlier.who as { person?: string }
  if (now.type === 'person.erase' && now.person === person) return true
  if (now.type === 'own.erase' && (later.who as { person?: string }).person === person) return true
  if ((later.act.step ?? now.step) !== earlier.act.step) return false
  if (id !== undefined && now.id === id) return true
  if (typeof now.id === 'string' && made.includes(now.id)) return true
  return (node !== undefined && now.node === node) || (criterion !== undefined && now.criterion === criterion && now.goal === goal)
}
