/** F47: hours of people coming and going, of rooms opened and ended. What the server holds afterwards is what it held before. */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as pass } from 'node:timers/promises'
import { afterEach, expect, test } from 'vitest'
import { arbitraries, planWith } from '../support/kinds.ts'
import { probe, PROBED, type Probe } from '../support/probed.ts'
import { spawnServer, type ServerProcess } from '../support/server-process.ts'
import { until } from '../support/until.ts'
import type { Hosted } from '../support/visit.ts'
import { shareOf } from '../torture/share.ts'
import type { Look, Order } from './support/soak-crowd.ts'

const MINUTE = 60_000
const MEGABYTE = 1024 * 1024
/** Smaller by hand: SOAK_CLIENTS=200. */
const CLIENTS = Number(process.env['SOAK_CLIENTS'] ?? 1_000)
const ROOMS = 20
/** Every minute the oldest room ends and a new one opens: a session lasts twenty minutes. */
const A_ROOM = Math.ceil(CLIENTS / ROOMS)
/** Rooms are let go ten minutes after the last person; until the first ones are, memory only grows. Minutes. */
const WARM = 25
/** After the end: what is let go by time is gone by then. */
const REST = 13
const MOST_PER_HOUR = 1 * MEGABYTE

const share = shareOf('soak')
let server: ServerProcess
let kill: () => void = () => undefined
afterEach(async () => {
  kill()
  await server.close()
})

/** Bytes an hour, by least squares. */
function slope(points: readonly { minute: number; heap: number }[]): number {
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
  const [x, y] = [mean(points.map(({ minute }) => minute)), mean(points.map(({ heap }) => heap))]
  const over = points.reduce((sum, { minute, heap }) => sum + (minute - x) * (heap - y), 0)
  return (over / points.reduce((sum, { minute }) => sum + (minute - x) ** 2, 0)) * 60
}

test.skipIf(share.count === 0)('F47 hours of people leaving and joining and of rooms opened and ended leave memory, files and timers as they were', async () => {
  server = await spawnServer({ LOG_LEVEL: 'error', ...PROBED })
  const child = fork('tests/faults/support/soak-crowd.ts', { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  kill = () => child.kill('SIGKILL')
  const tell = async (order: Order): Promise<Look> => {
    const said = once(child, 'message') as Promise<[Look]>
    child.send(order)
    return (await said)[0]
  }
  const config = { ...(arbitraries.find(({ kind }) => kind === 'board')?.config as object), perPerson: 12 }
  const running: Hosted[] = []
  const open = async () => {
    const session = await server.openSession(planWith('board', { anonymous: true, config }))
    await server.move(session, 'start')
    running.push(session)
    await tell({ do: 'open', room: session.id, origin: server.url, token: session.joinToken, count: A_ROOM, seed: running.length })
  }
  const end = async () => {
    const session = running.shift()
    if (session === undefined) return
    await server.move(session, 'end')
    await tell({ do: 'leave', room: session.id })
  }

  const base = await probe(server)
  for (let i = 0; i < ROOMS; i += 1) await open()
  const points: ({ minute: number } & Probe)[] = []
  let opened = ROOMS
  for (let minute = 1; minute <= share.count; minute += 1) {
    const next = performance.now() + MINUTE
    await end()
    await open()
    opened += 1
    await tell({ do: 'churn' })
    for (let i = 0; i < 4; i += 1) {
      await tell({ do: 'write' })
      await pass(Math.max(0, (next - performance.now()) / (5 - i)))
    }
    await until(async () => { const look = await tell({ do: 'look' }); return look.in === look.members && look.waiting === 0 }, 'everybody to be in with all their words', MINUTE)
    points.push({ minute, ...(await probe(server)) })
    if (process.env['TORTURE_VERBOSE'] !== undefined) process.stderr.write(`${JSON.stringify(points.at(-1))}\n`)
    await pass(Math.max(0, next - performance.now()))
  }
  const { saved } = await tell({ do: 'look' })
  while (running.length > 0) await end()
  const back = await until(async () => {
    const now = await probe(server)
    return now.files <= base.files + 5 && now.timers <= base.timers + 2 ? now : undefined
  }, 'files and timers to be as before', 2 * MINUTE)
  await pass(share.full && share.count > WARM ? REST * MINUTE : 0)
  const rested = await probe(server)
  const warm = points.filter(({ minute }) => minute > Math.min(WARM, share.count / 2))
  const perHour = slope(warm)
  share.report({
    minutes: share.count, rooms: opened, saved, worstFiles: back.files - base.files, worstTimers: back.timers - base.timers,
    // A stretch that ends while the server is still warming up has no slope to tell of.
    ...(share.count > WARM ? { worstKilobytesPerHour: Math.round(perHour / 1024) } : {}), worstRestKilobytes: Math.round((rested.heap - base.heap) / 1024), worstLagMs: Math.max(...points.map(({ lagMs }) => lagMs)),
  })
  if (process.env['TORTURE_VERBOSE'] !== undefined) process.stderr.write(`${JSON.stringify({ perHour, base, back, rested, saved })}\n`)
  if (share.count > WARM) expect(perHour).toBeLessThan(MOST_PER_HOUR)
}, share.timeout(MINUTE, 30 * MINUTE))
