/** Links that are keys: made, shown once, named, revoked at once; and the click that turns one into a cookie. */
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyInstance } from 'fastify'
import Type from 'typebox'
import { consoleCookie, screenCookie } from '../access/identity.ts'
import { exchange, isLink, mint } from '../access/keys.ts'
import { Gone, type KeyRow } from '../log/port.ts'
import type { Access } from './access.ts'
import { setKeyCookie } from './cookies.ts'
import type { Deps } from './deps.ts'
import { ErrorBody, refuseRequest } from './errors.ts'

const Id = Type.Object({ id: Type.String({ maxLength: 40 }) })
const LinkRole = Type.Union([Type.Literal('facilitator'), Type.Literal('cofacilitator'), Type.Literal('screen')])
const ROLES = ['facilitator', 'cofacilitator', 'screen'] as const
const Link = Type.Object({ handle: Type.String(), role: Type.String(), name: Type.Optional(Type.String()), createdAt: Type.String() })

export function linkRoutes(base: FastifyInstance, deps: Deps, access: Access): void {
  const app = base.withTypeProvider<TypeBoxTypeProvider>()
  const { log } = deps
  const tags = ['links']

  app.get('/api/sessions/:id/links', { onRequest: access.facilitator, schema: { summary: 'The keys that are out, without their secrets', tags, params: Id, response: { 200: Type.Array(Link), '4xx': ErrorBody } } }, async (request) => {
    return (await outOf(request.params.id)).map((row) => {
      const link = { handle: row.handle, role: row.role, createdAt: new Date(row.createdAt).toISOString() }
      return row.name === undefined ? link : { ...link, name: row.name }
    })
  })

  const Body = Type.Object({ role: LinkRole, name: Type.Optional(Type.String({ minLength: 1, maxLength: 80 })) }, { additionalProperties: false })
  const Made = Type.Object({ handle: Type.String(), link: Type.String({ description: 'Shown this once; only its hash is kept' }) })
  app.post('/api/sessions/:id/links', { onRequest: access.facilitator, schema: { summary: 'Make a link', tags, params: Id, body: Body, response: { 201: Made, '4xx': ErrorBody } } }, async (request, reply) => {
    // A co-facilitator helps to run the room; who else may come in is for the others to say.
    const asker = request.identity?.key
    if (mayNotInvite(asker?.role) && request.body.role !== 'screen') return refuseRequest(reply, 'not-permitted')
    const { role, name } = request.body
    // What a co-facilitator hands out goes with their own link.
    const parent = mayNotInvite(asker?.role) ? asker?.parent : undefined
    const made = await mint(log, { role, session: request.params.id, now: deps.now(), ...(parent === undefined ? {} : { parent }), ...(name === undefined ? {} : { name }) }).catch((error: unknown) => {
      if (error instanceof Gone) return undefined // revoked, or deleted, in between
      throw error
    })
    if (made === undefined) return refuseRequest(reply, 'not-permitted')
    const { secret, row } = made
    return reply.code(201).send({ handle: row.handle, link: await linkOf(role, secret) })
  })

  const Handle = Type.Object({ id: Type.String({ maxLength: 40 }), handle: Type.String({ maxLength: 20 }) })
  app.delete('/api/sessions/:id/links/:handle', { onRequest: access.lead, schema: { summary: 'Revoke a link, and everybody who came in by it, at once', tags, params: Handle, response: { 204: Type.Null(), '4xx': ErrorBody } } }, async (request, reply) => {
    const gone = await log.revokeKey(request.params.id, request.params.handle)
    if (gone.length === 0) return refuseRequest(reply, 'not-found')
    deps.connections.revoke(gone)
    return reply.code(204).send(null)
  })

  app.post('/api/sessions/:id/links/:handle/renew', { onRequest: access.lead, schema: { summary: 'A new link in place of this one, which ends with everybody who came in by it', tags, params: Handle, response: { 201: Made, '4xx': ErrorBody } } }, async (request, reply) => {
    const { id, handle } = request.params
    const old = (await outOf(id)).find((row) => row.handle === handle)
    if (old === undefined) return refuseRequest(reply, 'not-found')
    const { role, name } = old
    // First the new one: whoever renews the link that they came in by keeps a way back in.
    const { secret, row } = await mint(log, { role, session: id, now: deps.now(), ...(name === undefined ? {} : { name }) })
    deps.connections.revoke(await log.revokeKey(id, handle))
    return reply.code(201).send({ handle: row.handle, link: await linkOf(role, secret) })
  })

  /** The links of a session that are out. */
  async function outOf(session: string): Promise<KeyRow[]> {
    return (await Promise.all(ROLES.map((role) => log.keys(session, role)))).flat().filter(isLink)
  }

  async function linkOf(role: string, secret: string): Promise<string> {
    return `${await deps.addresses.current()}/${role === 'screen' ? 'screen' : 'f'}#${secret}`
  }

  const Key = Type.Object({ key: Type.String({ maxLength: 100 }) }, { additionalProperties: false })
  const Opened = Type.Object({ role: Type.String(), session: Type.String() })
  app.post('/api/keys/exchange', { onRequest: access.anybody, schema: { summary: 'Exchange the key of a link for a cookie', tags, body: Key, response: { 200: Opened, '4xx': ErrorBody } } }, async (request, reply) => {
    const made = await exchange(log, request.body.key, ROLES, deps.now())
    const session = made?.row.session
    if (made === undefined || session === undefined) return refuseRequest(reply, 'not-permitted')
    setKeyCookie(request, reply, made.row.role === 'screen' ? screenCookie(session) : consoleCookie(session), made.secret)
    return { role: made.row.role, session }
  })
}

function mayNotInvite(role: string | undefined): boolean {
  return role === 'cofacilitator'
}
