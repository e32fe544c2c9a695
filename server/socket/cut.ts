/** Ending lines that nobody reads. A goodbye would wait behind all that is not read, for as long as that may take. */
import type { Server, Socket } from 'socket.io'

/**
 * What one connection may leave unread before it is cut; it comes back to a whole view. Engine.IO hands a packet to the system
 * only when the one before it is gone, so what is unread waits in its own buffer.
 */
const UNREAD_BYTES = 1024 * 1024
/** A busy room sends twenty in a second. */
const UNREAD_PACKETS = 400

/** What we use of a line below Socket.IO; polling has no socket of its own. */
interface Conn {
  transport: { socket?: { terminate?: () => void } }
  writeBuffer: { data?: { length?: number } }[]
  close(discard: boolean): void
}

/** Cuts the line of a phone that does not read, before what waits for it grows; true if it was one. */
export function cutIfStuck(socket: Socket): boolean {
  const conn = socket.conn as unknown as Conn
  const bytes = conn.writeBuffer.reduce((sum, { data }) => sum + (data?.length ?? 0), 0)
  const stuck = bytes > UNREAD_BYTES || conn.writeBuffer.length > UNREAD_PACKETS
  if (stuck) cut(conn)
  return stuck
}

/** Every line that is there now, also those that have not told who they are; answers how to cut them. */
export function allLines(io: Server): () => void {
  const lines = Object.values((io.engine as unknown as { clients: Record<string, Conn> }).clients)
  return () => lines.forEach(cut)
}

function cut(conn: Conn): void {
  if (conn.transport.socket?.terminate === undefined) conn.close(true)
  else conn.transport.socket.terminate()
}
