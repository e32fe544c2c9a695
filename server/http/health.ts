import type { FastifyInstance } from 'fastify'
import Type from 'typebox'
import type { Deps } from './deps.ts'

/** For whoever watches the server: 200 only when storage answers. */
export function healthRoutes(app: FastifyInstance, deps: Deps): void {
  const schema = { summary: 'Whether the server and its storage answer', tags: ['server'], response: { 200: Type.Object({ ok: Type.Boolean() }), 503: Type.Object({ ok: Type.Boolean() }) } }
  app.get('/healthz', { schema }, async (_request, reply) => {
    try {
      await deps.log.healthy()
      return { ok: true }
    } catch {
      return reply.code(503).send({ ok: false })
    }
  })
}
