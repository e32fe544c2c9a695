/** Anonymous authors: who they are is computed in memory from a secret that only their device keeps, and stored nowhere. */
import { createHash, createHmac, randomBytes } from 'node:crypto'
import type { Tag } from '#shared/activities/activity.ts'

/** 128 bits are enough for a tag to be nobody else's. */
const TAG_CHARACTERS = 22

/** A fresh device secret, for clients that don't make their own. */
export function newVeil(): string {
  return randomBytes(32).toString('base64url')
}

/** The tag of a device in a scope of a session: without the secret, no two tags can be linked to each other or to a person. */
export function tagOf(veil: string, session: string, scope: string): Tag {
  return createHmac('sha256', veil).update(`${session}\n${scope}`).digest('base64url').slice(0, TAG_CHARACTERS)
}

/** What a command's receipt is stored as: nobody can tell from it which command, whose, or when. */
export function receiptOf(session: string, command: string): string {
  return createHash('sha256').update(`${session}\n${command}`).digest('base64url')
}
