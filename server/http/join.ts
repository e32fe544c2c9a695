/** A participant's door: a code or a join token, and the name that the host asked for. */
import { setTimeout as wait } from 'node:timers/promises'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { nanoid } from 'nanoid'
import Type, { type Static } from 'typebox'
import { decideJoin } from '#shared/session/decide.ts'
import type { SessionState } from '#shared/session/model.ts'
import { cleanText, oneLine } from '#shared/text.ts'
import { PROTOCOL } from '#shared/wire/protocol.ts'
import { normaliseCode } from '../access/codes.ts'
import { hashSecret, newDeviceToken } from '../access/keys.ts'
import { newVeil } from '../access/veil.ts'
import { Conflict, type SessionRow } from '../log/port.ts'
import type { Access } from './access.ts'
import type { Deps } from './deps.ts'
import { ErrorBody, refuseRequest } from './errors.ts'

/** When somebody is guessing, every typed code waits this long; right ones still get in. */
const CROWDED_MS = 2_000
const MOST_WAITING = 40
const NAME_LENGTH = 60

const Door = Type.Object(
  {
    code: Type.Optional(Type.String({ maxLength: 60, description: 'Eight digits, blanks allowed' })),
    token: Type.Optional(Type.String({ maxLength: 60, description: 'What the QR and the link carry' })),
    device: Type.Optional(Type.String({ pattern: '^[\\w-]{43}$', description: 'A secret of 256 bits that this device keeps (base64url). The same device is the same person. Made by the server if left out' })),
    name: Type.Optional(Type.String({ maxLength: 200 })),
    department: Type.Optional(Type.String({ maxLength: 32 })),
    /** Only asks what joining would need. */
    look: Type.Optional(Type.Boolean({ description: 'Only say what joining asks for' })),
  },
  { additionalProperties: false },
)

const Asked = Type.Object({
  session: Type.String(),
  title: Type.Object({ en: Type.Optional(Type.String()), es: Type.Optional(Type.String()) }),
  languages: Type.Array(Type.String()),
  naming: Type.String(),
  departments: Type.Record(Type.String(), Type.Object({ order: Type.Number(), name: Type.Object({ en: Type.Optional(Type.String()), es: Type.Optional(Type.String()) }) })),
  known: Type.Boolean({ description: 'This device is already a participant: nothing is asked' }),
})
const Joined = Type.Object({
  session: Type.String(),
  person: Type.String(),
  token: Type.String({ description: 'For the socket handshake: auth.token' }),
  veil: Type.String({ description: 'For the socket handshake: auth.veil. Keep it on the device; the server forgets it' }),
  protocol: Type.Integer(),
})

export function joinRoutes(base: FastifyInstance, deps: Deps, access: Access): void {
  const app = base.withTypeProvider<TypeBoxTypeProvider>()
  let waiting = 0

  const schema = { summary: 'Join a session with its code or join token', tags: ['join'], body: Door, response: { 200: Asked, 201: Joined, '4xx': ErrorBody, 503: ErrorBody } }
  app.post('/api/join', { onRequest: access.anybody, schema }, async (request, reply) => {
    const found = await find(request.body, request.ip)
    if (typeof found === 'string') return refuseRequest(reply, found)
    const running = await deps.rooms.get(found.id)
    if (running === undefined) return refuseRequest(reply, 'no-admission')
    const known = await personOf(request.body.device, found.id)
    const state = await running.room.committed((now) => now)
    const closed = request.body.token === undefined ? 'no-admission' : state.phase === 'ended' ? 'ended' : 'not-open'
    if (state.phase === 'ended' || state.phase === 'draft') return missed(reply, request.body, request.ip, closed)
    if (request.body.look === true) return reply.send(asked(state, found.id, known !== undefined))
    if (known === undefined && !deps.limits.join(request.ip, deps.now()).ok) return refuseRequest(reply, 'too-fast')

    const token = request.body.device ?? newDeviceToken()
    const person = known ?? (await register(token, found.id))
    if (person === undefined) return refuseRequest(reply, 'not-permitted')
    const name = nameFrom(request.body.name ?? '')
    const { department } = request.body
    const answer = await running.room.submit({
      sender: 'participant',
      decide: (now) => decideJoin(now, { type: 'person.join', person, ...(name === '' ? {} : { name }), ...(department === undefined ? {} : { department }) }),
    })
    if (!answer.ok) return refuseRequest(reply, answer.code)
    return reply.code(201).send({ session: found.id, person, token, veil: newVeil(), protocol: PROTOCOL })
  })

  async function find(body: Static<typeof Door>, address: string): Promise<SessionRow | 'no-admission' | 'too-fast'> {
    if (body.token !== undefined) return (await deps.log.sessionByJoinToken(body.token)) ?? 'no-admission'
    const visitor = { device: body.device ?? address, address }
    if (!deps.limits.mayTryCode(visitor, deps.now()).ok) {
      if (waiting >= MOST_WAITING) return 'too-fast'
      waiting += 1
      await wait(CROWDED_MS).finally(() => (waiting -= 1))
    }
    const code = normaliseCode(body.code ?? '')
    const found = code === undefined ? undefined : await deps.log.sessionByCode(code)
    if (found === undefined) deps.limits.missedCode(visitor, deps.now())
    return found ?? 'no-admission'
  }

  /** A typed code of a session that is not open is a miss like any other, in the same words. */
  function missed(reply: FastifyReply, body: Static<typeof Door>, address: string, code: string): FastifyReply {
    if (body.token === undefined) deps.limits.missedCode({ device: body.device ?? address, address }, deps.now())
    return refuseRequest(reply, code)
  }

  async function personOf(device: string | undefined, session: string): Promise<string | undefined> {
    if (device === undefined) return undefined
    const key = await deps.log.key(hashSecret(device), deps.now())
    return key?.role === 'participant' && key.session === session ? key.person : undefined
  }

  /** Makes the device a person; two tries of one device at once are one person. Undefined if the device belongs elsewhere. */
  async function register(token: string, session: string): Promise<string | undefined> {
    const person = nanoid(16)
    try {
      await deps.log.addKey({ hash: hashSecret(token), role: 'participant', session, person, handle: nanoid(8), createdAt: deps.now() })
      return person
    } catch (error) {
      if (error instanceof Conflict) return personOf(token, session)
      throw error
    }
  }
}

/** Made once: making one costs more than all the rest of joining. */
const segmenter = new Intl.Segmenter()

/** One line of at most so many characters as people count them: none is cut in half. */
function nameFrom(typed: string): string {
  const characters = segmenter.segment(oneLine(cleanText(typed)))
  return Array.from(characters, ({ segment }) => segment).slice(0, NAME_LENGTH).join('').trim()
}

function asked(state: SessionState, session: string, known: boolean): Static<typeof Asked> {
  return {
    session,
    title: state.plan.title,
    languages: state.plan.languages,
    naming: state.plan.naming,
    departments: state.plan.askDepartment ? state.plan.departments : {},
    known,
  }
}
