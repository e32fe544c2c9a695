/** The list of kinds: a kind that is not here does not exist, and every type of commands, events and views derives from it. */
import type { Activity } from './activity.ts'
import { agreements } from './agreements/agreements.ts'
import { answers } from './answers/answers.ts'
import { board } from './board/board.ts'
import { checkIn } from './check-in/check-in.ts'
import { closing } from './closing/closing.ts'
import { goalTree } from './goal-tree/goal-tree.ts'
import { goals } from './goals/goals.ts'
import { moments } from './moments/moments.ts'
import { slides } from './slides/slides.ts'
import { talk } from './talk/talk.ts'
import { welcome } from './welcome/welcome.ts'

export const kinds = {
  agreements,
  answers,
  board,
  'check-in': checkIn,
  closing,
  'goal-tree': goalTree,
  goals,
  moments,
  slides,
  talk,
  welcome,
}

export type Kind = keyof typeof kinds

/** The views of a kind, by audience. */
export type ViewsOf<K extends Kind> = {
  [A in 'facilitator' | 'screen' | 'everyone' | 'mine']: NonNullable<ReturnType<(typeof kinds)[K]['views'][A]>>
}

/** The kind of this name, as the session drives it; undefined for a name that no kind has. */
export function kindOf(name: string): Activity | undefined {
  return Object.hasOwn(kinds, name) ? (kinds[name as Kind] as unknown as Activity) : undefined
}
