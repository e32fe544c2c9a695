/** What a server sends over a WebSocket, frame by frame, so that exactly one of them can be lost or come twice. */

export interface Sieve {
  /** What is to be passed on of these bytes and of those before: whole frames only, besides the answer to the upgrade. */
  sift(bytes: Buffer): Buffer
}

/** `copies`: how often a frame with this text is passed on; 1 is the plain case. */
export function openSieve(copies: (text: string) => number): Sieve {
  let rest: Buffer = Buffer.alloc(0)
  let upgraded = false
  return {
    sift(bytes) {
      rest = rest.length === 0 ? bytes : Buffer.concat([rest, bytes])
      const out: Buffer[] = []
      if (!upgraded) {
        const end = rest.indexOf('\r\n\r\n')
        if (end < 0) return Buffer.alloc(0)
        // A refused upgrade is answered in plain HTTP, and nothing that follows is a frame.
        if (!rest.subarray(0, 16).toString('latin1').includes(' 101')) {
          const all = rest
          rest = Buffer.alloc(0)
          return all
        }
        upgraded = true
        out.push(rest.subarray(0, end + 4))
        rest = rest.subarray(end + 4)
      }
      for (let length = frameLength(rest); length !== undefined && rest.length >= length; length = frameLength(rest)) {
        const frame = rest.subarray(0, length)
        rest = rest.subarray(length)
        for (let left = copies(frame.toString('utf8')); left > 0; left -= 1) out.push(frame)
      }
      return Buffer.concat(out)
    },
  }
}

/** Bytes of the first frame of a server, with its head; undefined if not even its length is known yet. */
function frameLength(bytes: Buffer): number | undefined {
  if (bytes.length < 2) return undefined
  const short = bytes.readUInt8(1) & 0x7f
  if (short < 126) return 2 + short
  if (short === 126) return bytes.length < 4 ? undefined : 4 + bytes.readUInt16BE(2)
  return bytes.length < 10 ? undefined : 10 + Number(bytes.readBigUInt64BE(2))
}
