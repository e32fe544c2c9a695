/** F48: backups by the command at random moments, while a room writes over real sockets to a real process; each is restored and compared. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, cpSync, existsSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { nanoid } from 'nanoid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { random, type Random } from '#shared/random.ts'
import type { SessionEvent } from '#shared/session/events.ts'
import { fold } from '#shared/session/evolve.ts'
import { notesToSend } from '#shared/session/report.ts'
import { markdownOf } from '../../server/export/markdown.ts'
import { restore } from '../../server/keep/restore.ts'
import { planWith } from '../support/kinds.ts'
import { spawnServer, type ServerProcess } from '../support/server-process.ts'
import { until } from '../support/until.ts'
import type { Hosted } from '../support/visit.ts'
import { shareOf } from '../torture/share.ts'

const share = shareOf('backups')
const WRITERS = 24
const CARDS_EACH = 5
const PATIENCE = 60_000
const COMMAND = join(process.cwd(), 'server/gatherwell.ts')

const wall = planWith('answers', { config: { prompt: { en: 'Say' }, perPerson: CARDS_EACH, length: 100, byDepartment: false } })

let server: ServerProcess
let above: string
beforeAll(async () => {
  if (share.count === 0) return
  above = mkdtempSync(join(tmpdir(), 'gatherwell-backups-'))
  server = await spawnServer({ LOG_LEVEL: 'error' })
})
afterAll(async () => {
  if (share.count === 0) return
  await server.close()
  rmSync(above, { recursive: true, force: true })
})

interface Said {
  code: number | null
  out: string
  err: string
}

/** `gatherwell …` as an operator types it, with the settings of the running server. */
async function gatherwell(...args: string[]): Promise<Said> {
  const { VITEST: _vitest, NODE_ENV: _env, ...inherited } = process.env
  const child = spawn(process.execPath, [COMMAND, ...args], { stdio: ['ignore', 'pipe', 'pipe'], env: { ...inherited, DATA_DIR: server.folder } })
  const said: Said = { code: null, out: '', err: '' }
  child.stdout.on('data', (chunk) => (said.out += String(chunk)))
  child.stderr.on('data', (chunk) => (said.err += String(chunk)))
  await once(child, 'close')
  return { ...said, code: child.exitCode }
}

async function backUp(): Promise<string> {
  const said = await gatherwell('backup', '--to', join(above, 'backups'))
  expect(said).toMatchObject({ code: 0, err: '' })
  return /verified: (.*)/u.exec(said.out)?.[1] ?? ''
}

interface Room {
  session: Hosted
  /** Texts that were answered with a yes, in the order of the answers. */
  saved: string[]
  /** Nobody begins another; resolves when all are answered. */
  stop(): Promise<void>
}

/** A room where everybody writes their cards and then goes on changing the last of them. */
async function writing(seed: number): Promise<Room> {
  const session = await server.openSession(wall)
  await server.move(session, 'start')
  const console = await server.facilitator(session)
  // What is not revealed is not in the notes.
  await console.done('step', { type: 'reveal' })
  const lines = await Promise.all(Array.from({ length: WRITERS }, () => server.participant(session)))
  const saved: string[] = []
  let stopped = false
  const all = lines.map(async (line, i) => {
    const cards = () => Object.keys((line.view('mine')?.steps.step as { cards?: object } | undefined)?.cards ?? {})
    for (let n = 0; !stopped; n += 1) {
      const text = `seed ${seed} writer ${i} word ${n}`
      const id = nanoid()
      if (n >= CARDS_EACH) await until(() => cards().length === CARDS_EACH, 'the writer’s cards', PATIENCE)
      const command = n < CARDS_EACH ? { type: 'write', text, lang: 'en' } : { type: 'edit', id: cards()[n % CARDS_EACH], text }
      await until(async () => {
        const answer = await line.act('step', command, id)
        if (!answer.ok && answer.code !== 'too-fast') throw new Error(`${text}: ${answer.code}`)
        return answer.ok
      }, `${text} to be saved`, PATIENCE)
      saved.push(text)
    }
  })
  return {
    session,
    saved,
    async stop() {
      stopped = true
      await Promise.all(all)
      server.hangUp()
    },
  }
}

interface Row {
  seq: number
  at: number
  step: string | null
  data: string
}

/** The events of a session as a database has them; read as any other process may, beside the server. */
function eventsIn(file: string, session: string): Row[] {
  const db = new DatabaseSync(file, { readOnly: true })
  try {
    const number = db.prepare('SELECT number FROM sessions WHERE id = ?').get(session)?.['number']
    return db.prepare(`SELECT seq, at, step, data FROM log_${String(number)} ORDER BY seq`).all() as unknown as Row[]
  } finally {
    db.close()
  }
}

function notesOf(session: string, rows: readonly Row[]): string {
  const state = fold(session, rows.map(({ at, data }) => ({ event: JSON.parse(data) as SessionEvent, at })))
  if (state === undefined) throw new Error('There is no such session')
  return markdownOf(notesToSend(state))
}

const notesFrom = async (from: ServerProcess, session: Hosted) => (await from.host('GET', `/api/sessions/${session.id}/notes`)).text

/** Restores a backup into a folder of its own and starts a server there. */
async function restored(backup: string, name: string): Promise<ServerProcess> {
  const folder = join(above, name)
  expect(await gatherwell('restore', backup, '--data', folder)).toMatchObject({ code: 0, err: '' })
  return spawnServer({ LOG_LEVEL: 'error', DATA_DIR: folder })
}

/** The same backup with a bit flipped, and cut off: neither can be restored. */
function refusesDamaged(backup: string, dice: Random): void {
  const damaged = join(above, 'damaged')
  const file = join(damaged, 'gatherwell.sqlite')
  cpSync(backup, damaged, { recursive: true })
  const whole = readFileSync(file)
  const flipped = Buffer.from(whole)
  const at = dice.below(whole.length)
  flipped[at] = (flipped[at] ?? 0) ^ (1 << dice.below(8))
  writeFileSync(file, flipped)
  const never = join(above, 'never')
  expect(() => restore(damaged, never, Date.now()), `a bit of byte ${at} flipped`).toThrow('is damaged')
  copyFileSync(join(backup, 'gatherwell.sqlite'), file)
  truncateSync(file, dice.below(whole.length))
  expect(() => restore(damaged, never, Date.now())).toThrow('is not whole')
  expect(existsSync(never)).toBe(false)
  rmSync(damaged, { recursive: true })
}

test.skipIf(share.count === 0)('F48 F17 a backup at any moment holds all that was acknowledged before it, is a beginning of the log, boots, and exports what that beginning says', async () => {
  let kept = 0
  for (const seed of share.seeds) {
    const dice = random(`backup ${seed}`)
    const room = await writing(seed)
    const enough = dice.below(WRITERS * 12)
    await until(() => room.saved.length >= enough, 'the room to write', PATIENCE)
    const before = [...room.saved]
    const backup = await backUp()
    await room.stop()
    const original = eventsIn(join(server.folder, 'gatherwell.sqlite'), room.session.id)
    const copy = eventsIn(join(backup, 'gatherwell.sqlite'), room.session.id)
    expect(copy, `seed ${seed}`).toEqual(original.slice(0, copy.length))
    const texts = new Set(copy.flatMap(({ data }) => data.match(/seed -?\d+ writer \d+ word \d+/gu) ?? []))
    expect(before.filter((text) => !texts.has(text)), `seed ${seed}: acknowledged before, and not in the backup`).toEqual([])
    const next = await restored(backup, `data-${seed}`)
    expect(await notesFrom(next, room.session), `seed ${seed}`).toBe(notesOf(room.session.id, copy))
    await next.close()
    rmSync(join(above, `data-${seed}`), { recursive: true, force: true })
    refusesDamaged(backup, dice)
    kept += before.length
    share.report({ backups: 1, acknowledged: before.length, lost: 0 })
  }
  expect(kept).toBeGreaterThan(0)
}, share.timeout(15_000))

test.skipIf(share.count === 0 || share.from > 0)('F48 a backup of a room that pauses exports the same bytes as the original, and people go on in it', async () => {
  const room = await writing(-1)
  await until(() => room.saved.length > WRITERS * 3, 'the room to write', PATIENCE)
  await room.stop()
  const ana = await server.participant(room.session)
  const backup = await backUp()
  const next = await restored(backup, 'data-pause')
  const notes = await notesFrom(server, room.session)
  expect(await notesFrom(next, room.session)).toBe(notes)
  for (const text of room.saved.slice(0, 3)) expect(text).toContain('seed -1')
  expect(notes).toContain('seed -1 writer 0 word')
  // The same phone is the same person there, and can write.
  const again = await next.participant(room.session, ana.ticket)
  await again.done('step', { type: 'write', text: 'after the restore', lang: 'en' })
  expect(await notesFrom(next, room.session)).toContain('after the restore')
  await next.close()
}, 60_000)

test.skipIf(share.count === 0 || share.from > 0)('F48 F49 neither a restore nor a second server gets at data that a server has, and both say so', async () => {
  const backup = await backUp()
  expect(await gatherwell('restore', backup)).toMatchObject({ code: 1, out: '', err: expect.stringMatching(/^Another Gatherwell is already running on the data folder .*; stop it first, or set DATA_DIR\.\n$/u) as string })
  await expect(spawnServer({ DATA_DIR: server.folder })).rejects.toThrow('Another Gatherwell is already running on the data folder')
  expect((await server.nobody('GET', '/healthz')).body).toEqual({ ok: true })
}, 60_000)
