/** Every "no" of the API in one shape: `{ code, message }`, where the code is for programs and pages, the message for who reads a log of a script. */
import type { FastifyError, FastifyInstance, FastifyReply } from 'fastify'
import Type from 'typebox'
import type { Logger } from '../logger.ts'
import type { Answer } from '#shared/wire/protocol.ts'

export const ErrorBody = Type.Object({ code: Type.String(), message: Type.String(), path: Type.Optional(Type.String()) })

const SENTENCES: Record<string, string> = {
  'not-signed-in': 'Sign in as host, or send the key from HOST_KEY (for /metrics: from METRICS_KEY) as "Authorization: Bearer …".',
  'not-permitted': 'This is not for you, or it does not exist.',
  'not-found': 'There is nothing here by that name.',
  'foreign-origin': 'Requests from other sites are refused.',
  'wrong-passphrase': 'That is not the passphrase.',
  'wrong-setup': 'That is not the code that the server printed when it started.',
  'bad-name': 'That name is kept for those who lead, or shows nothing.',
  locked: 'The doors are closed for newcomers.',
  full: 'As many people are in as the facilitator lets in.',
  'too-many': 'Too many wrong codes. Ask your facilitator for a new one.',
  'too-fast': 'Too many tries. Wait a moment, then try again.',
  'no-admission': 'This code does not admit anyone right now. Check the digits, or scan the QR code.',
  'bad-shape': 'The request is not of the documented shape.',
  'too-long': 'A text is longer than allowed.',
  'too-big': 'The request is larger than allowed.',
  ended: 'The session has ended.',
  'not-open': 'The session is not open yet.',
  already: 'That has been done already.',
  'on-hold': 'This session is on hold: release it first.',
  storage: 'The server could not save it; nothing was kept. Try again.',
}

const STATUS: Record<string, number> = {
  'not-signed-in': 401,
  'wrong-passphrase': 401,
  'wrong-setup': 401,
  'bad-name': 400,
  'not-permitted': 404,
  'not-found': 404,
  'foreign-origin': 403,
  'too-fast': 429,
  'no-admission': 404,
  'too-many': 429,
  storage: 503,
  'bad-shape': 400,
  'too-long': 400,
  'too-big': 413,
}

/** Answers with a refusal. Conflicts with the state of things are 409 unless the table says otherwise. */
export function refuseRequest(reply: FastifyReply, code: string, path?: string): FastifyReply {
  reply.refused = code
  const body = { code, message: SENTENCES[code] ?? `Refused: ${code}.` }
  return reply.code(STATUS[code] ?? 409).send(path === undefined ? body : { ...body, path })
}

/** Passes a room's "no" on; true if it was one. */
export function refusedByRoom(reply: FastifyReply, answer: Answer): boolean {
  if (answer.ok) return false
  void refuseRequest(reply, answer.code, answer.path)
  return true
}

/** One error handler: mistakes of the asker are told, ours are logged by name and kept to ourselves. */
export function handleErrors(app: FastifyInstance, logger: Logger): void {
  app.setErrorHandler((error: FastifyError, _request, reply) => {
    if (error.validation !== undefined) return refuseRequest(reply, 'bad-shape', error.validation[0]?.instancePath.replace(/^\//u, '').replaceAll('/', '.') ?? '')
    if (error.statusCode === 413) return refuseRequest(reply, 'too-big')
    if (error.statusCode !== undefined && error.statusCode < 500) return reply.code(error.statusCode).send({ code: 'bad-shape', message: SENTENCES['bad-shape'] })
    if (error.name === 'Held') return refuseRequest(reply, 'on-hold')
    if (error.name === 'StorageRefused') return refuseRequest(reply, 'storage')
    logger.error({ event: 'http', error: error.name }, 'a request failed')
    return reply.code(500).send({ code: 'failed', message: 'Something went wrong on our side. Try again.' })
  })
  app.setNotFoundHandler((_request, reply) => refuseRequest(reply, 'not-found'))
}
