/** What a typed code or a join token opens, and how often wrong codes may be tried. */
import { setTimeout as wait } from 'node:timers/promises'
import type { FastifyReply } from 'fastify'
import Type from 'typebox'
import { normaliseCode } from '../access/codes.ts'
import { addressKey } from '../access/limits.ts'
import type { SessionRow } from '../log/port.ts'
import type { Deps } from './deps.ts'
import { refuseRequest } from './errors.ts'

/** When somebody is guessing, every typed code waits this long; right ones still get in. */
const CROWDED_MS = 2_000
/**
 * So many wait at once, and so many of them from one address: with the pause they bound how fast anybody may guess, to thirty a second
 * in all. Who has used up their own tries waits apart from who only came while others guess: somebody who guesses, under whatever
 * devices' names, must not take the places of everybody, and leaves some to the school that they sit in.
 */
const LINE = { most: 30, ofAddress: 28 }

/**
 * A typed code that does not admit is answered at the next whole step of so many ms since it was asked about: how long it took to find out
 * why not, in whatever storage, tells nobody whether there is such a session.
 */
const EVENLY_MS = 25

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
  /** Refuses: a typed code in one sentence and after one time (in steps of `ms`), whatever is behind it. */
  refuse(reply: FastifyReply, body: AtDoor, code: string, ms?: number): Promise<FastifyReply>
  /** Refuses. A typed code of a session that is not open is a miss like any other. */
  missed(reply: FastifyReply, body: AtDoor, address: string, code: string): Promise<FastifyReply>
}

/** One door for all that asks for a code: whoever guesses stands in its lines wherever they ask. */
export function openDoor(deps: Deps): Door {
  const lines = { guessing: openLine(), crowd: openLine() }
  return {
    async find(body, address) {
      if (body.token !== undefined) return (await deps.log.sessionByJoinToken(body.token)) ?? 'no-admission'
      const visitor = { device: body.device ?? address, address }
      if (!deps.limits.mayTryCode(visitor, deps.now()).ok) {
        const line = deps.limits.missesUsedUp(visitor, deps.now()) ? lines.guessing : lines.crowd
        const leave = line.enter(addressKey(address), body.device)
        if (leave === undefined) return 'too-fast'
        await wait(CROWDED_MS).finally(leave)
      }
      const code = normaliseCode(body.code ?? '')
      const found = code === undefined ? undefined : await deps.log.sessionByCode(code)
      if (found === undefined) deps.limits.missedCode(visitor, deps.now())
      return found ?? 'no-admission'
    },
    refuse,
    missed(reply, body, address, code) {
      if (body.token === undefined) deps.limits.missedCode({ device: body.device ?? address, address }, deps.now())
      return refuse(reply, body, code)
    },
  }
}

async function refuse(reply: FastifyReply, body: AtDoor, code: string, ms = EVENLY_MS): Promise<FastifyReply> {
  if (body.token === undefined) await wait(Math.ceil(ms - (reply.elapsedTime % ms)))
  return refuseRequest(reply, code)
}

interface Line {
  /** A place for a device, and how to leave it; undefined where there is none, or the device waits already. */
  enter(address: string, device: string | undefined): (() => void) | undefined
}

function openLine({ most, ofAddress } = LINE): Line {
  const places = new Map<string | symbol, string>()
  return {
    enter(address, device) {
      const place = device ?? Symbol('unnamed')
      const theirs = [...places.values()].filter((other) => other === address).length
      if (places.size >= most || theirs >= ofAddress || places.has(place)) return undefined
      places.set(place, address)
      return () => void places.delete(place)
    },
  }
}
