/** How long sessions are kept after their end, and those that must be kept whatever happens. */
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyInstance } from 'fastify'
import Type from 'typebox'
import { LONGEST_RETENTION_DAYS } from '#shared/retention.ts'
import { Gone } from '../log/port.ts'
import type { Access } from './access.ts'
import type { Deps } from './deps.ts'
import { ErrorBody, refuseRequest } from './errors.ts'

const Days = Type.Object(
  { days: Type.Integer({ minimum: 0, maximum: LONGEST_RETENTION_DAYS, description: 'Days after its end that a session is kept; 0: until somebody deletes it' }) },
  { additionalProperties: false },
)
const Id = Type.Object({ id: Type.String({ maxLength: 40 }) })
const Hold = Type.Object({ held: Type.Boolean({ description: 'On hold, nobody can delete it and it does not go by itself' }) }, { additionalProperties: false })
const Done = Type.Object({ ok: Type.Boolean() })

export function retentionRoutes(base: FastifyInstance, { log, retention, now }: Deps, access: Access): void {
  const app = base.withTypeProvider<TypeBoxTypeProvider>()
  const tags = ['retention']

  app.get('/api/retention', { onRequest: access.host, schema: { summary: 'How long sessions are kept', tags, response: { 200: Days, '4xx': ErrorBody } } }, async () => ({
    days: await retention.days(),
  }))

  app.put('/api/retention', { onRequest: access.host, schema: { summary: 'Choose how long sessions are kept', description: 'Those whose time is over then are deleted within the hour, and nobody can bring them back.', tags, body: Days, response: { 200: Done, '4xx': ErrorBody } } }, async (request) => {
    await retention.choose(request.body.days)
    return { ok: true }
  })

  app.put('/api/sessions/:id/hold', { onRequest: access.host, schema: { summary: 'Put a session on hold, or release it', description: 'Single contributions and people can still be erased from it.', tags, params: Id, body: Hold, response: { 200: Done, '4xx': ErrorBody } } }, async (request, reply) => {
    try {
      await log.holdSession(request.params.id, request.body.held ? now() : undefined)
      return { ok: true }
    } catch (error) {
      if (error instanceof Gone) return refuseRequest(reply, 'not-found')
      throw error
    }
  })
}
