/** What a typed code or a join token opens, and how often wrong codes may be tried. */
import { setTimeout as wait } from 'node:timers/promises'
import type { FastifyReply } from 'fastify'
import Type from 'typebox'
import { normaliseCode } from '../access/codes.ts'
import type { SessionRow } from '../log/port.ts'
import type { Deps } from './deps.ts'
import { refuseRequest } from './errors.ts'

/** When somebody is guessing, every typed code waits this long; right ones still get in. */
const CROWDED_MS = 2_000
/** One phone waits in one place: somebody who guesses must not take the places of the school that they sit in. */
const MOST_WAITING = 40

/** How people say which session they mean: one of the two. */
export const doorFields = {
  code: Type.Optional(Type.String({ maxLength: 60, description: 'Eight digits, blanks allowed' })),
  token: Type.Optional(Type.String({ maxLength: 60, description: 'What the QR and the link carry' })),
}

export interface AtDoor {
  code?: string
  token?: string
  device?: string
}

export interface Door {
  /** The session behind the door, or why it does not open. */
  find(body: AtDoor, address: string): Promise<SessionRow | 'no-admission' | 'too-fast'>
  /** Refuses. A typed code of a session that is not open is a miss like any other, in the same words. */
  missed(reply: FastifyReply, body: AtDoor, address: string, code: string): FastifyReply
}

export function openDoor(deps: Deps): Door {
  const waiting = new Set<string | symbol>()
  return {
    async find(body, address) {
      if (body.token !== undefined) return (await deps.log.sessionByJoinToken(body.token)) ?? 'no-admission'
      const visitor = { device: body.device ?? address, address }
      if (!deps.limits.mayTryCode(visitor, deps.now()).ok) {
        const place = body.device ?? Symbol('unnamed')
        if (waiting.size >= MOST_WAITING || waiting.has(place)) return 'too-fast'
        waiting.add(place)
        await wait(CROWDED_MS).finally(() => waiting.delete(place))
      }
      const code = normaliseCode(body.code ?? '')
      const found = code === undefined ? undefined : await deps.log.sessionByCode(code)
      if (found === undefined) deps.limits.missedCode(visitor, deps.now())
      return found ?? 'no-admission'
    },
    missed(reply, body, address, code) {
      if (body.token === undefined) deps.limits.missedCode({ device: body.device ?? address, address }, deps.now())
      return refuseRequest(reply, code)
    },
  }
}
