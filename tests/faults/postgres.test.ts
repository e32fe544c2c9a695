/**
 * F41 F42 F43: two servers on one real PostgreSQL, while people write through both: what announces hangs or gets lost, the database dies,
 * freezes or does not say that it has kept something, and servers are cut off from each other.
 */
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { random } from '#shared/random.ts'
import { startPostgres, whyNoPostgres, type Cluster } from '../support/postgres.ts'
import { until } from '../support/until.ts'
import { shareOf } from '../torture/share.ts'
import { openPair, type Pair } from './support/pair.ts'

const share = shareOf('databases')
const PEOPLE = share.full ? 300 : 20
const WORDS_EACH = 3
/** A database that starts again after a crash, on a busy machine, ms. */
const PATIENCE = 60_000
const FROZEN = share.full ? 60_000 : 8_000
const DEAF = 'Servers cannot hear each other'
const HEARS = 'Servers hear each other again'

/** What happens to the database or to the network before it while people write; each ends by itself. */
const FATES: Readonly<Record<string, (pair: Pair, cluster: Cluster, chance: () => number) => Promise<void>>> = {
  async killed(_pair, cluster) {
    await cluster.kill()
    await cluster.start()
  },
  async 'stopped at once'(_pair, cluster) {
    await cluster.stop('immediate')
    await cluster.start()
  },
  async 'an answer lost'({ gates, room }, _cluster, chance) {
    const from = room.acknowledged.size
    for (const gate of gates) await until(() => gate.loseAnswers() > 0 || room.acknowledged.size > from + PEOPLE, 'something to be under way', PATIENCE)
    await wait(chance() * 50)
  },
  async 'cut off from a server'({ gates }, _cluster, chance) {
    const gate = gates[chance() < 0.5 ? 0 : 1]
    gate.refuse('all')
    await wait(500 + chance() * 1_000)
    gate.accept()
  },
}

describe.skipIf(whyNoPostgres() !== undefined)('two servers on one PostgreSQL', () => {
  let cluster: Cluster
  let pair: Pair
  beforeAll(async () => { cluster = await startPostgres() })
  afterAll(() => cluster.remove())
  beforeEach(async () => { pair = await openPair(cluster, PEOPLE, 'm') }, 120_000)
  afterEach(() => pair.close())

  test.skipIf(share.full && share.from > 0)('F41 the announcements freeze, end, come and go, or are refused: each server’s own people notice nothing, those of the other see it by looking, nothing is lost or doubled, and the log says so once, and when it is over', async () => {
    const { gates, room } = pair
    await pair.tell(0)
    const channels: Record<string, { begin: () => void | Promise<void>; end: () => void }> = {
      frozen: { begin: () => gates.forEach((gate) => gate.freeze('channel')), end: () => gates.forEach((gate) => gate.thaw()) },
      refused: { begin: () => gates.forEach((gate) => gate.refuse('channel')), end: () => gates.forEach((gate) => gate.accept()) },
      flapping: {
        async begin() {
          for (let i = 0; i < 10; i += 1) {
            gates.forEach((gate) => gate.cutChannel())
            await wait(200)
          }
        },
        end: () => undefined,
      },
    }
    let [here, there] = [0, 0]
    for (const [how, { begin, end }] of Object.entries(channels)) {
      const said = pair.said(DEAF)
      const cleared = pair.said(HEARS)
      const words = room.write(WORDS_EACH)
      words.catch(() => undefined)
      const done = begin()
      const ends = performance.now() + (how === 'frozen' ? FROZEN : 0)
      do {
        const took = [await pair.tell(0), await pair.tell(1)]
        here = Math.max(here, ...took.map((one) => one.here))
        there = Math.max(there, ...took.map((one) => one.there))
      } while (performance.now() < ends)
      await done
      await words
      if (how === 'frozen') expect(pair.said(DEAF)).toEqual(said.map((n) => n + 1))
      end()
      if (how === 'frozen') {
        await until(() => pair.said(HEARS).every((n, i) => n === (cleared[i] ?? 0) + 1), 'the all-clear', PATIENCE)
        await pair.check()
      }
    }
    expect(await pair.check()).toBe(room.acknowledged.size)
    share.report({ worstHereMs: Math.round(here), worstThereMs: Math.round(there) })
  }, 180_000 + 3 * FROZEN)

  test('F42 F43 the database is killed, stopped, cut off, or its answers are lost, again and again: what was acknowledged is there once, and both servers come back by themselves', async () => {
    const { room } = pair
    const names = Object.keys(FATES)
    let back = 0
    for (const seed of share.seeds) {
      const dice = random(`databases/${seed}`)
      const chance = () => dice.below(1_000) / 1_000
      const from = room.acknowledged.size
      const words = room.write(WORDS_EACH)
      words.catch(() => undefined)
      await until(() => room.acknowledged.size - from > dice.below(PEOPLE * 2), 'people to write', PATIENCE)
      await FATES[names[seed % names.length] ?? '']?.(pair, cluster, chance)
      const over = performance.now()
      await words
      back = Math.max(back, performance.now() - over)
      await pair.check()
    }
    // One after the other: of two clocks started at once a console may see the second alone.
    await pair.tell(0)
    await pair.tell(1)
    await pair.check()
    share.report({ cycles: share.count, acknowledged: room.acknowledged.size, resent: room.writers.reduce((sum, { resent }) => sum + resent, 0), lost: 0, doubled: 0, worstBackMs: Math.round(back) })
  }, share.timeout(20_000, 120_000))

  test.skipIf(share.full && share.from > 0)('F42 a frozen database refuses politely within seconds, and is used again when it moves', async () => {
    const { room, consoles } = pair
    await room.write()
    cluster.freeze()
    const began = performance.now()
    const answers = await Promise.all(consoles.map((console) => console.send({ id: `frozen-${String(began)}-console`.replace('.', '-'), do: { type: 'timer.start', total: 60_000 } }, 30_000)))
    expect(answers).toEqual([{ ok: false, code: 'storage' }, { ok: false, code: 'storage' }])
    const words = room.write()
    words.catch(() => undefined)
    await wait(Math.max(0, 10_000 - (performance.now() - began)))
    cluster.thaw()
    await words
    await pair.tell(0)
    expect(await pair.check()).toBe(room.acknowledged.size)
  }, 120_000)

  test.skipIf(share.full && share.from > 0)('F43 servers that cannot hear each other but reach the database: the sequence never forks, and both rooms show the same', async () => {
    const { gates, room } = pair
    gates.forEach((gate) => gate.refuse('channel'))
    await room.write(WORDS_EACH)
    // By looking: nothing else would ever tell them.
    await pair.tell(1)
    expect(await pair.check()).toBe(room.acknowledged.size)
    gates.forEach((gate) => gate.accept())
    await until(() => pair.said(HEARS).every((n) => n > 0), 'servers to hear each other', PATIENCE)
    await pair.tell(0)
    await pair.check()
  }, 120_000)
})
