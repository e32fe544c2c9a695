/** F4, F5, F6, F55: two anonymous authors exchanged, and nobody else is sent, told or left anything that differs. */
import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import JSZip from 'jszip'
import { expect, test } from 'vitest'
import { kindOf, kinds } from '#shared/activities/registry.ts'
import { random } from '#shared/random.ts'
import { facilitatorRecord, notesToSend } from '#shared/session/report.ts'
import { startApp } from '../support/app.ts'
import { shareOf } from '../torture/share.ts'
import { docxOf } from '../../server/export/docx.ts'
import { openSqliteLog } from '../../server/log/sqlite.ts'
import { memoryStore } from './memory-log.ts'
import { BEGINS, inRoom, seededDice } from './quiet-room.ts'
import { exchanged, exchangedIn, improvised, PAIR, planOfSeed, scopesOf, type Lived } from './swap.ts'

const share = shareOf('swap')
/** An ended session's receipts are filled up with blank ones: their number tells nobody how many acts there were. */
const RECEIPTS = 256
/** Its turns are places in a group, which people see; an anonymous step of it takes nothing from anybody. */
const NOBODY_UNNAMED = ['talk']

const memory = () => memoryStore().open(() => 0)

/** The scopes that are exchanged in this case: some of those in which either of the two did anything. */
function chosen(seed: number, lived: Lived): Set<string> {
  const dice = random(`scopes/${seed}`)
  const scopes = scopesOf(lived)
  const some = scopes.filter(() => dice.below(3) > 0)
  return new Set(some.length > 0 ? some : scopes)
}

/** What everybody but the two was sent, by whom it was sent to. */
function heard({ sent }: Lived): Record<string, string[]> {
  const by: Record<string, string[]> = {}
  for (const { to, after, message } of sent) {
    if (PAIR.some((person) => to === `phone ${person}`)) continue
    ;(by[to] ??= []).push(`${after} ${JSON.stringify(message)}`)
  }
  return by
}

/** The live log as it would be if in these scopes each of the two had the other's tag: nothing else in it may differ. */
function retagged({ before, room }: Lived, scopes: ReadonlySet<string>): string[] {
  const [a, b] = PAIR
  const other = new Map([...scopes].flatMap((scope) => [[room.tag(a, scope), room.tag(b, scope)], [room.tag(b, scope), room.tag(a, scope)]]))
  const swap = (value: unknown, key = ''): unknown => {
    if (typeof value === 'string') return other.get(value) ?? value
    // Authors whose own views an event changes stand in the order of their tags, which says nothing.
    if (Array.isArray(value)) return key === 'by' ? value.map((inner) => swap(inner)).sort() : value.map((inner) => swap(inner))
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [other.get(name) ?? name, swap(inner, name)]))
  }
  return before.map(({ at, step, data }) => JSON.stringify([at, step, swap(JSON.parse(data))]))
}

function compare(seed: number, once: Lived, again: Lived, scopes: ReadonlySet<string>): void {
  const of = `seed ${seed}, exchanged in ${[...scopes].join(', ')}`
  expect(again.answers, of).toEqual(once.answers)
  expect(heard(again), of).toEqual(heard(once))
  expect(again.files, of).toEqual(once.files)
  expect(retagged(again, scopes), `live log of ${of}`).toEqual(retagged(once, new Set()))
  expect(again.after, `sealed log of ${of}`).toEqual(once.after)
  expect(again.receipts, of).toEqual(once.receipts)
  expect(once.receipts.length % RECEIPTS, `receipts of ${of}`).toBe(0)
  const tags = scopesOf(once).flatMap((scope) => PAIR.map((person) => once.room.tag(person, scope)))
  const left = JSON.stringify([once.after, once.files])
  for (const tag of tags) expect(left.includes(tag), `a tag is left: ${of}`).toBe(false)
}

test.skipIf(share.count === 0)('F4 F5 F6 F55 AU4 AU10 two anonymous authors exchanged in any session: the same frames, files and sealed log to the byte', async () => {
  const driven = new Set<string>()
  let acts = 0
  for (const seed of share.seeds) {
    const once = await improvised(seed, memory())
    const scopes = chosen(seed, once)
    for (const kind of once.tagged) driven.add(kind)
    acts += once.moves.filter((move) => 'act' in move && scopes.has(move.scope ?? '') && (PAIR as readonly unknown[]).includes(move.act.by)).length
    compare(seed, once, await exchanged(seed, once.moves, scopes, memory()), scopes)
  }
  const asking = Object.keys(kinds).filter((kind) => Object.values(kindOf(kind)?.may ?? {}).some((senders) => senders.includes('participant')))
  if (share.count >= 100) expect(asking.filter((kind) => !driven.has(kind)), 'kinds that nobody drove without a name').toEqual(NOBODY_UNNAMED)
  expect(acts).toBeGreaterThan(share.count)
  share.report({ sessions: share.count, exchanged: acts, different: 0 })
}, share.timeout(250))

/** A few of the cases: what takes a disk, a document or a whole server. */
const few = share.seeds.filter((seed) => seed % 100 === 7)
/** In memory where the machine has such a place: the bytes are what matters, not the disk. */
const SOMEWHERE = existsSync('/dev/shm') ? '/dev/shm' : tmpdir()

/** Lives in a data folder; answers with what is left there, byte for byte. */
async function onDisk(how: (log: Awaited<ReturnType<typeof openSqliteLog>>) => Promise<Lived>): Promise<{ lived: Lived; bytes: Record<string, Buffer> }> {
  const folder = mkdtempSync(join(SOMEWHERE, 'gatherwell-swap-'))
  try {
    const log = await openSqliteLog({ folder, now: () => BEGINS })
    const lived = await how(log)
    await log.close()
    return { lived, bytes: Object.fromEntries(readdirSync(folder).sort().map((name) => [name, readFileSync(join(folder, name))])) }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

test.skipIf(few.length === 0)('F4 F6 F55 AU4 AU5 the same in the bytes on disk after the end, and in every part of every Word file', async () => {
  for (const seed of few) {
    const once = await onDisk((log) => improvised(seed, log))
    const scopes = chosen(seed, once.lived)
    const again = await onDisk((log) => exchanged(seed, once.lived.moves, scopes, log))
    expect(Object.keys(again.bytes), `files of seed ${seed}`).toEqual(Object.keys(once.bytes))
    for (const [name, bytes] of Object.entries(once.bytes)) expect(again.bytes[name]?.equals(bytes), `${name} of seed ${seed}`).toBe(true)
    const tags = scopesOf(once.lived).flatMap((scope) => PAIR.map((person) => once.lived.room.tag(person, scope)))
    const ids = PAIR.map((person) => `person-${person}`)
    for (const bytes of Object.values(once.bytes)) for (const tag of tags) expect(bytes.includes(tag), `seed ${seed}`).toBe(false)
    for (const document of [notesToSend, (state: Lived['room']['state']) => facilitatorRecord(state, BEGINS)]) {
      const [file, same, swapped] = [await docxOf(document(once.lived.room.state)), await docxOf(document(once.lived.room.state)), await docxOf(document(again.lived.room.state))]
      expect(same.equals(file), `twice the same file, seed ${seed}`).toBe(true)
      expect(swapped.equals(file), `exchanged, seed ${seed}`).toBe(true)
      for (const part of Object.values((await JSZip.loadAsync(file)).files)) {
        const text = await part.async('string')
        for (const mark of [...tags, ...ids]) expect(text.includes(mark), `${part.name} of seed ${seed}`).toBe(false)
      }
    }
  }
}, share.timeout(80))

test.skipIf(few.length === 0)('F4 F5 F55 AU2 AU4 a server’s answers, files, health and log are the same, and its log says nothing while people write', async () => {
  for (const seed of few.slice(0, share.full ? 20 : 1)) {
    const once = await improvised(seed, memory())
    const scopes = chosen(seed, once)
    const [one, other] = [await served(seed, once, new Set()), await served(seed, once, scopes)]
    expect(one.meanwhile, `log of seed ${seed}`).toEqual([])
    expect(other, `seed ${seed}`).toEqual(one)
  }
}, share.timeout(60))

const format = (path: string) => new URLSearchParams(path.split('?')[1]).get('format')

/** The session on a real server: what its API says afterwards, and what it logged. */
async function served(seed: number, { moves }: Lived, scopes: ReadonlySet<string>) {
  const clock = { now: BEGINS }
  let dice = seededDice('door')
  const it = await startApp({ now: () => clock.now, dice: { seed: () => dice.seed(), id: () => dice.id() } })
  try {
    const session = await it.createSession(() => planOfSeed(seed))
    const running = await it.app.deps.rooms.get(session.id)
    if (running === undefined) throw new Error('no room')
    dice = seededDice(`swap/${seed}`)
    const before = it.logged.length
    const lived = await exchangedIn(await inRoom(running.room, `swap/${seed}`, clock), seed, moves, scopes, it.app.deps.log, clock)
    const meanwhile = it.logged.slice(before)
    const paths = ['', '/plan', '/links', ...['send', 'record'].flatMap((kind) => [`/notes/preview?kind=${kind}`, `/notes?kind=${kind}&lang=es&format=md`]), '/notes?format=docx']
    const asked = ['/healthz', '/api/sessions', ...paths.map((path) => `/api/sessions/${session.id}${path}`)]
    const answers: Record<string, string> = {}
    for (const path of asked) {
      const { status, text, headers } = await it.host('GET', path)
      const body = format(path) === 'docx' ? createHash('sha256').update(text).digest('hex') : text
      answers[path.replace(session.id, 'ID')] = JSON.stringify([status, body, [...headers].filter(([name]) => name !== 'date')])
    }
    const own = [session.id, session.code, session.joinToken, new URL(it.url).port]
    const plain = (what: unknown) => own.reduce((text, word, i) => text.replaceAll(word, `OWN ${i}`), JSON.stringify(what)).replace(/(?<=http:\/\/[\d.]+:)(?:\d+|OWN 3)/gu, 'its own').replace(/(handle|room)[\\":]+[\w-]+|ms[\\":]+\d+/gu, 'its own')
    return { meanwhile, acts: plain(lived.answers), ...Object.fromEntries(Object.entries(answers).map(([path, answer]) => [path, plain(answer)])), after: plain(lived.after), logged: plain(it.logged) }
  } finally {
    await it.close()
  }
}
