/** The host's door: the first visit sets a passphrase, every later one signs in with it, or changes it. */
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import Type from 'typebox'
import { HOST_COOKIE, hostOf } from '../access/identity.ts'
import { isFromThisMachine, normaliseSetup } from '../access/setup.ts'
import { COOKIE_LIFE_MS, mint, sameSecret } from '../access/keys.ts'
import { checkPassphrase, hashPassphrase, PASSPHRASE_SENTENCES, passphraseTrouble } from '../access/passphrase.ts'
import type { Access } from './access.ts'
import { clearKeyCookie, setKeyCookie } from './cookies.ts'
import type { Deps } from './deps.ts'
import { ErrorBody, refuseRequest } from './errors.ts'

const PASSPHRASE = 'passphrase'
const Passphrase = Type.String({ maxLength: 2000 })
const Body = Type.Object({ passphrase: Passphrase }, { additionalProperties: false })
const First = Type.Object({ passphrase: Passphrase, setup: Type.Optional(Type.String({ maxLength: 60, description: 'The code that the server prints when it starts, unless you visit it from its own machine' })) }, { additionalProperties: false })
const Change = Type.Object({ passphrase: Passphrase, next: Passphrase }, { additionalProperties: false })
const Done = Type.Object({ ok: Type.Boolean() })

export function hostRoutes(base: FastifyInstance, deps: Deps, access: Access): void {
  const app = base.withTypeProvider<TypeBoxTypeProvider>()
  const { log, limits } = deps
  /** Two first visits at once set one passphrase: the second waits, and finds it set. */
  let setting: Promise<unknown> = Promise.resolve()

  app.get('/api/host', { onRequest: access.anybody, schema: { summary: 'Whether a passphrase is set, and whether you are signed in', tags: ['host'], response: { 200: Type.Object({ set: Type.Boolean(), signedIn: Type.Boolean(), asksSetup: Type.Boolean({ description: 'Setting the passphrase needs the code that the server printed' }) }) } } }, async (request) => ({
    set: (await log.setting(PASSPHRASE)) !== undefined,
    asksSetup: !isFromThisMachine(request, deps.config),
    signedIn: (await hostOf(log, request.cookies, undefined, undefined, deps.now())) !== undefined,
  }))

  app.post('/api/host/passphrase', { onRequest: access.anybody, schema: { summary: 'Set the passphrase, once, on a new server', tags: ['host'], body: First, response: { 200: Done, '4xx': ErrorBody } } }, async (request, reply) => {
    // On a network the first visitor need not be the host: only who reads the terminal, or sits at the machine, is.
    if (!isFromThisMachine(request, deps.config)) {
      if (!limits.signIn(request.ip, deps.now()).ok) return refuseRequest(reply, 'too-fast')
      if ((await log.setting(PASSPHRASE)) !== undefined) return refuseRequest(reply, 'already')
      if (!sameSecret(normaliseSetup(request.body.setup ?? ''), deps.setup)) return refuseRequest(reply, 'wrong-setup')
    }
    const trouble = await passphraseTrouble(request.body.passphrase)
    if (trouble !== undefined) return reply.code(400).send({ code: trouble, message: PASSPHRASE_SENTENCES[trouble] })
    const mine = setting.then(async () => {
      if ((await log.setting(PASSPHRASE)) !== undefined) return false
      return deps.firstPassphrase(await hashPassphrase(request.body.passphrase))
    })
    setting = mine.catch(() => undefined)
    if (!(await mine)) return refuseRequest(reply, 'already')
    await signIn(request, reply)
    return { ok: true }
  })

  app.post('/api/host/sign-in', { onRequest: access.anybody, schema: { summary: 'Sign in with the passphrase', tags: ['host'], body: Body, response: { 200: Done, '4xx': ErrorBody } } }, async (request, reply) => {
    if (!limits.signIn(request.ip, deps.now()).ok) return refuseRequest(reply, 'too-fast')
    const stored = await log.setting(PASSPHRASE)
    if (stored === undefined || !(await checkPassphrase(request.body.passphrase, stored))) return refuseRequest(reply, 'wrong-passphrase')
    limits.signedIn(request.ip)
    await signIn(request, reply)
    return { ok: true }
  })

  app.put('/api/host/passphrase', { onRequest: access.host, schema: { summary: 'Change the passphrase; whoever is signed in elsewhere is out', tags: ['host'], body: Change, response: { 200: Done, '4xx': ErrorBody } } }, async (request, reply) => {
    if (!limits.signIn(request.ip, deps.now()).ok) return refuseRequest(reply, 'too-fast')
    const stored = await log.setting(PASSPHRASE)
    if (stored === undefined || !(await checkPassphrase(request.body.passphrase, stored))) return refuseRequest(reply, 'wrong-passphrase')
    limits.signedIn(request.ip)
    const trouble = await passphraseTrouble(request.body.next)
    if (trouble !== undefined) return reply.code(400).send({ code: trouble, message: PASSPHRASE_SENTENCES[trouble] })
    await log.setSetting(PASSPHRASE, await hashPassphrase(request.body.next))
    deps.connections.revoke(await log.dropHosts())
    if (request.identity?.key !== undefined) await signIn(request, reply)
    return { ok: true }
  })

  app.post('/api/host/sign-out', { onRequest: access.host, schema: { summary: 'Sign out', tags: ['host'], response: { 200: Done, '4xx': ErrorBody } } }, async (request, reply) => {
    const hash = request.identity?.key?.hash
    if (hash !== undefined) {
      await log.dropKey(hash)
      deps.connections.revoke([hash])
    }
    clearKeyCookie(reply, HOST_COOKIE)
    return { ok: true }
  })

  app.get('/api/host/warnings', { onRequest: access.host, schema: { summary: 'What stands against the data being safe', tags: ['host'], response: { 200: Type.Object({ warnings: Type.Array(Type.String({ description: 'low-space, no-backup or damaged-backup' })) }), '4xx': ErrorBody } } }, async () => ({
    warnings: await deps.keeper.warnings(),
  }))

  app.get('/api/addresses', { onRequest: access.host, schema: { summary: 'Where phones can find this server', tags: ['host'], response: { 200: Type.Object({ all: Type.Array(Type.String()), current: Type.String() }), '4xx': ErrorBody } } }, async () => ({
    all: deps.addresses.all(),
    current: await deps.addresses.current(),
  }))

  app.put('/api/addresses', { onRequest: access.host, schema: { summary: 'Choose the address that links begin with', tags: ['host'], body: Type.Object({ current: Type.String({ maxLength: 300 }) }, { additionalProperties: false }), response: { 200: Done, '4xx': ErrorBody } } }, async (request, reply) =>
    (await deps.addresses.choose(request.body.current)) ? { ok: true } : refuseRequest(reply, 'not-found'),
  )

  async function signIn(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const now = deps.now()
    const { secret } = await mint(log, { role: 'host', expiresAt: now + COOKIE_LIFE_MS, now })
    setKeyCookie(request, reply, HOST_COOKIE, secret)
  }
}
