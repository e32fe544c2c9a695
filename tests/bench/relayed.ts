/** The same burst on the bare relay: everybody says one thing, and hears what everybody said. */
import { fileURLToPath } from 'node:url'
import { Client } from '../support/cheap-client.ts'
import type { Cores } from './cores.ts'
import { meter } from './meter.ts'
import { percentile } from './numbers.ts'
import { freePort } from '../support/server-process.ts'
import { start } from './process.ts'
import { acknowledged, tapEvenly, until } from './tapping.ts'

const RELAY = fileURLToPath(new URL('./relay.ts', import.meta.url))
/** As long as a short answer with its envelope: about 230 bytes go to everybody. */
const TEXT = 'We will call every family before the first absence letter, and listen before we measure anything. '.repeat(2).slice(0, 190)
const LONGEST_S = 120

export type RelayFigures = Record<'cpu' | 'ackP50' | 'ackP99' | 'lastP99' | 'missing' | 'misordered' | 'loadBusy' | 'foreign', number>

export async function measureRelay(cores: Cores, people: number, seconds: number): Promise<RelayFigures> {
  const port = await freePort()
  const relay = await start(RELAY, { core: cores.server, env: { PORT: String(port), NODE_ENV: 'production' }, ready: 'Relay is ready' })
  const clients: Client[] = []
  try {
    const order: string[] = []
    const heard: number[] = []
    const last: number[] = []
    let misordered = 0
    let receipts = 0
    for (let i = 0; i < people; i++) {
      clients.push(new Client(`http://127.0.0.1:${port}`, {}, (packet) => {
        // 42["said",{"id":"0000123","text":…
        const id = packet.slice(17, 24)
        const position = heard[i] ?? 0
        heard[i] = position + 1
        if (position === order.length) order.push(id)
        else if (order[position] !== id) misordered += 1
        receipts += 1
        last[Number(id)] = performance.now()
      }))
    }
    await Promise.all(clients.map((client) => client.ready))
    const cost = meter(relay)
    const taps = await tapEvenly(people, seconds, (i) => clients[i] as Client, (i) => ({ id: String(i).padStart(7, '0'), text: TEXT }))
    await until(() => receipts === people * people && taps.every((tap) => tap.acked !== undefined), LONGEST_S)
    const { server, load, foreign } = cost()
    const { times, missing } = acknowledged(taps)
    return {
      cpu: server,
      ackP50: percentile(times, 0.5),
      ackP99: percentile(times, 0.99),
      lastP99: percentile(taps.map((tap, i) => (last[i] ?? Infinity) - tap.sent), 0.99),
      missing: missing + (people * people - receipts),
      misordered,
      loadBusy: load,
      foreign,
    }
  } finally {
    for (const client of clients) client.close()
    await relay.end('SIGKILL')
  }
}
