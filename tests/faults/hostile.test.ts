/** F21, F25, F31, F35: commands that know every schema and mean harm, from every door, for this room and another. */
import { nanoid } from 'nanoid'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Sender } from '#shared/activities/activity.ts'
import { kinds } from '#shared/activities/registry.ts'
import { random } from '#shared/random.ts'
import { sessionCommands, sessionMay, type SessionCommand } from '#shared/session/commands.ts'
import type { Answer } from '#shared/wire/protocol.ts'
import { nextAct } from '../model/generator.ts'
import { startApp, type TestApp } from '../support/app.ts'
import { planOf } from '../support/kinds.ts'
import type { Line } from '../support/line.ts'
import { STORAGE } from '../support/storage.ts'
import { shareOf } from '../torture/share.ts'
import { hostileValue } from './support/hostile-values.ts'

const share = shareOf('hostile')
/** Sessions come and go, so that each begins with everything still to be broken. */
const EACH_ROOM = 1_000
const FRAME = 15_000
const ENDS = ['session.end', 'person.remove', 'person.erase', 'pause.set', 'plan.change', 'doors.lock', 'doors.guard', 'doors.cap', 'person.merge']

const died: unknown[] = []
const note = (error: unknown) => void died.push(error)
let app: TestApp
let clock = 1_800_000_000_000
beforeEach(async () => {
  for (const event of ['unhandledRejection', 'uncaughtException'] as const) process.on(event, note)
  // Time flies with each look, since what is counted here is not how often somebody may ask; where a database is looked at the oftener, keys must not grow old by it.
  app = await startApp({ now: () => (clock += STORAGE === 'sqlite' ? 10_000 : 1_000) })
})
afterEach(async () => {
  await app.close()
  for (const event of ['unhandledRejection', 'uncaughtException'] as const) process.off(event, note)
})

const targets = [
  ...Object.entries(sessionCommands).map(([type, schema]) => ({ step: undefined, type, schema, may: sessionMay[type as SessionCommand['type']] })),
  ...Object.entries(kinds).flatMap(([kind, { commands, may }]) => Object.entries(commands).map(([type, schema]) => ({ step: kind, type, schema, may: (may as Record<string, readonly Sender[]>)[type] ?? [] }))),
]

/** What would show that somebody has got more than they were given. */
function poisoned(): string[] {
  const bare = {} as Record<string, unknown>
  return ['admin', 'role', 'sender', 'polluted', 'by'].filter((name) => bare[name] !== undefined)
}

async function attack(seeds: readonly number[]): Promise<{ taken: number; refused: Record<string, number> }> {
  const [session, other] = await Promise.all([app.openSession(planOf), app.openSession(planOf)])
  await app.move(session, 'start')
  const [victim, foreign] = await Promise.all([app.participant(session, { name: 'Victim' }), app.participant(other, { name: 'Foreign' })])
  const console = await app.facilitator(session)
  const lines: Record<'phone' | 'console' | 'screen', Line> = { phone: await app.participant(session, { name: 'Attacker' }), console, screen: await app.screen(session) }
  for (const step of Object.keys(kinds)) await console.act(undefined, { type: 'flow.goto', step })
  // Things to be taken aim at: what the victim has made everywhere.
  const life = random(`hostile life ${seeds[0] ?? 0}`)
  let marks = 0
  for (let i = 0; i < 60; i += 1) {
    const asked = nextAct(life, { door: 'phone', view: victim.view('everyone'), mine: victim.view('mine') }, () => `w${(marks += 1)}z`)
    if (asked !== undefined && asked.do.type !== 'own.erase') await victim.act(asked.step, asked.do)
    if (i % 5 === 0) await console.act(undefined, { type: 'flow.goto', step: Object.keys(kinds)[(i / 5) % Object.keys(kinds).length] })
  }
  const events = await app.app.deps.log.read(session.id)
  const made = events.flatMap(({ data }) => [...data.matchAll(/"([\w-]{12})"/gu)].map(([, id]) => id as string))
  const ids = [...new Set(made), victim.ticket.person, foreign.ticket.person, session.id, other.id, session.code, 'step', 'partners', ...Object.keys(kinds)]
  const before = (await app.app.deps.log.read(other.id)).length

  let taken = 0
  const refused: Record<string, number> = {}
  for (const seed of seeds) {
    const dice = random(`hostile ${seed}`)
    const { step, type, schema, may } = targets[dice.below(targets.length)] as (typeof targets)[number]
    // Mostly somebody who may, since only then more than the first line of defence is tried.
    const door = dice.below(4) > 0 ? (may.includes('participant') ? 'phone' : 'console') : ((['phone', 'console', 'screen'] as const)[dice.below(3)] ?? 'phone')
    // What a console may end for others, and a phone for itself, would make the rest a formality: it has tests of its own.
    if (door === 'console' ? ENDS.includes(type) : type === 'own.erase') continue
    const command = hostileValue(schema, dice, ids)
    const act = { id: nanoid(), ...(step === undefined ? {} : { step }), do: command }
    if (Buffer.byteLength(JSON.stringify(act)) > FRAME) continue
    const answer: Answer = await lines[door].send(act).catch((error: Error) => {
      throw new Error(`seed ${seed}, ${door}, ${type}: ${error.message}`)
    })
    if (answer.ok) taken += 1
    else refused[answer.code] = (refused[answer.code] ?? 0) + 1
    if (answer.ok && door === 'screen') throw new Error(`seed ${seed}: a screen was let act (${type})`)
    if (!answer.ok && Object.keys(answer).some((key) => !['ok', 'code', 'path'].includes(key))) throw new Error(`seed ${seed}: the answer tells more: ${JSON.stringify(answer)}`)
    if (died.length > 0 || poisoned().length > 0) throw new Error(`seed ${seed}, ${door}, ${JSON.stringify(act).slice(0, 500)}: ${String(died[0] ?? poisoned())}`)
  }
  await console.done(undefined, { type: 'step.lock', step: 'check-in', locked: false })
  // Nobody else noticed: a person of the room still takes part, the other room has not moved, and newcomers see what is there.
  expect((await victim.act('check-in', { type: 'answer', weather: 'foggy' })).ok).toBe(true)
  expect((await app.app.deps.log.read(other.id)).length).toBe(before)
  await app.participant(session, { name: 'Newcomer' })
  expect((await app.host('GET', `/api/sessions/${session.id}`)).status).toBe(200)
  for (const format of ['md', 'docx']) expect((await app.host('GET', `/api/sessions/${session.id}/notes?format=${format}`)).status).toBe(200)
  app.hangUp()
  return { taken, refused }
}

test.skipIf(share.count === 0)('F21 F25 F31 F35 hostile commands are refused or harmless: the process lives, nobody else notices, nothing is told', async () => {
  let taken = 0
  const all: Record<string, number> = {}
  for (let from = 0; from < share.seeds.length; from += EACH_ROOM) {
    const did = await attack(share.seeds.slice(from, from + EACH_ROOM))
    taken += did.taken
    for (const [code, count] of Object.entries(did.refused)) all[code] = (all[code] ?? 0) + count
  }
  expect(died).toEqual([])
  expect(app.logged.filter((line) => /a listener failed|a rule or a view failed|a request failed/u.test(line))).toEqual([])
  // The generator is neither toothless nor only noise.
  expect(taken).toBeGreaterThan(share.count / 20)
  expect(all['bad-shape']).toBeGreaterThan(share.count / 8)
  share.report({ sent: share.count, taken, ended: 0 })
}, share.timeout(10))
