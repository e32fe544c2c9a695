/** Frames and requests that no client sends, each made from its seed alone. */
import { random, type Random } from '#shared/random.ts'

/** Packets that are almost right, and some that are not at all. */
const PACKETS = [
  '', '0', '1', '2', '2probe', '3', '4', '40', '41', '42', '43', '44', '45', '46', '47', '49', '4x', '9', '5', '6',
  '42[]', '42[""]', '42["act"]', '42["act",{}]', '420["act"]', '42["connect"]', '42["disconnect"]', '42["disconnecting"]', '42["error",{}]', '42["error"]', '42["newListener"]', '42["__proto__"]', '42["constructor"]', '42["hasOwnProperty",1]',
  '42[1]', '42[null]', '42{}', '42"act"', '42null', '42[["act"]]', '42["act"', '43[]', '430[]', '431[{}]', '4399999999999999999999[]', '42999999999999999999["act",{}]', '44{"message":"no"}', '44', '41,', '40/other,{}', '40{"v":1}', '40null', '40[]', '40"x"', '42/other,["act"]',
  '451-["act",{"_placeholder":true,"num":0}]', '4510-["act"]', '45-["act"]', '45-1-["act"]', '451-["act",{"_placeholder":true,"num":99}]', '451-["act",{"_placeholder":true,"num":-1}]', '46', '461-1[{"_placeholder":true,"num":0}]', 'bAAAA', 'b', 'b!!!!',
  `42${'['.repeat(2_000)}${']'.repeat(2_000)}`, `42["act",${'{"a":'.repeat(1_000)}1${'}'.repeat(1_000)}]`, `42["act","${'\\u0000'.repeat(500)}"]`, '42["act","\ud800"]', '\u0000\u0001\u0002', '\u001e\u001e\u001e', '40\u001e42["act"]\u001e41',
  '42["act",{"id":"__proto__aaaaaaaa","do":{"type":"write","__proto__":{"admin":true}}}]', '42["view","__proto__"]', '42["view",{"toString":1}]', '42["view","facilitator"]',
]

export const diceOf = (seed: number): Random => random(`malformed ${seed}`)
const any = <T>(things: readonly T[], dice: Random): T => things[dice.below(things.length)] as T

/** A packet with a byte changed, left out or doubled. */
function mutated(packet: string, dice: Random): string {
  if (packet === '' || dice.below(3) === 0) return packet
  const at = dice.below(packet.length)
  const byte = String.fromCharCode(dice.below(256))
  return any([packet.slice(0, at) + byte + packet.slice(at + 1), packet.slice(0, at) + packet.slice(at + 1), packet + packet.slice(at), packet.slice(0, at)], dice)
}

/** What a polling client would post, wrong. */
export function packetOf(seed: number): string {
  const dice = diceOf(seed)
  return mutated(any(PACKETS, dice), dice)
}

/** One WebSocket frame as bytes: odd opcodes, flags, masks and lengths, and text that is no UTF-8. */
export function frameOf(seed: number): Buffer {
  const dice = diceOf(seed)
  const noise = () => Buffer.from(Array.from({ length: dice.below(200) }, () => dice.below(256)))
  const payload = dice.below(10) === 0 ? noise() : Buffer.from(mutated(any(PACKETS, dice), dice), any(['utf8', 'utf8', 'latin1'] as const, dice)).subarray(0, 16_000)
  const opcode = any([1, 1, 1, 1, 1, 2, 2, 0, 8, 9, 10, 3, 15], dice)
  const flags = any([0x80, 0x80, 0x80, 0x80, 0x00, 0xc0, 0xf0], dice)
  const masked = dice.below(12) > 0
  // Now and then a length that is not the payload's, up to more than there is memory.
  const lie = dice.below(40) === 0
  const length = lie ? Buffer.from([127, ...Array.from({ length: 8 }, () => dice.below(256))]) : payload.length < 126 ? Buffer.from([payload.length]) : Buffer.from([126, payload.length >> 8, payload.length & 255])
  length[0] = (length[0] ?? 0) | (masked ? 0x80 : 0)
  return Buffer.concat([Buffer.from([flags | opcode]), length, masked ? Buffer.alloc(4) : Buffer.alloc(0), payload])
}

/** The request that opens a WebSocket, mostly right. */
export function upgradeOf(seed: number, host: string): string {
  const dice = diceOf(seed)
  const eio = any(['4', '4', '4', '4', '4', '4', '3', 'x', ''], dice)
  const key = any(['dGhlIHNhbXBsZSBub25jZQ==', 'dGhlIHNhbXBsZSBub25jZQ==', 'dGhlIHNhbXBsZSBub25jZQ==', 'short', ''], dice)
  const extra = any(['', '', '', 'Sec-WebSocket-Extensions: permessage-deflate; server_max_window_bits=abc\r\n', 'Sec-WebSocket-Protocol: a,a,a,,\r\n', 'Sec-WebSocket-Extensions: x;\u00ff\r\n'], dice)
  return `GET /socket.io/?EIO=${eio}&transport=websocket HTTP/1.1\r\nHost: ${host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${key}\r\n${extra}\r\n`
}

const METHODS = ['GET', 'POST', 'PUT', 'DELETE', 'HEAD', 'OPTIONS', 'PATCH', 'TRACE', 'CONNECT', 'BREW', 'get', '']
const PATHS = [
  '/', '/host', '/f', '/screen', '/api/join', '/api/host', '/api/host/sign-in', '/api/host/passphrase', '/api/keys/exchange', '/api/sessions', '/api/sessions/x', '/api/sessions/x/plan', '/api/sessions/x/notes.docx', '/healthz', '/docs', '/docs/json', '/socket.io/?EIO=4&transport=polling',
  '/socket.io/?EIO=4&transport=polling&sid=__proto__', '/socket.io/?EIO=4&transport=polling&sid=constructor', '/socket.io/?EIO=4&EIO=3&transport=polling&transport=websocket', '/socket.io/../../etc/passwd', '/assets/../../package.json', '/assets/%2e%2e/%2e%2e/package.json', '/%00', '/%', '/%ff%fe', '//evil.example/', '/api/sessions/..%2f..%2fhost', '/api/sessions/__proto__', '*', 'http://evil.example/', `/${'a'.repeat(9_000)}`, '/\u00e9',
]
const TYPES = ['application/json', 'application/json; charset=utf-8', 'application/json;', 'application/JSON ; a=b', 'text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'application/json\ta', 'application/json, text/plain', '', 'a/b/c', 'application/octet-stream']
const BODIES = ['', '{}', '[]', 'null', '1', '"x"', '{"a":', '{"__proto__":{"admin":true}}', '{"constructor":{"prototype":{"admin":true}}}', '{"passphrase":1}', '{"passphrase":{"length":99}}', '{"token":null,"code":[]}', '{"code":"12345678","code":"1"}', `{"passphrase":"${'x'.repeat(3_000)}"}`, `${'['.repeat(5_000)}${']'.repeat(5_000)}`, '\ufeff{}', '{"a":"\\ud800"}', '\u0000', `{"key":"${'A'.repeat(43)}"}`]

/** A whole HTTP request as bytes, wrong in one or several ways. */
export function requestOf(seed: number, host: string): Buffer {
  const dice = diceOf(seed)
  const body = Buffer.from(mutated(any(BODIES, dice), dice))
  const length = any([String(body.length), String(body.length), String(body.length), String(body.length), '-1', '1e3', String(body.length + 9), '0', '99999999999999999999', '5, 6'], dice)
  const headers = [`Host: ${any([host, host, host, 'evil.example', '', 'a b', host.toUpperCase()], dice)}`, `Content-Type: ${any(TYPES, dice)}`]
  if (dice.below(12) === 0) headers.push('Transfer-Encoding: chunked')
  if (dice.below(12) === 0) headers.push(`Transfer-Encoding: ${any(['identity', 'chunked, chunked', 'xchunked', 'chunked\u000b'], dice)}`)
  if (dice.below(8) === 0) headers.push(`Cookie: ${any(['a', '=', ';;;;', `gw=${'x'.repeat(4_000)}`, '__proto__=1', 'a="', '%', 'gw_host=\u00ff'], dice)}`)
  if (dice.below(8) === 0) headers.push(`Authorization: ${any(['Bearer', 'Bearer ', 'Bearer a b', 'Basic !!!!', `Bearer ${'k'.repeat(6_000)}`], dice)}`)
  if (dice.below(8) === 0) headers.push(`X-Forwarded-For: ${any(['1', ',', 'unknown', '1.2.3.4, '.repeat(500), '::ffff:999.1.1.1'], dice)}`)
  if (dice.below(8) === 0) headers.push(`If-Match: ${any(['"', 'W/"x"', '*', '\u00ff'], dice)}`)
  if (dice.below(30) === 0) headers.push(...Array.from({ length: 2_000 }, (_, i) => `X-${i}: y`))
  if (dice.below(30) === 0) headers.push(`X-Long: ${'y'.repeat(20_000)}`)
  if (dice.below(10) > 0) headers.push(`Content-Length: ${length}`)
  const version = any(['HTTP/1.1', 'HTTP/1.1', 'HTTP/1.1', 'HTTP/1.1', 'HTTP/1.0', 'HTTP/2.0', 'HTTP/9', 'ICY', ''], dice)
  const end = any(['\r\n', '\r\n', '\r\n', '\r\n', '\n', '\r'], dice)
  return Buffer.concat([Buffer.from(`${any(METHODS, dice)} ${any(PATHS, dice)} ${version}${end}${headers.join(end)}${end}${end}`, 'latin1'), body])
}
