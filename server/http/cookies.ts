/** Cookies that hold a key: not readable by scripts, never sent from other sites, `Secure` wherever the page came by TLS. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { COOKIE_LIFE_MS } from '../access/keys.ts'
import { SECURE } from '../access/identity.ts'

/**
 * Sets a cookie that scripts cannot read and other sites cannot send. Where the request came by HTTPS it is `Secure`, under a name that
 * no other host of the domain and no page without TLS can set (RFC 6265bis, 4.1.3.2).
 */
export function setKeyCookie(request: FastifyRequest, reply: FastifyReply, name: string, secret: string): void {
  const secure = request.protocol === 'https'
  void reply.setCookie(secure ? SECURE + name : name, secret, {
    path: '/',
    httpOnly: true,
    sameSite: 'strict',
    secure,
    maxAge: COOKIE_LIFE_MS / 1000,
  })
}

/** Takes a cookie back, by whichever name it was given. */
export function clearKeyCookie(reply: FastifyReply, name: string): void {
  void reply.clearCookie(name, { path: '/' }).clearCookie(SECURE + name, { path: '/', secure: true })
}
