/** F40 F43: which requests that came to the wrong server mean that the proxy spreads what has to stay together. */
import { EventEmitter } from 'node:events'
import { expect, test } from 'vitest'
import { openLogger } from '../../../server/logger.ts'
import type { PeerMessage } from '../../../server/room/peers.ts'
import { openStrays, type Engine } from '../../../server/socket/strays.ts'

const MINUTE = 60_000

/** Two servers that hear each other; of a line that the second has, a request comes to the first. */
function pair() {
  let time = 1_000_000
  const ears: ((message: PeerMessage, from: string) => void)[] = []
  const said: string[] = []
  const server = (name: string) => {
    let own: unknown
    const engine = Object.assign(new EventEmitter(), { clients: {} as Record<string, object> })
    const strays = openStrays({
      engine: engine as Engine,
      peers: { up: true, tell: (message) => ears.forEach((hear) => hear !== own && hear(message, name)), onTold: (hear) => (ears.push((own = hear)), () => undefined), onGap: () => () => undefined },
      logger: openLogger('warn', (line) => said.push(line), () => time),
      now: () => time,
    })
    return { engine, strays }
  }
  let first = server('0')
  const second = server('1')
  return {
    said,
    warned: () => second.strays.strayed(),
    later: (ms: number) => (time += ms),
    comes(line: string) {
      const made = {}
      second.engine.clients[line] = made
      second.engine.emit('connection', made)
    },
    restart: () => void (first = server('0')),
    strays: (line: string) => first.engine.emit('connection_error', { code: 1, context: { sid: line } }),
  }
}

test('F40 F43 a line that is parted as soon as it begins is told of once, and in /healthz until ten minutes after the last; nothing is said of one that nobody has', () => {
  const it = pair()
  it.later(MINUTE)
  it.strays('long-over')
  expect([it.warned(), it.said.length]).toEqual([false, 0])
  for (let i = 0; i < 3; i += 1) {
    it.later(MINUTE)
    it.comes(`line-${String(i)}`)
    it.later(1_000)
    it.strays(`line-${String(i)}`)
  }
  expect([it.warned(), it.said.length]).toEqual([true, 1])
  it.later(11 * MINUTE)
  expect(it.warned()).toBe(false)
})

test('F40 F43 in a rolling upgrade the proxy gives a server that is back the lines that had gone to another meanwhile: nothing is said to be wrong', () => {
  const it = pair()
  it.later(MINUTE)
  it.comes('before-servers-were-added')
  it.later(20_000)
  it.strays('before-servers-were-added')
  expect([it.warned(), it.said.length]).toEqual([false, 0])

  // The first is started again, and found by the proxy a second later.
  it.comes('while-the-first-was-away')
  it.later(3_000)
  it.restart()
  it.comes('before-it-was-found')
  it.later(1_000)
  it.strays('while-the-first-was-away')
  it.later(2_000)
  it.strays('before-it-was-found')
  expect([it.warned(), it.said.length]).toEqual([false, 0])
})
