/** A board with people, as its four surfaces show it. */
import { screen } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { board } from '#shared/activities/board/board.ts'
import { en } from '../../../../client/messages/cards.ts'
import { config } from '../../../shared/activities/board/arbitrary.ts'
import { surfaces } from '../../support/surface.svelte.ts'

export const write = (text: string, kind = 'thought') => ({ type: 'write' as const, text, kind })
export const named = { anonymous: false, nameOf: (who: string) => (who === 'facilitators' ? undefined : `Name of ${who}`) }
export const crowd = (count: number) => Array.from({ length: count }, (_, i) => `p${i}`)

/** People have written one card each. */
export function boardOf(people: string[], around = {}) {
  const room = surfaces(board, config, around)
  for (const who of people) room.room.person(who, write(`by ${who}`))
  return room
}

/** The same, revealed. */
export function revealed(people: string[], around = {}) {
  const room = boardOf(people, around)
  room.room.facilitator({ type: 'reveal' })
  return room
}

export const field = () => screen.getByLabelText(en.write)
export const press = (name: string | RegExp) => userEvent.click(screen.getByRole('button', { name }))
