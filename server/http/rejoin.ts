/** Coming back as the same person on another device: who has a code, who makes one, who may hand one out. */
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyInstance } from 'fastify'
import { nanoid } from 'nanoid'
import Type from 'typebox'
import { isHere } from '#shared/session/groups/people.ts'
import { othersOf, whoIs } from '#shared/session/merge.ts'
import { PROTOCOL } from '#shared/wire/protocol.ts'
import { buckets } from '../access/bucket.ts'
import { hashSecret, whoHolds } from '../access/keys.ts'
import { newRejoinCode, openRejoinTries, ownerOfRejoinCode, useRejoinCode } from '../access/rejoin.ts'
import { newVeil } from '../access/veil.ts'
import { Conflict, Gone } from '../log/port.ts'
import type { Access } from './access.ts'
import type { Deps } from './deps.ts'
import { doorFields, type Door } from './door.ts'
import { ErrorBody, refuseRequest } from './errors.ts'
import { Joined } from './join.ts'

const Secret = Type.String({ pattern: '^[\\w-]{43}$', description: 'The secret that this device keeps' })
const closed = { additionalProperties: false }
const Back = Type.Object({ ...doorFields, device: Secret, back: Type.String({ maxLength: 60, description: 'Six characters, as shown on the other phone' }) }, closed)
const Asked = Type.Object({ device: Secret, code: Type.Optional(Type.String({ maxLength: 60, description: 'The code that this device was told last: the answer is the same one as long as it works' })) }, closed)
const Told = Type.Object({ code: Type.String({ description: 'Kept by its hash only. It works once, for twelve hours, in this session' }) })
const Person = Type.Object({ id: Type.String({ maxLength: 40 }), person: Type.String({ maxLength: 40 }) })

/** The same for the code of a session: comparing one of a person takes a dear hash, which is not due where there is no session. */
const EVENLY_MS = 250

/** Opening the sheet that shows the code now and then; each look costs a hash. */
const LOOKS = { burst: 10, perSecond: 1 / 20 }

export function rejoinRoutes(base: FastifyInstance, deps: Deps, access: Access, door: Door): void {
  const app = base.withTypeProvider<TypeBoxTypeProvider>()
  const { log } = deps
  const tries = openRejoinTries(log)
  const looks = buckets(LOOKS)
  const tags = ['join']
  const no = { '4xx': ErrorBody, 503: ErrorBody }

  app.post('/api/rejoin', { onRequest: access.anybody, schema: { summary: 'Come back as the same person on another device', tags, body: Back, response: { 201: Joined, ...no } } }, async (request, reply) => {
    const { device, back } = request.body
    const found = await door.find(request.body, request.ip)
    const refuse = (why: string) => door.refuse(reply, request.body, why, EVENLY_MS)
    if (typeof found === 'string') return refuse(found)
    const session = found.id
    if (!(await tries.take(session, device, deps.now()))) return refuse('too-many')
    const owner = await ownerOfRejoinCode(log, session, back, deps.now())
    const person = owner === undefined ? undefined : (await whoStays(session, owner))?.person
    if (owner === undefined || person === undefined) return refuse('no-admission')
    const holder = await whoHolds(log, device, deps.now())
    // This device is somebody already: it has to forget that first, and the code is not used up.
    if (holder !== undefined && holder.person !== person) return refuseRequest(reply, 'already')
    if (!(await useRejoinCode(log, session, owner))) return refuse('no-admission')
    tries.right(session, device, deps.now())
    try {
      await log.addKey({ hash: hashSecret(device), role: 'participant', session, person, handle: nanoid(8), createdAt: deps.now() })
    } catch (error) {
      if (!(error instanceof Conflict)) throw error
      // Somebody in the same moment.
      if ((await whoHolds(log, device, deps.now()))?.person !== person) return refuseRequest(reply, 'already')
    }
    deps.logger.info({ event: 'rejoin', outcome: 'ok' }, 'a person came back on another device')
    return reply.code(201).send({ session, person, token: device, veil: newVeil(), protocol: PROTOCOL })
  })

  app.post('/api/rejoin/code', { onRequest: access.anybody, schema: { summary: 'The code by which this device’s person can come back on another one', tags, body: Asked, response: { 200: Told, ...no } } }, async (request, reply) => {
    const key = await whoHolds(log, request.body.device, deps.now())
    if (key?.role !== 'participant' || key.session === undefined || key.person === undefined) return refuseRequest(reply, 'not-permitted')
    const { session } = key
    if (!looks.take(hashSecret(`${session} ${key.person}`), deps.now()).ok) return refuseRequest(reply, 'too-fast')
    const who = await whoStays(session, key.person)
    if (who === undefined) return refuseRequest(reply, 'not-permitted')
    const { code } = request.body
    if (code !== undefined && (await ownerOfRejoinCode(log, session, code, deps.now())) === who.person) return { code }
    return { code: await newRejoinCode(log, session, who, deps.now()) }
  })

  app.post('/api/sessions/:id/people/:person/rejoin', { onRequest: access.facilitator, schema: { summary: 'Hand out a new code to a person who lost their phone', tags: ['sessions'], params: Person, response: { 201: Told, ...no } } }, async (request, reply) => {
    const { id, person } = request.params
    const who = await whoStays(id, person)
    if (who?.person !== person) return refuseRequest(reply, 'not-found')
    tries.anew(id, deps.now())
    // Who is shut out keeps no seat in reserve: what a facilitator handed out ends with their link. Only the host is nobody's guest.
    const asker = request.identity?.key
    const parent = asker?.role === 'host' ? undefined : asker?.parent
    try {
      return await reply.code(201).send({ code: await newRejoinCode(log, id, who, deps.now(), { handedOut: true, parent }) })
    } catch (error) {
      if (error instanceof Gone) return refuseRequest(reply, 'not-found')
      throw error
    }
  })

  /** Who somebody is by now, and under whom they came in besides, if they are in the session, were not removed, and the session takes people. */
  async function whoStays(session: string, person: string): Promise<{ person: string; besides: string[] } | undefined> {
    const running = await deps.rooms.get(session)
    return running?.room.committed((state) => {
      const who = whoIs(state, person)
      return isHere(state, who) && (state.phase === 'open' || state.phase === 'live') ? { person: who, besides: othersOf(state, who) } : undefined
    })
  }
}
