/** Where somebody came from, told so that a log can show an attack and not a person. */
import { isIPv6 } from 'node:net'

/**
 * Where a visitor is, as the proxies in front tell: each adds whom it heard at the end, and what stands before the part of ours may be
 * made up. `hops` is how many of ours there are.
 */
export function addressBehind(direct: string, forwarded: string | undefined, hops: number): string {
  const told = (forwarded ?? '').split(',').map((part) => part.trim()).filter((part) => part !== '')
  return hops === 0 || told.length === 0 ? direct : (told[Math.max(0, told.length - hops)] ?? direct)
}

/** The network of an address: the first two numbers of IPv4, the first two groups of IPv6; "this machine" for loopback. */
export function networkOf(address: string): string {
  const bare = address.toLowerCase().split('%')[0] ?? ''
  const v4 = /^(?:::ffff:)?(\d{1,3})\.(\d{1,3})\.\d{1,3}\.\d{1,3}$/u.exec(bare)
  if (bare === '::1' || v4?.[1] === '127') return 'this machine'
  if (v4 !== null) return `${v4[1]}.${v4[2]}.x.x`
  if (!isIPv6(bare)) return 'unknown'
  const [first = '', second = ''] = bare.split(':')
  return `${first || '0'}:${second || '0'}:x`
}
