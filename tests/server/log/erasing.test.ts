/** Removed means removed: no byte of it in any file of the data folder. SQLite alone does not give that (see 001-first.sql). */
import { DatabaseSync } from 'node:sqlite'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Log } from '../../../server/log/port.ts'
import { openSqliteLog } from '../../../server/log/sqlite.ts'
import { aKey, aSession, NOW } from './samples.ts'
import { aFolder, bytesOf } from './folder.ts'
import type { Folder } from './folder.ts'

const CANARY = 'canary'

let folder: Folder
let log: Log
beforeEach(async () => {
  folder = aFolder()
  log = await openSqliteLog({ folder: folder.path, now: () => NOW })
})
afterEach(async () => {
  await log.close()
  folder.remove()
})

/** What happens to four sessions side by side, sizes from a word to several pages, so that pages split, join and overflow. */
const happening = fc.record({
  session: fc.constantFrom('kept', 'gone', 'other', 'sealed'),
  step: fc.constantFrom('open-step', 'secret-step'),
  size: fc.oneof({ arbitrary: fc.integer({ min: 1, max: 60 }), weight: 9 }, { arbitrary: fc.integer({ min: 60, max: 2_000 }), weight: 1 }),
  key: fc.boolean(),
})

async function live(happenings: readonly { session: string; step: string; size: number; key: boolean }[]): Promise<Map<string, number>> {
  const heads = new Map(['kept', 'gone', 'other', 'sealed'].map((id) => [id, 0]))
  for (const id of heads.keys()) {
    const mark = id === 'gone' ? CANARY : id
    await log.createSession(aSession(id, { title: `${mark}-title`, joinToken: `${mark}-token` }))
  }
  for (const [i, { session, step, size, key }] of happenings.entries()) {
    const secret = session === 'gone' || (session === 'sealed' && step === 'secret-step')
    const mark = session === 'gone' ? CANARY : 'plain'
    const expected = heads.get(session) ?? 0
    const data = (secret ? CANARY : 'plain-').repeat(size)
    await log.append({ session, expected, events: [{ at: NOW, step, data }], receipts: [`${mark}-receipt-${String(i)}`] })
    if (key) await log.addKey(aKey(`${mark}-${String(i)}`, { session, role: 'participant', person: `${mark}-person`, name: `${mark}-name` }))
    if (key) await log.updateSession(session, { title: `${mark}-title-${String(i)}`.repeat(1 + (size % 7)) })
    heads.set(session, expected + 1)
  }
  return heads
}

/** How often the canary is found. */
const found = () => bytesOf(folder.path).toString('latin1').split(CANARY).length - 1

describe('the bytes', () => {
  // One long life from a seed that fast-check prints on failure.
  const lives = fc.array(happening, { minLength: 250, maxLength: 300, size: 'max' })

  test('of a deleted session and of a rewritten step are in no file; others are as they were', async () => {
    await fc.assert(
      fc.asyncProperty(lives, async (happenings) => {
        const heads = await live(happenings)
        const before = await Promise.all([log.read('kept'), log.receipts('kept'), log.sessionByJoinToken('kept-token')])
        const open = (await log.read('sealed')).filter(({ step }) => step === 'open-step')
        expect(found()).toBeGreaterThan(0)

        const head = heads.get('sealed') ?? 0
        const snapshot = { at: NOW, step: 'secret-step', data: 'snapshot' }
        await log.rewrite({ session: 'sealed', expected: head, events: [snapshot], receipts: [], dropSteps: ['secret-step'] })
        await log.deleteSession('gone')
        expect(found()).toBe(0)

        expect(await Promise.all([log.read('kept'), log.receipts('kept'), log.sessionByJoinToken('kept-token')])).toStrictEqual(before)
        expect(await log.read('sealed')).toStrictEqual([...open.map((row, i) => ({ ...row, seq: i + 1 })), { seq: open.length + 1, ...snapshot }])
        for (const id of ['kept', 'other', 'sealed']) await log.deleteSession(id)
      }),
      { numRuns: 8, endOnFailure: true },
    )
  })

  test('of a refused append are in no file after the next erasure', async () => {
    await log.createSession(aSession('a'))
    await log.createSession(aSession('b'))
    await log.append({ session: 'a', expected: 0, events: [{ at: NOW, data: 'x' }], receipts: ['r'] })
    const doubled = { session: 'a', expected: 1, events: [{ at: NOW, data: CANARY.repeat(5_000) }], receipts: ['r'] }
    await expect(log.append(doubled)).rejects.toThrow()
    await log.deleteSession('b')
    expect(found()).toBe(0)
  })

  test('go away although somebody reads the database meanwhile, as soon as that ends', async () => {
    await log.createSession(aSession('gone', { title: CANARY }))
    const reader = new DatabaseSync(`${folder.path}/gatherwell.sqlite`, { readOnly: true })
    reader.exec('BEGIN')
    reader.prepare('SELECT count(*) FROM sessions').get()
    await log.deleteSession('gone')
    expect(found()).toBeGreaterThan(0)
    await expect(log.healthy()).rejects.toThrow('checkpoint is due')
    reader.close()
    await log.healthy()
    expect(found()).toBe(0)
  })
})
