/** F19: a disk that fails, and a disk that is full. Nobody is told "saved" of what is not; with a disk that works again all is saved, without a restart. */
import { writeSync } from 'node:fs'
import { afterEach, expect, test } from 'vitest'
import { random } from '#shared/random.ts'
import { spawnServer, type ServerProcess } from '../support/server-process.ts'
import { until } from '../support/until.ts'
import { shareOf } from '../torture/share.ts'
import { canFill, openSmallDisk, type SmallDisk } from './support/io-small-disk.ts'
import { spoil, type Spoilt } from './support/io-spoil.ts'
import { hasStrace } from './support/io-strace.ts'
import { openWordsRoom, type WordsRoom } from './support/kills-room.ts'
import { readFolder } from '../support/folder-state.ts'

const share = shareOf('io-faults')

const PEOPLE = 40
/** Faults of one sort, then others. */
const IN_A_ROW = 20
/** After so many the server is killed, and what it has saved is looked at from outside. */
const A_LIFE = 100
const PATIENCE = 60_000

const traced = share.count > 0 && hasStrace('Errors of the disk')
const fillable = share.count > 0 && canFill()
if (share.count > 0 && !fillable) writeSync(1, 'A full disk needs Linux and prlimit: skipped.\n')

let server: ServerProcess | undefined
let small: SmallDisk | undefined
afterEach(async () => {
  await server?.close()
  small?.remove()
  server = small = undefined
})

interface Served {
  reads: number
  stop(): Promise<void>
}

/** Looks at the session as a console does, again and again. Whatever is not shown is a failure. */
function keepReading({ session }: WordsRoom, it: ServerProcess): Served {
  let stopped = false
  const served: Served = { reads: 0, stop: () => ((stopped = true), reading) }
  const reading = (async () => {
    while (!stopped) {
      for (const path of ['', '/plan', '/notes?kind=record']) {
        const { status, text } = await it.host('GET', `/api/sessions/${session.id}${path}`)
        if (status !== 200) throw new Error(`Reading ${path} while the disk fails: ${status} ${text}`)
        served.reads += 1
      }
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  })()
  reading.catch(() => undefined)
  return served
}

/** Kills the server, and finds in its folder every word that it ever acknowledged, once. */
async function killAndCheck(it: ServerProcess, room: WordsRoom): Promise<void> {
  await it.kill()
  const left = readFolder(it.folder)
  expect(left.integrity).toBe('ok')
  room.check(left)
}

/** People write while the disk is like this, until there were so many faults; then it works, and all that they wrote is saved. */
async function through(it: ServerProcess, room: WordsRoom, spoilt: Spoilt, faults: number): Promise<number> {
  const pid = it.pid()
  const reading = keepReading(room, it)
  let enough = false
  const writing = (async () => {
    while (!enough) await room.write()
  })()
  writing.catch(() => undefined)
  await until(() => spoilt.faults() >= faults, `${faults} faults of ${spoilt.what}`, PATIENCE)
  enough = true
  const all = await spoilt.mend()
  await writing
  await room.quiet()
  await reading.stop()
  expect(reading.reads).toBeGreaterThan(0)
  await until(async () => (await it.nobody('GET', '/healthz')).status === 200, 'the server to be well again', PATIENCE)
  // The same process: nobody had to start it again.
  expect(it.pid()).toBe(pid)
  return all
}

test.skipIf(!traced)('F19 ST1 errors of the disk at any write and sync: no false yes, the retryable no, reads go on, all is saved once the disk works, without a restart', async () => {
  const it = (server = await spawnServer({ LOG_LEVEL: 'error' }))
  const sum = { faults: 0, acknowledged: 0, refused: 0, lost: 0, doubled: 0 }
  let room: WordsRoom | undefined
  let lived = 0
  const leave = async () => {
    if (room === undefined) return
    await killAndCheck(it, room)
    sum.acknowledged += room.acknowledged.size
    sum.refused += room.writers.reduce((all, { refused }) => all + refused, 0)
    room.close()
    room = undefined
    await it.restart()
  }
  for (let seed = share.from; sum.faults < share.count; seed += IN_A_ROW) {
    const dice = random(`fault ${seed}`)
    room ??= await openWordsRoom(it, { people: PEOPLE, mark: `f${seed}` })
    const spoilt = await spoil(it.pid(), dice)
    try {
      const faults = await through(it, room, spoilt, Math.min(IN_A_ROW, share.count - sum.faults))
      sum.faults += faults
      lived += faults
    } catch (error) {
      await spoilt.mend()
      throw new Error(`Faults from ${seed} (${spoilt.what}): ${(error as Error).message}\n${it.said().slice(-2_000)}`, { cause: error })
    }
    if (lived >= A_LIFE) {
      lived = 0
      await leave()
    }
  }
  await leave()
  expect(sum.refused).toBeGreaterThan(sum.faults / 10)
  expect(it.said()).not.toMatch(/unhandled|uncaught/iu)
  share.report(sum)
  console.log(JSON.stringify(sum))
}, share.timeout(300))

test.skipIf(!fillable)('F19 ST1 a disk that is full: the retryable no, reads go on, and with room again all is saved, without a restart', async () => {
  const disk = (small = openSmallDisk())
  const it = (server = await spawnServer({ LOG_LEVEL: 'error', DATA_DIR: disk.folder }))
  const room = await openWordsRoom(it, { people: PEOPLE, mark: 'full' })
  const pid = it.pid()
  await room.write()
  for (let round = 0; round < 3; round += 1) {
    const refusedBefore = room.writers.map(({ refused }) => refused)
    disk.fill(pid)
    const writing = room.write(3)
    writing.catch(() => undefined)
    const reading = keepReading(room, it)
    await until(() => room.writers.every(({ refused }, i) => refused > (refusedBefore[i] ?? 0)), 'everybody to be told no', PATIENCE)
    const said = room.acknowledged.size
    await until(() => reading.reads > 10, 'reads to be served', PATIENCE)
    expect(room.acknowledged.size - said).toBe(0)
    await reading.stop()
    disk.free(pid)
    await writing
    await room.quiet()
    await until(async () => (await it.nobody('GET', '/healthz')).status === 200, 'the server to be well again', PATIENCE)
    expect(it.pid()).toBe(pid)
  }
  await killAndCheck(it, room)
  room.close()
}, 120_000)
