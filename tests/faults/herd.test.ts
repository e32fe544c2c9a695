/** F7: everybody in the hall loses the network for half a minute while writing, and comes back in the same moment. */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as pass } from 'node:timers/promises'
import { afterEach, expect, test } from 'vitest'
import { planWith } from '../support/kinds.ts'
import { openNetwork } from '../support/chaos-proxy.ts'
import { SERVERS } from '../support/storage.ts'
import { countMarks } from '../support/storage-reader.ts'
import { probe, PROBED } from '../support/probed.ts'
import { spawnServer, type ServerProcess } from '../support/server-process.ts'
import { until } from '../support/until.ts'
import { shareOf } from '../torture/share.ts'
import { arbitraries } from '../support/kinds.ts'
import type { Look, Order } from './support/herd-crowd.ts'

const OUTAGE_MS = 30_000
const BACK_MS = 5_000
/** Everybody writes once within this time, ms: so some are in the middle of it when the network goes. */
const ROUND_MS = 6_000
const PATIENCE = 180_000
const LOOK_MS = 50

const share = shareOf('herd')
let server: ServerProcess
const crowds: { kill(): void }[] = []
afterEach(async () => {
  for (const crowd of crowds.splice(0)) crowd.kill()
  await server.close()
})

function openCrowd() {
  const child = fork('tests/faults/support/herd-crowd.ts', { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  crowds.push({ kill: () => child.kill('SIGKILL') })
  const ask = async <T>(order: Order): Promise<T> => {
    const said = once(child, 'message') as Promise<[T]>
    child.send(order)
    return (await said)[0]
  }
  return {
    tell: (order: Order) => void child.send(order),
    saved: () => ask<string[]>({ do: 'tell' }),
    /** Not more often than it costs nothing: the crowd has other things to do. */
    async look(): Promise<Look> {
      await pass(LOOK_MS)
      return ask<Look>({ do: 'look' })
    },
  }
}

test.skipIf(share.count === 0)('F7 the whole room loses its network for 30 s while writing and returns at once: all are back and agree within 5 s, and no word is lost', async () => {
  server = await spawnServer({ LOG_LEVEL: 'error', ...PROBED })
  const network = await openNetwork({ origin: server.url, port: server.port }, { keeps: false })
  const board = arbitraries.find(({ kind }) => kind === 'board')?.config as object
  const session = await server.openSession(planWith('board', { anonymous: true, config: { ...board, perPerson: 12 } }))
  await server.move(session, 'start')
  const console = await server.facilitator(session)
  await console.done(undefined, { type: 'doors.cap', most: 2 * share.count })
  const crowd = openCrowd()
  crowd.tell({ do: 'join', origin: network.server.origin, token: session.joinToken, count: share.count })
  await until(async () => (await crowd.look()).in === share.count, 'the room to be full', PATIENCE)

  crowd.tell({ do: 'write', step: 'step', over: ROUND_MS })
  await until(async () => (await crowd.look()).saved > share.count / 3, 'the writing to go on', PATIENCE)
  network.strand()
  const down = performance.now()
  crowd.tell({ do: 'write', step: 'step', over: ROUND_MS })
  for (const paused of [true, false]) await console.insist(undefined, { type: 'pause.set', paused })
  await until(async () => (await crowd.look()).in === 0, 'everybody to be gone')
  await probe(server)
  await pass(OUTAGE_MS - (performance.now() - down))

  network.heal()
  const up = performance.now()
  const all = 2 * share.count
  let last: Look | undefined
  const back = await until(async () => {
    const look = (last = await crowd.look())
    // Each server counts versions of its own.
    return look.in === share.count && look.waiting === 0 && look.saved === all && look.versions.length <= SERVERS ? look : undefined
  }, 'everybody to be back with all their words', 60_000).catch((error: Error) => {
    throw new Error(`${error.message}: ${last?.in} in, ${last?.saved} of ${all} saved, ${last?.waiting} waiting, refused ${last?.refused.join(' ')}, versions ${last?.versions.join(' ')}`)
  })
  const backMs = Math.round(performance.now() - up)
  const { lagMs } = await probe(server)
  const saved = await crowd.saved()
  share.report({ clients: share.count, words: saved.length, lost: all - saved.length, worstBackMs: backMs, worstLagMs: lagMs })
  if (process.env['TORTURE_VERBOSE'] !== undefined) process.stderr.write(`back in ${backMs} ms, lag ${lagMs} ms\n`)

  const newcomer = await server.participant(session)
  expect(back.versions).toContain(String(newcomer.held('everyone')?.at))
  expect(back.refused).toEqual([])
  const stored = await countMarks(server.folder, /h\d+x\d+z/gu)
  expect(saved.filter((mark) => stored.get(mark) !== 1)).toEqual([])
  expect(stored.size).toBe(all)
  network.unstrand()
  await until(() => console.here === share.count + 1, 'the old lines to be forgotten and nobody with them')
  expect(backMs).toBeLessThan(BACK_MS)
  await network.close()
}, share.timeout(100, 200_000))
