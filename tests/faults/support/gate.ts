/** The network between one server and its database: it can swallow, hold, refuse and reset what goes through. */
import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

export interface Gate {
  /** For `DATABASE_URL`: the database by way of this. */
  url: string
  /** Nothing comes through any more, and nobody is told: on the connection that listens for announcements, or on all. */
  freeze(which: 'channel' | 'all'): void
  /** What was held comes through. */
  thaw(): void
  /** New connections are refused, and those that stand end; of the channel only, or all. */
  refuse(which: 'channel' | 'all'): void
  accept(): void
  /** Ends the connection that listens. */
  cutChannel(): void
  /** Every write that is under way is done, and its connection reset before its answer comes. Returns how many connections that were. */
  loseAnswers(): number
  close(): Promise<void>
}

interface Through {
  near: Socket
  far: Socket
  listens: boolean
  /** Asked something that is not answered yet. */
  asked: boolean
  /** Reset when the next answer comes. */
  doomed: boolean
}

export async function openGate(database: string): Promise<Gate> {
  const target = new URL(database)
  const all = new Set<Through>()
  let frozen: 'channel' | 'all' | undefined
  let refused: 'channel' | 'all' | undefined
  const holds = ({ listens }: Through) => frozen === 'all' || (frozen === 'channel' && listens)

  function pass(through: Through): void {
    for (const socket of [through.near, through.far]) {
      if (holds(through)) socket.pause()
      else socket.resume()
    }
  }

  const server = createServer((near) => {
    if (refused === 'all') return void near.resetAndDestroy()
    const far = connect(Number(target.port), target.hostname)
    const through: Through = { near, far, listens: false, asked: false, doomed: false }
    all.add(through)
    near.on('data', (chunk: Buffer) => {
      if (chunk.includes('LISTEN ')) {
        through.listens = true
        if (refused === 'channel') return void near.resetAndDestroy()
      }
      through.asked = true
      far.write(chunk)
      pass(through)
    })
    far.on('data', (chunk: Buffer) => {
      through.asked = false
      if (through.doomed) return void near.resetAndDestroy()
      near.write(chunk)
    })
    const end = () => {
      all.delete(through)
      near.destroy()
      far.destroy()
    }
    for (const socket of [near, far]) socket.on('error', end).on('close', end)
    pass(through)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = new URL(database)
  url.hostname = '127.0.0.1'
  url.port = String((server.address() as AddressInfo).port)
  const end = (which: (through: Through) => boolean) => all.forEach((through) => which(through) && through.near.resetAndDestroy())

  return {
    url: url.href,
    freeze(which) {
      frozen = which
      all.forEach(pass)
    },
    thaw() {
      frozen = undefined
      all.forEach(pass)
    },
    refuse(which) {
      refused = which
      end(({ listens }) => which === 'all' || listens)
    },
    accept() {
      refused = undefined
    },
    cutChannel: () => end(({ listens }) => listens),
    loseAnswers() {
      let doomed = 0
      for (const through of all) {
        if (through.listens || !through.asked) continue
        through.doomed = true
        doomed += 1
      }
      return doomed
    },
    async close() {
      const closed = once(server, 'close')
      server.close()
      end(() => true)
      await closed
    },
  }
}
