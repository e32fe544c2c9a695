/**
 * A line that ends between its WebSocket and the server's first word is ended for nobody: while it opens one, socket.io-client (4.8,
 * `Manager.open`) hears of errors and not of ends, and waits until its time is up. Here such an end is an error, so that the next try is soon.
 */
import type { Socket } from 'socket.io-client'

type Engine = Pick<Socket['io']['engine'], 'once'>
type Line = { io: { engine: Engine; on(event: 'reconnect_attempt', listener: () => void): unknown } }

/** To be called once for a new socket, and again after each `connect` by hand. */
export function hearEnds({ io: { engine } }: Line): void {
  let opened = false
  engine.once('open', () => (opened = true))
  engine.once('close', (reason) => {
    if (!opened) (engine as unknown as { emitReserved(event: 'error', error: Error): void }).emitReserved('error', new Error(`It ended while it was opened: ${reason}`))
  })
}

/** The same for every try that the socket makes by itself: its engine is there once it has told of the try. */
export function hearEndsOfTries(line: Line): void {
  line.io.on('reconnect_attempt', () => queueMicrotask(() => hearEnds(line)))
}
