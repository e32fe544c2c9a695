/**
 * What the log tells of requests: whatever was refused, and whatever a host or facilitator changed or took away. Who joins, and
 * what they do, is nobody's business. (OWASP ASVS 5.0, 16.3.)
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { networkOf } from '../access/network.ts'
import { roomHash, type Logger } from '../logger.ts'

declare module 'fastify' {
  interface FastifyReply {
    /** The code of the refusal that was sent. */
    refused?: string
  }
}

/** Routes of participants: told of only where they are refused for want of a right, not for a typing mistake. */
const QUIET = /^\/api\/(join|rejoin|door)\b/u
/** GETs that take a session's words away with them. */
const TAKES = /\/(notes|record|export)\b/u

/** Writes a line for each request that matters. To be called before the routes. */
export function witnessRequests(app: FastifyInstance, logger: Logger): void {
  app.addHook('onResponse', (request, reply, done) => {
    const refused = reply.statusCode >= 400
    if (request.url.startsWith('/api/') && (refused ? !mistake(request, reply) : matters(request))) {
      const line = {
        // The route's pattern: the address itself may hold a code.
        event: `${request.method} ${request.routeOptions.url ?? 'nowhere'}`,
        outcome: refused ? (reply.refused ?? String(reply.statusCode)) : 'done',
        ms: Math.round(reply.elapsedTime),
        from: networkOf(request.ip),
        ...roomOf(request),
      }
      if (refused) logger.warn(line, 'a request was refused')
      else logger.info(line, 'a request was served')
    }
    done()
  })
}

function mistake(request: FastifyRequest, reply: FastifyReply): boolean {
  const quiet = QUIET.test(request.routeOptions.url ?? '')
  return quiet && ![403, 429].includes(reply.statusCode)
}

function matters(request: FastifyRequest): boolean {
  const route = request.routeOptions.url ?? ''
  if (QUIET.test(route)) return false
  return !['GET', 'HEAD'].includes(request.method) || TAKES.test(route)
}

function roomOf(request: FastifyRequest): { room?: string } {
  const { id } = (request.params ?? {}) as { id?: string }
  return id === undefined ? {} : { room: roomHash(id) }
}
