/** For whoever watches the server: whether it is well, whether new people may be sent here, and its numbers. */
import type { FastifyInstance } from 'fastify'
import Type from 'typebox'
import type { Access } from './access.ts'
import type { Deps } from './deps.ts'

const Warnings = Type.Array(Type.String({ description: 'low-space, no-backup, damaged-backup or strayed-lines' }))
const NotReady = Type.Object({ ok: Type.Boolean(), why: Type.String({ description: 'draining: it is about to stop; storage: it does not answer, or keeps nothing' }) })
const EXPOSITION = 'text/plain; version=0.0.4; charset=utf-8'

export function healthRoutes(app: FastifyInstance, deps: Deps, access: Access): void {
  // 200 only when storage answers. What needs a person's care soon is a warning, and no failure.
  const health = { summary: 'Whether the server and its storage answer', tags: ['server'], response: { 200: Type.Object({ ok: Type.Boolean(), warnings: Type.Optional(Warnings) }), 503: Type.Object({ ok: Type.Boolean() }) } }
  app.get('/healthz', { onRequest: access.anybody, schema: health }, async (_request, reply) => {
    try {
      await deps.log.healthy()
    } catch {
      return reply.code(503).send({ ok: false })
    }
    const warnings = [...(await deps.keeper.warnings()), ...(deps.strayed() ? ['strayed-lines'] : [])]
    return warnings.length > 0 ? { ok: true, warnings } : { ok: true }
  })

  const ready = { summary: 'Whether new people may be sent to this server', tags: ['server'], response: { 200: Type.Object({ ok: Type.Boolean() }), 503: NotReady } }
  app.get('/readyz', { onRequest: access.anybody, schema: ready }, async (_request, reply) => {
    if (deps.readiness.draining) return reply.code(503).send({ ok: false, why: 'draining' })
    return (await deps.readiness.storage()) ? { ok: true } : reply.code(503).send({ ok: false, why: 'storage' })
  })

  const numbers = { summary: 'Numbers about the server, as Prometheus reads them', tags: ['server'], produces: ['text/plain'], response: { 200: Type.String() } }
  app.get('/metrics', { onRequest: access.operator, schema: numbers }, async (_request, reply) => {
    // An alarm must come also when nobody writes: storage is asked now.
    await deps.readiness.storage()
    // A proxy must not keep them, nor answer one reader with what another was told.
    void reply.header('cache-control', 'no-store')
    return reply.type(EXPOSITION).send(deps.families.map((family) => family.text()).join(''))
  })
}
