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
    const engine = Object.assign(new EventEmitter(), { clients: {} as Record<string, object> })
    const strays = openStrays({
      engine: engine as Engine,
      peers: { up: true, tell: (message) => ears.forEach((hear, i) => String(i) !== name && hear(message, name)), onTold: (hear) => (ears.push(hear), () => undefined), onGap: () => () => undefined },
      logger: openLogger('warn', (line) => said.push(line), () => time),
      now: () => time,
    })
    return { engine, strays }
  }
  const [first, second] = [server('0'), server('1')]
  return {
    said,
    warned: () => second.strays.strayed(),
    later: (ms: number) => (time += ms),
    comes(line: string) {
      const made = {}
      second.engine.clients[line] = made
      second.engine.emit('connection', made)
    },
    strays: (line: string) => first.engine.emit('connection_error', { code: 1, context: { sid: line } }),
  }
}

test('F40 F43 a line that is parted as soon as it begins is told of once, and in /healthz until ten minutes after the last; nothing is said of one that nobody has', () => {
  const it = pair()
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
  it.comes('while-the-first-was-away')
  it.later(20_000)
  it.strays('while-the-first-was-away')
  expect([it.warned(), it.said.length]).toEqual([false, 0])
})
