/** P14: a server after a year: two thousand sessions that have ended, thirty people in each. */
import { cpSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { decideSession } from '#shared/session/decide.ts'
import { DICE } from '../../server/room/dice.ts'
import { Room } from '../../server/room/room.ts'
import type { Log } from '../../server/log/port.ts'
import { codeOf, evening, writeInto } from './lived.ts'
import type { Figures, Measure, Size } from './measure.ts'
import { teller } from './memory.ts'
import { percentile } from './numbers.ts'
import { startProduct, type Special } from './product.ts'
import { commit } from './results.ts'
import { count, megabytes, ms, seconds, table } from './words.ts'

const SESSIONS: Record<Size, number> = { quick: 20, full: 2_000 }
const PEOPLE = 30
const CARDS = 60
const DAY = 24 * 60 * 60_000
/** Spread over so many days: none is old enough to go by itself. */
const DAYS = 300
const LOOKS = 20

export const YEAR: Measure = {
  name: 'year',
  rows: ['P14'],
  runs: { quick: 1, full: 3 },
  async measure(cores, size, say) {
    const folder = await yearFolder(SESSIONS[size], say)
    say('a server without a past')
    const empty = await started(cores.server, () => Promise.resolve())
    say(`a server with ${SESSIONS[size]} ended sessions`)
    const year = await started(cores.server, (to) => Promise.resolve(cpSync(folder, to, { recursive: true })))
    return { ...under('empty', empty), ...under('year', year), sessions: SESSIONS[size], disk: bytesIn(folder) / 2 ** 20 }
  },
  lines: (figures) => ({
    'P14 start': { value: figures['year start'] ?? NaN, product: seconds(figures['year start']), reference: `${seconds(figures['empty start'])} without` },
    'P14 memory': { value: (figures['year rss'] ?? NaN) / (figures['empty rss'] ?? NaN), product: megabytes(figures['year rss']), reference: megabytes(figures['empty rss']) },
    'P14 host': { value: figures['year list'] ?? NaN, product: ms(figures['year list']), reference: `${ms(figures['empty list'])} without` },
  }),
  section: (figures) => `## After a year

${count(figures['sessions'])} sessions of ${PEOPLE} people that have ended, ${megabytes(figures['disk'])} on disk: each joined, answered, wrote ${CARDS} cards, and was
sealed by the product's own rules. Start: from the process's beginning until it listens. Memory: once garbage was collected, right after the start, and after
the list was asked for ${LOOKS} times. List: what the host's page asks for first, median and worst, the first one apart.

${table([
  ['', 'after a year', 'empty'],
  ['start', seconds(figures['year start']), seconds(figures['empty start'])],
  ['CPU of the start', seconds(figures['year cpu']), seconds(figures['empty cpu'])],
  ['memory: resident / held', `${megabytes(figures['year rss'])} / ${megabytes(figures['year held'])}`, `${megabytes(figures['empty rss'])} / ${megabytes(figures['empty held'])}`],
  ['the same after the lists', `${megabytes(figures['year rssAfter'])} / ${megabytes(figures['year heldAfter'])}`, `${megabytes(figures['empty rssAfter'])} / ${megabytes(figures['empty heldAfter'])}`],
  ['list: first', ms(figures['year first']), ms(figures['empty first'])],
  ['list: median / worst', `${ms(figures['year list'])} / ${ms(figures['year worst'])}`, `${ms(figures['empty list'])} / ${ms(figures['empty worst'])}`],
  ['one session opened for its notes', ms(figures['year notes']), ''],
  ['sessions in the list', count(figures['year listed']), count(figures['empty listed'])],
])}`,
}

async function started(core: string | undefined, prepare: (folder: string) => Promise<void>): Promise<Figures> {
  const memory = teller()
  const special: Special = { prepare, ...memory }
  const product = await startProduct(core, 'disk', special)
  try {
    // Once more, so that both find what the system reads ahead already read.
    await product.process().end('SIGTERM')
    const began = performance.now()
    await product.restart()
    const start = (performance.now() - began) / 1000
    const cpu = product.process().cpu()
    const fresh = await memory.ask(product.process().pid)
    const times: number[] = []
    let listed: { id: string }[] = []
    for (let look = 0; look < LOOKS; look++) {
      const asked = performance.now()
      listed = await product.api<{ id: string }[]>('GET', '/api/sessions')
      times.push(performance.now() - asked)
    }
    const after = await memory.ask(product.process().pid)
    const asked = performance.now()
    const [last] = listed
    if (last !== undefined) await product.api('GET', `/api/sessions/${last.id}`)
    return { start, cpu, first: times[0] ?? NaN, list: percentile(times.slice(1), 0.5), worst: Math.max(...times), rss: fresh.rss, held: fresh.held, rssAfter: after.rss, heldAfter: after.held, listed: listed.length, notes: last === undefined ? NaN : performance.now() - asked }
  } finally {
    await product.close()
    memory.close()
  }
}

/** Made once for a commit, and kept in the system's temporary folder: it takes a minute or two. */
async function yearFolder(sessions: number, say: (sentence: string) => void): Promise<string> {
  const folder = join(tmpdir(), `gatherwell-bench-year-${sessions}-${commit().replace(/[^\w]/gu, '')}`)
  if (existsSync(folder)) return folder
  for (const old of readdirSync(tmpdir())) if (old.startsWith(`gatherwell-bench-year-${sessions}-`)) rmSync(join(tmpdir(), old), { recursive: true, force: true })
  const making = `${folder}.new`
  mkdirSync(making, { recursive: true })
  say(`${sessions} sessions are lived through, ${new Date().toISOString().slice(11, 16)}`)
  await writeInto(making, async (log) => {
    const ends = Date.now()
    for (let n = 0; n < sessions; n++) await liveAndEnd(log, n, ends - Math.floor(((sessions - n) / sessions) * DAYS * DAY))
  })
  renameSync(making, folder)
  return folder
}

/** Lives through a session by the rules, and ends it as a room does: what was anonymous is sealed, and the log written anew without it. */
async function liveAndEnd(log: Log, n: number, begins: number): Promise<void> {
  const { session } = evening(codeOf(n), PEOPLE, CARDS, begins)
  await session.write(log)
  const now = begins + 2 * 60 * 60_000
  const room = await Room.load(session.id, { log, now: () => now, dice: DICE, bug: (error) => { throw error } })
  const answer = await room?.submit({ sender: 'facilitator', decide: (state, context) => decideSession(state, { type: 'session.end' }, context) })
  if (answer?.ok !== true) throw new Error(`A session could not be ended: ${JSON.stringify(answer)}`)
  room?.close()
  await log.updateSession(session.id, { phase: 'ended', endedAt: now })
}

function bytesIn(folder: string): number {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).reduce((sum, file) => sum + (file.isFile() ? statSync(join(file.parentPath, file.name)).size : 0), 0)
}

function under(name: string, figures: Figures): Figures {
  return Object.fromEntries(Object.entries(figures).map(([key, value]) => [`${name} ${key}`, value]))
}
