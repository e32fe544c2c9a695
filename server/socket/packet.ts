/** One message as Socket.IO's packet, and as the WebSocket frame that carries it: written once, whoever gets it. */
import type { ServerEvents } from '#shared/wire/protocol.ts'

/** Engine.IO's "message". */
const MESSAGE = '4'
/** Socket.IO's "event", in the only namespace. */
const EVENT = '2'
/** A whole text message, last of itself, from a server: not masked (RFC 6455, 5.2). */
const TEXT = 0x81
const SHORT = 125
const LONG = 0xffff

export interface Packet {
  /** Without Engine.IO's envelope. */
  readonly text: string
  /** The frame, header and all. */
  readonly frame: Buffer
  /** For Engine.IO: the frame is there already. */
  readonly options: { compress: false; wsPreEncodedFrame: [Buffer] }
}

export function encode<E extends keyof ServerEvents>(event: E, message: Parameters<ServerEvents[E]>[0]): Packet {
  const text = EVENT + JSON.stringify([event, message])
  const frame = framed(MESSAGE + text)
  return { text, frame, options: { compress: false, wsPreEncodedFrame: [frame] } }
}

function framed(text: string): Buffer {
  const bytes = Buffer.byteLength(text)
  const head = bytes <= SHORT ? 2 : bytes <= LONG ? 4 : 10
  const frame = Buffer.allocUnsafe(head + bytes)
  frame[0] = TEXT
  if (head === 2) frame[1] = bytes
  else if (head === 4) {
    frame[1] = 126
    frame.writeUInt16BE(bytes, 2)
  } else {
    frame[1] = 127
    frame.writeBigUInt64BE(BigInt(bytes), 2)
  }
  frame.write(text, head)
  return frame
}
