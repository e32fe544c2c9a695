/** A: what every adapter of the log's port owes to several writers and to rooms that read on. Part of contract.ts, which runs it. */
import { beforeEach, describe, expect, test } from 'vitest'
import { Conflict, Gone, type Head, type Log, type Missed } from '../../../server/log/port.ts'
import { anAppend, aSession, NOW } from './samples.ts'

export function aloneContract(name: string, opened: () => Log): void {
  let log: Log
  beforeEach(() => {
    log = opened()
  })

  const headOf = async (): Promise<Head> => (await log.whole('a'))?.head as Head
  const words = async () => (await log.read('a')).map(({ data }) => data)

  describe(`${name}: several writers`, () => {
    beforeEach(() => log.createSession(aSession('a')))

    test('A1 tells all of a session at once: events, receipts and where it stands; and of no session nothing', async () => {
      await log.append(anAppend('a', 0, ['one', 'two'], { receipts: ['z', 'b'] }))
      const whole = await log.whole('a')
      expect(whole).toStrictEqual({ head: { seq: 2, edition: whole?.head.edition }, events: [{ seq: 1, at: NOW, data: 'one' }, { seq: 2, at: NOW, data: 'two' }], receipts: ['b', 'z'] })
      expect(await log.whole('none')).toBeUndefined()
      expect(await log.missed('none', { seq: 0, edition: 0 })).toBeUndefined()
      await expect(log.alone('none', { seq: 0, edition: 0 }, [], async () => 'x')).rejects.toBeInstanceOf(Gone)
    })

    test('A2 tells what was missed since, and which receipts are known', async () => {
      await log.append(anAppend('a', 0, ['one'], { receipts: ['r1'] }))
      const since = await headOf()
      expect(await log.missed('a', since, ['r1', 'r2'])).toStrictEqual({ anew: false, head: since, events: [], known: ['r1'] })
      await log.append(anAppend('a', 1, ['two'], { receipts: ['r2'] }))
      expect(await log.missed('a', since)).toStrictEqual({ anew: false, head: { ...since, seq: 2 }, events: [{ seq: 2, at: NOW, data: 'two' }], known: [] })
      expect(await log.missed('a', since, ['r2', 'r3'])).toMatchObject({ known: ['r2'] })
    })

    test('A3 after a rewrite what was missed is everything, and no append of the edition before it is taken', async () => {
      await log.append(anAppend('a', 0, ['one', 'two']))
      const before = await headOf()
      const after = await log.rewrite({ ...anAppend('a', 2, ['sealed']), dropSteps: [] })
      expect(after).toStrictEqual(await headOf())
      expect(after.edition).not.toBe(before.edition)
      expect(await log.missed('a', before)).toStrictEqual({ anew: true })
      expect(await log.alone('a', before, [], async (missed) => missed)).toStrictEqual({ anew: true })
      await expect(log.append({ ...anAppend('a', 3, ['late']), edition: before.edition })).rejects.toBeInstanceOf(Conflict)
      await log.append({ ...anAppend('a', 3, ['next']), edition: after.edition })
      expect(await words()).toEqual(['one', 'two', 'sealed', 'next'])
    })

    test('A4 who has a session alone is told what was missed, appends once, and it is kept', async () => {
      const since = await headOf()
      await log.append(anAppend('a', 0, ['one'], { receipts: ['r1'] }))
      const missed = await log.alone('a', since, ['r0', 'r1'], async (found, own) => {
        await own.append(anAppend('a', 1, ['two'], { receipts: ['r2'] }))
        return found
      })
      expect(missed).toStrictEqual({ anew: false, head: { ...since, seq: 1 }, events: [{ seq: 1, at: NOW, data: 'one' }], known: ['r1'] })
      expect(await words()).toEqual(['one', 'two'])
      expect(await log.receipts('a')).toEqual(['r1', 'r2'])
    })

    test('A4 also where nothing was missed: what was done before is known, and what was done in a log that was rewritten is not missed', async () => {
      await log.append(anAppend('a', 0, ['one'], { receipts: ["it's 1", 'r2'] }))
      const since = await headOf()
      const missed = (asked: string[], from: Head = since) => log.alone('a', from, asked, async (found) => found)
      expect(await missed(["it's 1", 'r2', 'r3'])).toStrictEqual({ anew: false, head: since, events: [], known: ["it's 1", 'r2'] })
      expect(await missed([])).toStrictEqual({ anew: false, head: since, events: [], known: [] })
      const after = await log.rewrite({ ...anAppend('a', 1, ['sealed'], { receipts: ['r3'] }), dropSteps: [] })
      expect(await missed(['r3'])).toStrictEqual({ anew: true })
      expect(await missed(['r3', 'r4'], after)).toStrictEqual({ anew: false, head: after, events: [], known: ['r3'] })
    })

    test('A5 who has a session alone rewrites it, and reads it before', async () => {
      await log.append({ session: 'a', expected: 0, events: [{ at: NOW, data: 'kept' }, { at: NOW, step: 's', data: 'dropped' }], receipts: ['r'] })
      const since = await headOf()
      const { read, head } = await log.alone('a', since, [], async (_, own) => {
        const read = await own.read('a')
        return { read, head: await own.rewrite({ session: 'a', expected: 2, events: [{ at: NOW, step: 's', data: 'sealed' }], receipts: ['seal'], dropSteps: ['s'], replace: [{ seq: 1, data: 'told otherwise' }] }) }
      })
      expect(read.map(({ data }) => data)).toEqual(['kept', 'dropped'])
      expect(head).toStrictEqual(await headOf())
      expect(await words()).toEqual(['told otherwise', 'sealed'])
      expect(await log.receipts('a')).toEqual(['r', 'seal'])
      await log.append({ ...anAppend('a', head.seq, ['next']), edition: head.edition })
    })

    test('A6 nothing is kept of a write that rejects before it has written, and the session is free again', async () => {
      const since = await headOf()
      const refused = log.alone('a', since, [], async () => { throw new RangeError('the room says no') })
      await expect(refused).rejects.toBeInstanceOf(RangeError)
      await expect(log.alone('a', since, [], (_, own) => own.append(anAppend('a', 7, ['x'])))).rejects.toBeInstanceOf(Conflict)
      await log.append(anAppend('a', 0, ['one'], { receipts: ['r'] }))
      await expect(log.alone('a', since, [], (_, own) => own.append(anAppend('a', 1, ['x'], { receipts: ['r'] })))).rejects.toBeInstanceOf(Conflict)
      await log.alone('a', since, [], (_, own) => own.append(anAppend('a', 1, ['two'])))
      expect(await words()).toEqual(['one', 'two'])
    })

    test('A7 of writers side by side who read on after a conflict each gets in once, at a place of its own', async () => {
      const since = await headOf()
      async function write(word: string): Promise<void> {
        for (let tries = 0; tries < 50; tries += 1) {
          try {
            await log.alone('a', since, [], (missed: Missed, own) => own.append(anAppend('a', missed.anew ? -1 : missed.head.seq, [word], { receipts: [word] })))
            return
          } catch (error) {
            if (!(error instanceof Conflict)) throw error
          }
        }
        throw new Error('Never got in')
      }
      const all = Array.from({ length: 8 }, (_, i) => `word-${String(i)}`)
      await Promise.all(all.map(write))
      expect((await words()).sort()).toEqual(all)
      expect((await log.read('a')).map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
    })

    test('A8 who follows a session and has stopped is told nothing', async () => {
      const told: unknown[] = []
      const stop = log.follow('a', (head) => told.push(head))
      stop()
      await log.append(anAppend('a', 0, ['one']))
      await log.deleteSession('a')
      await log.whole('a')
      expect(told).toEqual([])
    })
  })
}
