/** Whose page is asking: the browser's Origin must be this server's own, on every transport (OWASP, cross-site WebSocket hijacking). */

/** True if `origin` is this server's, as the browser addressed it (`host` header) or as it is published. */
export function isOwnOrigin(origin: string | undefined, host: string | undefined, publicUrl: string | undefined): boolean {
  if (origin === undefined || origin === 'null') return false
  if (publicUrl !== undefined && origin === publicUrl) return true
  if (host === undefined || host === '') return false
  return origin === `http://${host}` || origin === `https://${host}`
}
