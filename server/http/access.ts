/** Who may use a route: declared beside its handler, as `onRequest: access.host` or `access.facilitator`. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { facilitatorOf, hostOf, type Identity } from '../access/identity.ts'
import { isOwnOrigin } from '../access/origin.ts'
import type { Deps } from './deps.ts'
import { refuseRequest } from './errors.ts'

declare module 'fastify' {
  interface FastifyRequest {
    identity?: Identity
  }
}

export interface Access {
  /** Who holds the passphrase, or the key for scripts. */
  host(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined>
  /** The same, or a facilitator of the session in `:id`. */
  facilitator(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined>
  /** Anybody, from our own pages or a script, never from another site's. */
  anybody(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined>
}

export function openAccess(deps: Deps): Access {
  const host = (request: FastifyRequest) => hostOf(deps.log, request.cookies, bearerOf(request), deps.config.hostKey, deps.now())
  return {
    async host(request, reply) {
      if (foreign(request, deps)) return refuseRequest(reply, 'foreign-origin')
      const identity = await host(request)
      if (identity === undefined) return refuseRequest(reply, 'not-signed-in')
      request.identity = identity
      return undefined
    },
    async facilitator(request, reply) {
      if (foreign(request, deps)) return refuseRequest(reply, 'foreign-origin')
      const { id } = request.params as { id: string }
      const identity = (await host(request)) ?? (await facilitatorOf(deps.log, id, request.cookies, deps.now()))
      if (identity === undefined) return refuseRequest(reply, 'not-signed-in')
      request.identity = identity
      return undefined
    },
    async anybody(request, reply) {
      return foreign(request, deps) ? refuseRequest(reply, 'foreign-origin') : undefined
    },
  }
}

/**
 * A request that changes something and was sent by another site's page. Browsers name the origin of such requests; without
 * one, only a bearer key or the absence of cookies shows that it is a script.
 */
function foreign(request: FastifyRequest, deps: Deps): boolean {
  if (request.method === 'GET' || request.method === 'HEAD') return false
  const { origin, host } = request.headers
  if (origin !== undefined) return !isOwnOrigin(origin, host, deps.config.publicUrl)
  return bearerOf(request) === undefined && request.headers.cookie !== undefined
}

function bearerOf(request: FastifyRequest): string | undefined {
  return /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1]
}
