/**
 * The one way to listen on a socket. Whatever goes wrong in a listener, an `await` included, ends as an answer to its sender: an
 * error thrown in a bare async listener would end the process for everybody.
 */
import type { Socket } from 'socket.io'
import type { Logger } from '../logger.ts'

/** Listens for `event`; `failed` answers the sender if the listener throws. */
export function on(socket: Socket, event: string, logger: Logger, listener: (...args: unknown[]) => Promise<void> | void, failed: (...args: unknown[]) => void): void {
  socket.on(event, (...args: unknown[]) => {
    const run = async () => listener(...args)
    run().catch((error: unknown) => {
      logger.error({ event, error: error instanceof Error ? error.name : 'unknown' }, 'a listener failed')
      failed(...args)
    })
  })
}
