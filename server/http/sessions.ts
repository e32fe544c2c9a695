/** All that a host does with sessions: list, create from a template, prepare, open, run, end, delete. */
import { createHash } from 'node:crypto'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { nanoid } from 'nanoid'
import Type, { type Static } from 'typebox'
import { decideSession } from '#shared/session/decide.ts'
import type { SessionCommand } from '#shared/session/commands.ts'
import { PlanSchema, plannedMinutes, type Plan } from '#shared/session/plan.ts'
import type { SessionState } from '#shared/session/model.ts'
import { refuse } from '#shared/refusals.ts'
import { goesAt } from '#shared/retention.ts'
import type { SessionEvent } from '#shared/session/events.ts'
import { say } from '#shared/say.ts'
import { templates } from '#shared/templates/templates.ts'
import { parse, parseConfigs } from '#shared/wire/parse.ts'
import { newCode } from '../access/codes.ts'
import { mint, newJoinToken } from '../access/keys.ts'
import type { SessionRow } from '../log/port.ts'
import type { Running } from '../room/rooms.ts'
import type { Access } from './access.ts'
import type { Deps } from './deps.ts'
import { ErrorBody, refusedByRoom, refuseRequest } from './errors.ts'

const Id = Type.Object({ id: Type.String({ maxLength: 40 }) })
const Title = Type.String({ minLength: 1, maxLength: 160 })
const Listed = Type.Object({
  id: Type.String(),
  title: Type.String(),
  phase: Type.String({ description: 'draft, open, live or ended' }),
  code: Type.String({ description: 'Eight digits' }),
  createdAt: Type.String({ format: 'date-time' }),
  endedAt: Type.Optional(Type.String({ format: 'date-time' })),
  held: Type.Boolean({ description: 'On hold: nobody can delete it, and it does not go by itself' }),
  goesAt: Type.Optional(Type.String({ format: 'date-time', description: 'When its time after the end is over and it is deleted' })),
})
const Shown = Type.Intersect([Listed, Type.Object({
  here: Type.Integer({ description: 'People connected now' }),
  people: Type.Integer({ description: 'People who have joined' }),
  step: Type.Optional(Type.String({ description: 'The id of the step that the room is in' })),
  links: Type.Object({ join: Type.String() }),
})])
const Created = Type.Intersect([Listed, Type.Object({ links: Type.Object({ join: Type.String(), facilitator: Type.String(), screen: Type.String() }) })])
const Moved = Type.Object({ ok: Type.Boolean(), phase: Type.String(), step: Type.Optional(Type.String()) })

export function sessionRoutes(base: FastifyInstance, deps: Deps, access: Access): void {
  const app = base.withTypeProvider<TypeBoxTypeProvider>()
  const { log, rooms } = deps
  const tags = ['sessions']

  app.get('/api/sessions', { onRequest: access.host, schema: { summary: 'List sessions, newest first', tags, response: { 200: Type.Array(Listed), '4xx': ErrorBody } } }, async () =>
    listedAll(await log.sessions(), await deps.retention.days()),
  )

  const Body = Type.Object({ template: Type.String({ maxLength: 60 }), title: Type.Optional(Title) }, { additionalProperties: false })
  app.post('/api/sessions', { onRequest: access.host, schema: { summary: 'Create a session from a template', tags, body: Body, response: { 201: Created, '4xx': ErrorBody } } }, async (request, reply) => {
    const template = templates.find(({ id }) => id === request.body.template)
    if (template === undefined) return refuseRequest(reply, 'not-found')
    const row = await create(titled(template.plan, request.body.title))
    const now = deps.now()
    const [facilitator, screen, origin] = await Promise.all([
      mint(log, { role: 'facilitator', session: row.id, now }),
      mint(log, { role: 'screen', session: row.id, now }),
      deps.addresses.current(),
    ])
    const links = { join: `${origin}/#${row.joinToken}`, facilitator: `${origin}/f#${facilitator.secret}`, screen: `${origin}/screen#${screen.secret}` }
    return reply.code(201).send({ ...listed(row, await deps.retention.days()), links })
  })

  app.get('/api/sessions/:id', { onRequest: access.facilitator, schema: { summary: 'One session', tags, params: Id, response: { 200: Shown, '4xx': ErrorBody } } }, async (request, reply) => {
    const found = await find(request.params.id)
    if (found === undefined) return refuseRequest(reply, 'not-found')
    const { row, running } = found
    const state = await running.room.committed((now) => now)
    const people = Object.values(state.people).filter((person) => person.removed !== true).length
    const shown = { ...listed(row, await deps.retention.days()), phase: state.phase, here: deps.connections.here(row.id), people, links: { join: `${await deps.addresses.current()}/#${row.joinToken}` } }
    return state.current === undefined ? shown : { ...shown, step: state.current }
  })

  app.delete('/api/sessions/:id', { onRequest: access.host, schema: { summary: 'Delete a session with everything in it', description: 'Refused with on-hold while it is on hold.', tags, params: Id, response: { 204: Type.Null(), '4xx': ErrorBody } } }, async (request, reply) => {
    const { id } = request.params
    if ((await log.session(id)) === undefined) return refuseRequest(reply, 'not-found')
    await deps.retention.remove(id)
    return reply.code(204).send(null)
  })

  app.get('/api/sessions/:id/plan', { onRequest: access.facilitator, schema: { summary: 'The plan of a session', tags, params: Id, response: { 200: PlanSchema, '4xx': ErrorBody } } }, async (request, reply) => {
    const found = await find(request.params.id)
    if (found === undefined) return refuseRequest(reply, 'not-found')
    const plan = await found.running.room.committed((state) => state.plan)
    return reply.header('etag', versionOf(plan)).send(plan)
  })

  app.put('/api/sessions/:id/plan', { bodyLimit: PLAN_BYTES, onRequest: access.facilitator, schema: { summary: 'Change the plan; what was collected stays', description: 'With If-Match (the ETag of the plan that you read) it is refused with moved-on if somebody has changed the plan since.', tags, params: Id, body: Type.Unknown(), response: { 200: Moved, '4xx': ErrorBody } } }, async (request, reply) => {
    const plan = parse<Plan>(PlanSchema, request.body)
    if ('refused' in plan) return refuseRequest(reply, plan.refused, plan.path)
    const config = parseConfigs(plan.value)
    if (config !== undefined) return refuseRequest(reply, config.refused, config.path)
    const seen = request.headers['if-match']
    const version = versionOf(plan.value)
    // Saved already, and only the answer was lost: the same again is no conflict.
    const asSeen = (state: SessionState) => seen === undefined || seen === versionOf(state.plan) || version === versionOf(state.plan)
    return command(reply.header('etag', version), request.params.id, { type: 'plan.change', plan: plan.value }, asSeen)
  })

  const moves = { open: 'session.open', start: 'session.start', next: 'flow.next', back: 'flow.back', end: 'session.end' } as const
  for (const [path, type] of Object.entries(moves)) {
    const summary = { open: 'Open the doors: the code works from now on', start: 'Enter the first step', next: 'Go on', back: 'Go back', end: 'End the session' }[path] ?? path
    app.post(`/api/sessions/:id/${path}`, { onRequest: access.facilitator, schema: { summary, tags, params: Id, response: { 200: Moved, '4xx': ErrorBody } } }, async (request, reply) =>
      command(reply, request.params.id, { type }),
    )
  }

  const Way = Type.Object({ code: Type.String({ description: 'Eight digits' }), links: Type.Object({ join: Type.String() }) })
  app.post('/api/sessions/:id/code', { onRequest: access.facilitator, schema: { summary: 'A new code and a new link to join, in place of the old ones; who is in stays in', tags, params: Id, response: { 200: Way, '4xx': ErrorBody } } }, async (request, reply) => {
    const row = await log.session(request.params.id)
    if (row === undefined) return refuseRequest(reply, 'not-found')
    if (row.phase === 'ended') return refuseRequest(reply, 'ended')
    const now = deps.now()
    const fresh = { code: await newCode((candidate) => log.codeTaken(candidate, now)), joinToken: newJoinToken() }
    await log.renewCode(row.id, fresh, now)
    await deps.connections.renewed(row.id)
    return { code: fresh.code, links: { join: `${await deps.addresses.current()}/#${fresh.joinToken}` } }
  })

  async function command(reply: FastifyReply, id: string, order: SessionCommand, asSeen: (state: SessionState) => boolean = () => true): Promise<Static<typeof Moved> | FastifyReply> {
    const found = await find(id)
    if (found === undefined) return refuseRequest(reply, 'not-found')
    const answer = await found.running.room.submit({ sender: 'facilitator', decide: (state, context) => (asSeen(state) ? decideSession(state, order, context) : refuse('moved-on')) })
    if (refusedByRoom(reply, answer)) return reply
    return found.running.room.committed(({ phase, current }) => (current === undefined ? { ok: true, phase } : { ok: true, phase, step: current }))
  }

  async function create(plan: Plan): Promise<SessionRow> {
    const now = deps.now()
    const code = await newCode((candidate) => log.codeTaken(candidate, now))
    const row: SessionRow = { id: nanoid(16), code, joinToken: newJoinToken(), title: say(plan.title, plan.languages[0] ?? 'en'), phase: 'draft', createdAt: now }
    await log.createSession(row)
    const created: SessionEvent = { type: 'session.created', plan }
    try {
      await log.append({ session: row.id, expected: 0, events: [{ at: now, data: JSON.stringify(created) }], receipts: [] })
    } catch (error) {
      // Without its first event it is no session: nobody shall find it in the list.
      await log.deleteSession(row.id).catch(() => undefined)
      throw error
    }
    return row
  }

  async function find(id: string): Promise<{ row: SessionRow; running: Running } | undefined> {
    const [row, running] = await Promise.all([log.session(id), rooms.get(id)])
    return row === undefined || running === undefined ? undefined : { row, running }
  }
}

/** A plan with pictures' names, prompts and scripts in two languages is far below this. */
const PLAN_BYTES = 512 * 1024

/** The same plan under a title of one's own, in the plan's main language. */
function titled(plan: Plan, title: string | undefined): Plan {
  const lang = plan.languages[0] ?? 'en'
  return title === undefined ? plan : { ...plan, title: { [lang]: title } }
}

/** The same plan has the same version, whoever saved it. */
function versionOf(plan: Plan): string {
  return `"${createHash('sha256').update(JSON.stringify(plan)).digest('base64url')}"`
}

function listedAll(rows: SessionRow[], days: number): Static<typeof Listed>[] {
  return rows.sort((a, b) => b.createdAt - a.createdAt).map((row) => listed(row, days))
}

/** `days`: how long sessions are kept. */
function listed(row: SessionRow, days: number): Static<typeof Listed> {
  const view: Static<typeof Listed> = { id: row.id, title: row.title, phase: row.phase, code: row.code, createdAt: iso(row.createdAt), held: row.held !== undefined }
  const goes = goesAt(row, days)
  if (row.endedAt !== undefined) view.endedAt = iso(row.endedAt)
  if (goes !== undefined) view.goesAt = iso(goes)
  return view
}

const iso = (ms: number) => new Date(ms).toISOString()

export function templateRoutes(base: FastifyInstance, access: Access): void {
  const app = base.withTypeProvider<TypeBoxTypeProvider>()
  const Template = Type.Object({ id: Type.String(), title: Type.String(), minutes: Type.Integer({ description: 'Planned minutes of all steps' }) })
  app.get('/api/templates', { onRequest: access.host, schema: { summary: 'The plans that ship with the product', tags: ['sessions'], response: { 200: Type.Array(Template), '4xx': ErrorBody } } }, async () =>
    templates.map(({ id, plan }) => ({ id, title: say(plan.title, plan.languages[0] ?? 'en'), minutes: plannedMinutes(plan) })),
  )
}
