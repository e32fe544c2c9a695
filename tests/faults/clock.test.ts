/** F38: clocks that are wrong, and clocks that are set while people look at a timer. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { steadyClock } from '../../server/clock.ts'
import { planWith } from '../support/kinds.ts'
import type { Line } from '../support/line.ts'
import { spawnServer, type ServerProcess } from '../support/server-process.ts'
import { until } from '../support/until.ts'
import { readFolder } from '../support/folder-state.ts'

const SECOND = 1_000
const HOUR = 3_600_000
const DAY = 24 * HOUR
const PRELOAD = join(process.cwd(), 'tests/faults/support/clock-preload.ts')

describe('the clock of the server', () => {
  function machine(starts: number) {
    const it = { wall: starts, passed: 5_000, up: 900_000, run: (ms: number) => void ((it.wall += ms), (it.passed += ms), (it.up += ms)), sleep: (ms: number) => void ((it.wall += ms), (it.up += ms)) }
    return { it, now: steadyClock({ wall: () => it.wall, passed: () => it.passed, up: () => it.up }) }
  }
  const noon = Date.UTC(2026, 10, 24, 12)

  test.each([HOUR, -HOUR, 13 * HOUR])('F38 a machine whose clock is set by %d ms goes on as time goes', (step) => {
    const { it, now } = machine(noon)
    it.run(10 * SECOND)
    it.wall += step
    for (let i = 1; i <= 60; i += 1) {
      it.run(60 * SECOND)
      expect(now()).toBe(noon + 10 * SECOND + i * 60 * SECOND)
    }
  })

  test('F38 a machine that slept has the time of when it wakes', () => {
    const { it, now } = machine(noon)
    it.run(10 * SECOND)
    it.sleep(HOUR)
    it.run(SECOND)
    expect(now()).toBe(noon + HOUR + 11 * SECOND)
  })

  test('F38 a difference that stands for half a day is believed, and so is the first time that a new machine is told', () => {
    const old = machine(noon)
    old.it.wall += HOUR
    for (let i = 0; i < 13; i += 1) {
      old.it.run(HOUR)
      old.now()
    }
    expect(old.now()).toBe(old.it.wall)
    const fresh = machine(0)
    fresh.it.run(30 * SECOND)
    fresh.it.wall = noon
    fresh.it.run(SECOND)
    expect(fresh.now()).toBe(fresh.it.wall)
  })
})

describe('a server whose clock is set', () => {
  let above: string
  let server: ServerProcess
  beforeEach(async () => {
    above = mkdtempSync(join(tmpdir(), 'gatherwell-clock-'))
    server = await spawnServer({ LOG_LEVEL: 'error', NODE_OPTIONS: `--import ${PRELOAD}`, CLOCK_STEP: join(above, 'step') })
  })
  afterEach(async () => {
    await server.close()
    rmSync(above, { recursive: true, force: true })
  })
  const set = (ms: number) => writeFileSync(join(above, 'step'), String(ms))

  /** What a phone shows, ms, whose own clock is wrong: it counts by the server's, of which it keeps the difference. */
  function shows(line: Line, wrongBy: number): () => number {
    const clock = () => Date.now() + wrongBy
    let offset = (line.hello?.now ?? 0) - clock()
    line.socket.on('hello', ({ now }: { now: number }) => (offset = now - clock()))
    return () => {
      const timer = line.view('everyone')?.timer
      return timer !== undefined && 'ends' in timer ? timer.ends - (clock() + offset) : NaN
    }
  }

  test('F38 during a timer: phones that are days wrong, those that come back and those that come late show the same time, and order stays', async () => {
    const session = await server.openSession(planWith('answers', { config: { prompt: { en: 'Say' }, perPerson: 5, length: 100, byDepartment: false } }))
    await server.move(session, 'start')
    const console = await server.facilitator(session)
    const [ana, ben] = [await server.participant(session), await server.participant(session)]
    // Both say hello before any step, and hear of the timer after it.
    const shown = [shows(ana, 3 * DAY), shows(ben, -3 * DAY)]
    const TOTAL = 600_000
    let began = performance.now()
    await console.done(undefined, { type: 'timer.start', total: TOTAL })
    // On a busy machine the timer begins a little after it was asked for.
    const slack = performance.now() - began
    await until(() => shown.every((show) => !Number.isNaN(show())))
    let i = 0
    for (const step of [HOUR, -HOUR, 13 * HOUR]) {
      set(step)
      // Longer than the server goes without a look at its clocks.
      const looks = performance.now() + 1_100
      await until(async () => (await server.nobody('GET', '/healthz')).status === 200 && performance.now() > looks)
      await ben.again('everyone', 'mine')
      await ana.done('step', { type: 'write', text: `word ${i++}` })
      const late = await server.participant(session)
      for (const show of [...shown, shows(late, DAY)]) expect(Math.abs(show() - (TOTAL - (performance.now() - began)))).toBeLessThan(SECOND + slack)
      if (step === -HOUR) {
        // A timer that is paused and goes on has what it had.
        await console.done(undefined, { type: 'timer.pause' })
        const paused = performance.now()
        set(2 * HOUR)
        await console.done(undefined, { type: 'timer.resume' })
        began += performance.now() - paused
        await until(() => shown.every((show) => !Number.isNaN(show())))
      }
    }
    // A console's key ends after twelve hours: those have not passed.
    expect(console.byes).toEqual([])
    await console.done(undefined, { type: 'timer.clear' })
    await server.kill()
    const log = readFolder(server.folder).sessions.get(session.id)?.events ?? []
    expect(log.map(({ seq }) => seq)).toEqual(log.map((_, n) => n + 1))
    const times = log.map(({ at }) => at)
    expect(times).toEqual(times.toSorted((a, b) => a - b))
    expect(log.flatMap(({ data }) => /word \d/u.exec(data) ?? [])).toEqual(Array.from({ length: i }, (_, n) => `word ${n}`))
  })
})
