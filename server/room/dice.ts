/** Where a room's chance comes from; tests bring dice that fall the same way twice. */
import { randomBytes } from 'node:crypto'
import { nanoid } from 'nanoid'

export interface Dice {
  /** Fresh randomness for one draw. */
  seed(): string
  /** A public id that nobody has. */
  id(): string
}

export const DICE: Dice = { seed: () => randomBytes(16).toString('hex'), id: () => nanoid(12) }
