/** Who may use a route: declared beside its handler, as `onRequest: access.host` or `access.facilitator`. */
import type { FastifyInstance, FastifyReply, FastifyRequest, RouteOptions } from 'fastify'
import { facilitatorOf, hostOf, type Identity } from '../access/identity.ts'
import { sameSecret } from '../access/keys.ts'
import { isOwnOrigin } from '../access/origin.ts'
import { isFromThisMachine } from '../access/setup.ts'
import type { Deps } from './deps.ts'
import { refuseRequest } from './errors.ts'

declare module 'fastify' {
  interface FastifyRequest {
    identity?: Identity
  }
}

/** Who a route of the API is for. A `page` is for anybody, and changes nothing. */
export type RouteAccess = 'page' | 'anybody' | 'facilitator' | 'lead' | 'host' | 'operator'

export interface DeclaredRoute {
  method: string
  url: string
  access: RouteAccess
}

export interface Access {
  /** Who holds the passphrase, or the key for scripts. */
  host(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined>
  /** The same, or a facilitator of the session in `:id`. */
  facilitator(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined>
  /** The same without co-facilitators: who may invite others and shut them out. */
  lead(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined>
  /** Who holds METRICS_KEY; where there is none, who asks on the server's own machine. */
  operator(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined>
  /** Anybody, from our own pages or a script, never from another site's. */
  anybody(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined>
}

export function openAccess(deps: Deps): Access {
  const host = (request: FastifyRequest) => hostOf(deps.log, request.cookies, bearerOf(request), deps.config.hostKey, deps.now())
  const access: Access = {
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
      // As over a line: who sends without end would fill the log. The key for scripts is the operator's own.
      if (changes(request) && identity.key !== undefined && !deps.limits.command(`http ${identity.key.hash}`, deps.now()).ok) return refuseRequest(reply, 'too-fast')
      request.identity = identity
      return undefined
    },
    async lead(request, reply) {
      const refused = await access.facilitator(request, reply)
      if (refused !== undefined) return refused
      return request.identity?.key?.role === 'cofacilitator' ? refuseRequest(reply, 'not-permitted') : undefined
    },
    async operator(request, reply) {
      const { metricsKey } = deps.config
      const right = metricsKey === undefined ? isFromThisMachine(request, deps.config) : sameSecret(bearerOf(request) ?? '', metricsKey)
      return right ? undefined : refuseRequest(reply, 'not-signed-in')
    },
    async anybody(request, reply) {
      return foreign(request, deps) ? refuseRequest(reply, 'foreign-origin') : undefined
    },
  }
  for (const name of ['host', 'facilitator', 'lead', 'operator', 'anybody'] as const) saidBy.set(access[name], name)
  return access
}

/** Which word of the table a hook stands for. */
const saidBy = new WeakMap<object, RouteAccess>()

/**
 * Holds every route to saying who may use it: one that does not, or a page that changes something, ends the start of the server.
 * Answers the routes that were declared so far. To be called before the first route.
 */
export function declaredRoutes(app: FastifyInstance): () => readonly DeclaredRoute[] {
  const routes: DeclaredRoute[] = []
  app.addHook('onRoute', ({ method, url, onRequest }: RouteOptions) => {
    const access = [onRequest].flat().map((hook) => hook && saidBy.get(hook)).find((said) => said !== undefined)
    for (const one of [method].flat()) {
      const page = access === undefined && !/^\/(api|healthz|readyz|metrics)\b/u.test(url) && ['GET', 'HEAD'].includes(one)
      if (access === undefined && !page) throw new Error(`${one} ${url} does not say who may use it`)
      routes.push({ method: one, url, access: access ?? 'page' })
    }
  })
  return () => routes
}

/**
 * A request that changes something and was sent by another site's page. Browsers name the origin of such requests; without
 * one, only a bearer key or the absence of cookies shows that it is a script.
 */
function foreign(request: FastifyRequest, deps: Deps): boolean {
  if (!changes(request)) return false
  const { origin, host } = request.headers
  if (origin !== undefined) return !isOwnOrigin(origin, host, deps.config.publicUrl)
  return bearerOf(request) === undefined && request.headers.cookie !== undefined
}

function changes({ method }: FastifyRequest): boolean {
  return method !== 'GET' && method !== 'HEAD'
}

function bearerOf(request: FastifyRequest): string | undefined {
  return /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1]
}
