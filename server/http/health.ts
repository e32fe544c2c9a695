import type { FastifyInstance } from 'fastify'
import Type from 'typebox'
import type { Access } from './access.ts'
import type { Deps } from './deps.ts'

const Warnings = Type.Array(Type.String({ description: 'low-space, no-backup or damaged-backup' }))

/** For whoever watches the server: 200 only when storage answers. What needs a person's care soon is a warning, and no failure. */
export function healthRoutes(app: FastifyInstance, deps: Deps, access: Access): void {
  const schema = { summary: 'Whether the server and its storage answer', tags: ['server'], response: { 200: Type.Object({ ok: Type.Boolean(), warnings: Type.Optional(Warnings) }), 503: Type.Object({ ok: Type.Boolean() }) } }
  app.get('/healthz', { onRequest: access.anybody, schema }, async (_request, reply) => {
    try {
      await deps.log.healthy()
    } catch {
      return reply.code(503).send({ ok: false })
    }
    const warnings = await deps.keeper.warnings()
    return warnings.length > 0 ? { ok: true, warnings } : { ok: true }
  })
}
