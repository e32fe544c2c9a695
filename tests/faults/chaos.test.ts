/** F2 F3 F17 F40 F44: the real server, the client's own code and a network that does everything that networks do, drawn by seed. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { random, shuffled } from '#shared/random.ts'
import { openNetwork } from '../support/chaos-proxy.ts'
import { countMarks } from '../support/storage-reader.ts'
import { spawnServer, type ServerProcess } from '../support/server-process.ts'
import { shareOf } from '../torture/share.ts'
import { nemeses } from './support/chaos-nemeses.ts'
import { openRoom } from './support/chaos-room.ts'

/** Ills of one run; between them the room works undisturbed for a moment. */
const ILLS = 3

const share = shareOf('chaos')
let server: ServerProcess
beforeAll(async () => { server = await spawnServer({ LOG_LEVEL: 'error' }) })
afterAll(async () => { await server.close() })

interface Figures {
  acts: number
  acknowledged: number
  worstBackMs: number
}

async function run(seed: number, chosen?: readonly string[]): Promise<Figures> {
  const dice = random(`ills ${seed}`)
  const ills = chosen ?? shuffled(Object.keys(nemeses), dice).slice(0, ILLS)
  const network = await openNetwork({ origin: server.url, port: server.port }, { seed: `network ${seed}`, keeps: false })
  const room = await openRoom(server, network, seed)
  try {
    const rest = room.act()
    for (const ill of ills) await nemeses[ill]?.({ server, network, dice, ticket: room.tickets[0] as never })
    const healed = performance.now()
    await Promise.all([rest(), room.agreed()])
    const back = performance.now() - healed
    const stored = await countMarks(server.folder, new RegExp(`w${seed}x\\d+z`, 'gu'))
    const told = (mark: string) => `${stored.get(mark) ?? 0} times: ${room.marks.said.get(mark) ?? ''}`
    expect(room.marks.acknowledged.filter((mark) => stored.get(mark) !== 1).map(told), 'acknowledged, and not there once').toEqual([])
    expect(room.marks.refused.filter((mark) => stored.has(mark)).map(told), 'refused, and there').toEqual([])
    expect(server.said()).not.toMatch(/Unhandled|a listener failed|a rule or a view failed/u)
    return { acts: room.marks.answered, acknowledged: room.marks.acknowledged.length, worstBackMs: Math.round(back) }
  } catch (error) {
    throw new Error(`seed ${seed}, ${ills.join(', ')}: ${(error as Error).message}`, { cause: error })
  } finally {
    room.close()
    await network.close()
    server.hangUp()
  }
}

test.skipIf(share.count === 0)('F3 F17 F40 F44 whatever the network and the server go through, all agree again within 5 s, and what was acknowledged is there once', async () => {
  for (const seed of share.seeds) {
    const figures = await run(seed)
    share.report({ runs: 1, ...figures })
  }
}, share.timeout(8_000))
