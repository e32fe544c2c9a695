/** What happens to a room while it works: each ill is brought about for a moment, and taken back. Drawn by seed. */
import { setTimeout as pass } from 'node:timers/promises'
import type { Random } from '#shared/random.ts'
import { PROTOCOL } from '#shared/wire/protocol.ts'
import type { Network } from '../../support/chaos-proxy.ts'
import type { ServerProcess } from '../../support/server-process.ts'
import { until } from '../../support/until.ts'
import type { Ticket } from '../../support/visit.ts'

export interface Stricken {
  server: ServerProcess
  network: Network
  dice: Random
  /** Somebody who has joined, whose phone may also come with an old page. */
  ticket: Ticket
}

/** Brings it about and takes it back; resolves when the network and the server are well again. */
type Nemesis = (it: Stricken) => Promise<void>

/** The answer to an act, and a change that is told to more than one. */
export const ACK = (frame: string) => /43\d*\[\{"ok":/u.test(frame)
const BROADCAST = (frame: string) => /42\["patch",\{"audience":"(?:everyone|screen|facilitator)"/u.test(frame)

/** As long as an ill lasts, ms. */
const moment = (dice: Random, least = 100, most = 500) => pass(least + dice.below(most - least))
/** What needs traffic to happen is waited for no longer than this, ms. */
const RARE = 400

async function soon(network: Network, happened: Promise<void>): Promise<void> {
  await Promise.race([happened, pass(RARE, undefined, { ref: false })])
  // Else it would meet the last message of all, of which nothing tells but the next heartbeat.
  network.spare()
}

const bad = (weather: (dice: Random) => Parameters<Network['weather']>[0]): Nemesis => async ({ network, dice }) => {
  network.weather(weather(dice))
  await moment(dice, 300, 700)
  network.weather({})
}

const stalled = (...directions: ('up' | 'down')[]): Nemesis => async ({ network, dice }) => {
  const release = directions.map((direction) => network.stall(direction))
  await moment(dice, 200, 800)
  for (const go of release) go()
}

export const nemeses: Record<string, Nemesis> = {
  'late and uneven': bad((dice) => ({ latency: 20 + dice.below(150), jitter: 1 + dice.below(150) })),
  'in crumbs': bad((dice) => ({ crumb: 1 + dice.below(20) })),
  '256 kbit/s': bad(() => ({ bits: 256_000, latency: 100, jitter: 50 })),
  'still upwards': stalled('up'),
  'still downwards': stalled('down'),
  'still both ways': stalled('up', 'down'),
  'the line resets': async ({ network, dice }) => {
    network.reset()
    await moment(dice, 20, 200)
    network.reset()
  },
  'no network': async ({ network, dice }) => {
    network.cut()
    await moment(dice)
    network.heal()
  },
  'connections refused': async ({ network, dice }) => {
    const back = await network.away()
    await moment(dice)
    await back()
  },
  'half-open lines': async ({ network, dice }) => {
    network.strand()
    await moment(dice)
    network.heal()
  },
  'no WebSockets': async ({ network, dice }) => {
    network.withoutWebSockets()
    await moment(dice, 500, 1_000)
    network.heal()
  },
  'a captive portal': async ({ network, dice }) => {
    network.portal()
    await moment(dice)
    network.heal()
  },
  // TCP loses no frame of a line that lives: what is lost is the last thing before its end.
  'an answer lost': async ({ network }) => {
    await soon(network, network.lose(ACK))
    network.reset()
  },
  'an answer twice': ({ network }) => soon(network, network.double(ACK)),
  'a broadcast lost': ({ network }) => soon(network, network.lose(BROADCAST)),
  'a broadcast twice': ({ network }) => soon(network, network.double(BROADCAST)),
  'kill -9': async ({ server, dice }) => {
    await moment(dice, 0, 300)
    const dies = server.turn()
    await dies.kill()
    await dies.restart()
  },
  'stopped and continued': async ({ server, dice }) => {
    const sleeps = server.turn()
    sleeps.signal('SIGSTOP')
    await moment(dice, 200, 900)
    sleeps.signal('SIGCONT')
  },
  'a page of before the upgrade': async ({ server, ticket }) => {
    const line = server.line({ auth: { ...server.phone(ticket), v: PROTOCOL - 1 } })
    await until(() => line.refused === 'outdated', 'an old page to be told so')
    line.close()
  },
}
