/** Cookies that hold a key: not readable by scripts, never sent from other sites, `Secure` wherever the page came by TLS. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { COOKIE_LIFE_MS } from '../access/keys.ts'

/** Sets a cookie that scripts cannot read and other sites cannot send; `Secure` only where the request came by HTTPS. */
export function setKeyCookie(request: FastifyRequest, reply: FastifyReply, name: string, secret: string): void {
  void reply.setCookie(name, secret, {
    path: '/',
    httpOnly: true,
    sameSite: 'strict',
    secure: request.protocol === 'https',
    maxAge: COOKIE_LIFE_MS / 1000,
  })
}
