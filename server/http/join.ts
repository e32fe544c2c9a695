/** A participant's door: a code or a join token, and the name that the host asked for. */
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyInstance } from 'fastify'
import { nanoid } from 'nanoid'
import Type, { type Static } from 'typebox'
import { closedToNewcomers, decideJoin, isKnown } from '#shared/session/door.ts'
import { isNameOfOnesOwn } from '#shared/session/look-alikes.ts'
import type { SessionState } from '#shared/session/model.ts'
import { cleanText, oneLine } from '#shared/text.ts'
import { PROTOCOL } from '#shared/wire/protocol.ts'
import { hashSecret, newDeviceToken } from '../access/keys.ts'
import { newVeil } from '../access/veil.ts'
import { Conflict } from '../log/port.ts'
import type { Access } from './access.ts'
import type { Deps } from './deps.ts'
import { doorFields, type Door } from './door.ts'
import { ErrorBody, refuseRequest } from './errors.ts'

const NAME_LENGTH = 60

const Entering = Type.Object(
  {
    ...doorFields,
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
export const Joined = Type.Object({
  session: Type.String(),
  person: Type.String(),
  token: Type.String({ description: 'For the socket handshake: auth.token' }),
  veil: Type.String({ description: 'For the socket handshake: auth.veil. Keep it on the device; the server forgets it' }),
  protocol: Type.Integer(),
})

export function joinRoutes(base: FastifyInstance, deps: Deps, access: Access, door: Door): void {
  const app = base.withTypeProvider<TypeBoxTypeProvider>()

  // What a browser's files still hold of a session that a phone has let go: over TLS the browser clears it when it hears this.
  app.post('/api/forget', { onRequest: access.anybody, schema: { summary: 'Tells the browser to clear all that this site keeps in it', tags: ['join'], response: { 204: Type.Null(), '4xx': ErrorBody } } }, async (_request, reply) =>
    reply.header('clear-site-data', '"storage"').code(204).send(null),
  )

  const schema = { summary: 'Join a session with its code or join token', tags: ['join'], body: Entering, response: { 200: Asked, 201: Joined, '4xx': ErrorBody, 503: ErrorBody } }
  app.post('/api/join', { onRequest: access.anybody, schema }, async (request, reply) => {
    const found = await door.find(request.body, request.ip)
    if (typeof found === 'string') return door.refuse(reply, request.body, found)
    const running = await deps.rooms.get(found.id)
    if (running === undefined) return door.refuse(reply, request.body, 'no-admission')
    const known = await personOf(request.body.device, found.id)
    const state = await running.room.committed((now) => now)
    const closed = request.body.token === undefined ? 'no-admission' : state.phase === 'ended' ? 'ended' : 'not-open'
    if (state.phase === 'ended' || state.phase === 'draft') return door.missed(reply, request.body, request.ip, closed)
    // A link may be somebody's who is known: that is told by their device alone, which does not look.
    const stranger = known === undefined || !isKnown(state, known)
    const refuseStranger = (why: string) => door.missed(reply, request.body, request.ip, request.body.token === undefined ? 'no-admission' : why)
    const shut = stranger ? closedToNewcomers(state) : undefined
    if (shut !== undefined && !(request.body.look === true && request.body.token !== undefined)) return refuseStranger(shut)
    if (request.body.look === true) return reply.send(asked(state, found.id, !stranger))
    if (known === undefined && !deps.limits.join(request.ip, deps.now()).ok) return refuseRequest(reply, 'too-fast')

    const name = nameFrom(request.body.name ?? '')
    // Also where no name is asked for, or they wait already: by the time that they come in it may be another session, to which they are new.
    const isIn = known !== undefined && Object.hasOwn(state.people, known)
    if (!isIn && (request.body.name ?? '').trim() !== '' && !isNameOfOnesOwn(name)) return refuseRequest(reply, 'bad-name')

    const token = request.body.device ?? newDeviceToken()
    const person = known ?? (await register(token, found.id))
    if (person === undefined) return refuseRequest(reply, 'not-permitted')
    const { department } = request.body
    const answer = await running.room.submit({
      sender: 'participant',
      decide: (now) => decideJoin(now, { type: 'person.join', person, ...(name === '' ? {} : { name }), ...(department === undefined ? {} : { department }) }),
    })
    // Somebody else came in meanwhile, or the doors were locked.
    if (!answer.ok) return answer.code === 'full' || answer.code === 'locked' ? refuseStranger(answer.code) : refuseRequest(reply, answer.code)
    return reply.code(201).send({ session: found.id, person, token, veil: newVeil(), protocol: PROTOCOL })
  })

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
