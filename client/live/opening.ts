/**
 * A line that ends between its WebSocket and the server's first word is ended for nobody: while it opens one, socket.io-client (4.8,
 * `Manager.open`) hears of errors and not of ends, and waits until its time is up. Here such an end is an error, so that the next try is soon.
 */

/** As much of a socket as is needed here; what is below it has no types of its own. */
interface Line {
  io: { engine: object; on(event: 'reconnect_attempt', listener: () => void): unknown }
}
interface Engine {
  once(event: 'open' | 'close', listener: (reason: string) => void): unknown
  emitReserved(event: 'error', error: Error): void
}

/** To be called once for a new socket, and again after each `connect` by hand. */
export function hearEnds({ io }: Line): void {
  const engine = io.engine as Engine
  let opened = false
  engine.once('open', () => (opened = true))
  engine.once('close', (reason) => {
    if (!opened) engine.emitReserved('error', new Error(`It ended while it was opened: ${reason}`))
  })
}

/** The same for every try that the socket makes by itself: its engine is there once it has told of the try. */
export function hearEndsOfTries(line: Line): void {
  line.io.on('reconnect_attempt', () => queueMicrotask(() => hearEnds(line)))
}
