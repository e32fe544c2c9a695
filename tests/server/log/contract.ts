/**
 * What every adapter of the log's port must do. Numbers name the promises: L for the log, D for the directory, K for keys
 * (contract-keys.ts), A for several writers (contract-alone.ts), both run from here.
 */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { Conflict, Gone, Held } from '../../../server/log/port.ts'
import type { Log } from '../../../server/log/port.ts'
import { aloneContract } from './contract-alone.ts'
import { keysContract } from './contract-keys.ts'
import { aKey, anAppend, aSession, NOW, type Opened } from './samples.ts'

const DAY = 24 * 60 * 60 * 1000

/** Runs the suite; `open` is called before each test, with the clock that the adapter must go by. */
export function logContract(name: string, open: (now: () => number) => Promise<Opened>): void {
  let opened: Opened
  let log: Log
  beforeEach(async () => {
    opened = await open(() => NOW)
    log = opened.log
  })
  afterEach(() => opened.close())

  const words = async (session: string, after?: number) => (await log.read(session, after)).map(({ data }) => data)

  describe(`${name}: the log`, () => {
    beforeEach(() => Promise.all([log.createSession(aSession('a')), log.createSession(aSession('b'))]))

    test('L1 gives back what was appended, in order, numbered from 1, with nothing that was not there', async () => {
      const events = [{ at: 5, data: '{"x":1}' }, { at: 6, step: 's1', data: '"\u{1f327} עֲנָנִים \\u0000"' }]
      await log.append({ session: 'a', expected: 0, events, receipts: [] })
      expect(await log.read('a')).toStrictEqual([
        { seq: 1, at: 5, data: '{"x":1}' },
        { seq: 2, at: 6, step: 's1', data: '"\u{1f327} עֲנָנִים \\u0000"' },
      ])
    })

    test('L2 reads only what came after a number', async () => {
      await log.append(anAppend('a', 0, ['one', 'two', 'three']))
      expect(await words('a', 1)).toEqual(['two', 'three'])
      expect(await words('a', 3)).toEqual([])
    })

    test('L3 numbers each session by itself', async () => {
      await log.append(anAppend('a', 0, ['a1', 'a2']))
      await log.append(anAppend('b', 0, ['b1']))
      expect(await log.read('b')).toStrictEqual([{ seq: 1, at: NOW, data: 'b1' }])
    })

    test.each([0, 1, 3, 99])('L4 an append that expects %i where the log is at 2 is a conflict and leaves nothing', async (expected) => {
      await log.append(anAppend('a', 0, ['one', 'two']))
      await expect(log.append(anAppend('a', expected, ['late'], { receipts: ['r'] }))).rejects.toBeInstanceOf(Conflict)
      expect(await words('a')).toEqual(['one', 'two'])
      expect(await log.receipts('a')).toEqual([])
    })

    test('L5 of appends side by side that expect the same number one wins; other sessions are not disturbed', async () => {
      const results = await Promise.allSettled([
        log.append(anAppend('a', 0, ['first'], { receipts: ['r1'] })),
        log.append(anAppend('a', 0, ['second'], { receipts: ['r2'] })),
        log.append(anAppend('b', 0, ['other'])),
        log.append(anAppend('missing', 0, ['lost'])),
        log.append(anAppend('a', 1, ['third'])),
      ])
      expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'rejected', 'fulfilled'])
      expect((results[1] as PromiseRejectedResult).reason).toBeInstanceOf(Conflict)
      expect((results[3] as PromiseRejectedResult).reason).toBeInstanceOf(Gone)
      expect(await words('a')).toEqual(['first', 'third'])
      expect(await log.receipts('a')).toEqual(['r1'])
      expect(await words('b')).toEqual(['other'])
    })

    test('L6 keeps receipts without their order, and refuses one that is known, with its events', async () => {
      await log.append(anAppend('a', 0, ['one'], { receipts: ['z', 'm', 'm'] }))
      await log.append(anAppend('a', 1, ['two'], { receipts: ['c'] }))
      expect(await log.receipts('a')).toEqual(['c', 'm', 'z'])
      await expect(log.append(anAppend('a', 2, ['again'], { receipts: ['new', 'm'] }))).rejects.toBeInstanceOf(Conflict)
      expect(await words('a')).toEqual(['one', 'two'])
      expect(await log.receipts('a')).toEqual(['c', 'm', 'z'])
      await log.append(anAppend('b', 0, ['elsewhere'], { receipts: ['m'] }))
    })

    test('L7 keeps a receipt for a command that changed nothing', async () => {
      await log.append(anAppend('a', 0, [], { receipts: ['r'] }))
      expect(await log.receipts('a')).toEqual(['r'])
      expect(await log.read('a')).toEqual([])
    })

    test('L8 F6 a rewrite drops the named steps, appends, and leaves no gap in the numbers that would count what was dropped', async () => {
      const events = ['s1', 's2', undefined, 's1'].map((step, i) => ({ at: NOW, data: `e${String(i + 1)}`, ...(step && { step }) }))
      await log.append({ session: 'a', expected: 0, events, receipts: ['kept'] })
      await log.append(anAppend('b', 0, ['b1'], { events: [{ at: NOW, step: 's1', data: 'b1' }] }))
      const sealed = { at: NOW, step: 's1', data: 'sealed' }
      expect(await log.rewrite({ session: 'a', expected: 4, events: [sealed], receipts: ['seal'], dropSteps: ['s1'] })).toMatchObject({ seq: 3 })
      expect(await log.read('a')).toStrictEqual([
        { seq: 1, at: NOW, step: 's2', data: 'e2' },
        { seq: 2, at: NOW, data: 'e3' },
        { seq: 3, ...sealed },
      ])
      expect(await log.receipts('a')).toEqual(['kept', 'seal'])
      expect(await words('b')).toEqual(['b1'])
      await log.append(anAppend('a', 3, ['next']))
    })

    test('L9 a rewrite that meets a conflict, or records nothing, drops nothing', async () => {
      await log.append(anAppend('a', 0, [], { events: [{ at: NOW, step: 's1', data: 'e1' }] }))
      const rewrite = { ...anAppend('a', 0, ['sealed']), dropSteps: ['s1'] }
      await expect(log.rewrite(rewrite)).rejects.toBeInstanceOf(Conflict)
      await expect(log.rewrite({ ...rewrite, expected: 1, events: [] })).rejects.toThrow('needs an event')
      expect(await words('a')).toEqual(['e1'])
    })

    test('L12 a rewrite replaces what stands in single events, and takes the keys of people with it', async () => {
      await log.append(anAppend('a', 0, ['Ana came', 'said', 'Ben came']))
      for (const person of ['ana', 'ben']) await log.addKey(aKey(`key-of-${person}`, { role: 'participant', person }))
      await log.addKey(aKey('of-the-other-session', { session: 'b', role: 'participant', person: 'ana' }))
      await log.rewrite({ ...anAppend('a', 3, ['erased']), dropSteps: [], replace: [{ seq: 1, data: 'somebody came' }], dropPeople: ['ana'] })
      expect(await words('a')).toEqual(['somebody came', 'said', 'Ben came', 'erased'])
      expect((await log.keys('a', 'participant')).map(({ person }) => person)).toEqual(['ben'])
      expect(await log.key('of-the-other-session', NOW)).toBeDefined()
      const late = { ...anAppend('a', 3, ['x']), dropSteps: [], replace: [{ seq: 2, data: 'gone' }], dropPeople: ['ben'] }
      await expect(log.rewrite(late)).rejects.toBeInstanceOf(Conflict)
      expect(await words('a')).toContain('said')
      expect(await log.keys('a', 'participant')).toHaveLength(1)
    })

    test('L10 everything acknowledged is there after closing and opening again', async () => {
      await log.append(anAppend('a', 0, ['one'], { receipts: ['r'] }))
      await log.setSetting('passphrase', 'p')
      await log.addKey(aKey('k'))
      log = await opened.reopen()
      expect(await words('a')).toEqual(['one'])
      expect(await log.receipts('a')).toEqual(['r'])
      expect(await log.setting('passphrase')).toBe('p')
      expect(await log.key('k', NOW)).toStrictEqual(aKey('k'))
      expect(await log.session('a')).toStrictEqual(aSession('a'))
    })

    test('L11 answers health until it is closed, and rejects afterwards', async () => {
      await log.healthy()
      const last = log.append(anAppend('a', 0, ['just in time']))
      await log.close()
      await last
      await expect(log.healthy()).rejects.toThrow('closed')
      await expect(log.read('a')).rejects.toThrow('closed')
      await log.close()
      log = await opened.reopen()
      expect(await words('a')).toEqual(['just in time'])
    })
  })

  describe(`${name}: the directory`, () => {
    test('D1 finds a session by id, code and join token, and lists the newest first', async () => {
      const [old, young] = [aSession('old', { createdAt: NOW - 1 }), aSession('young')]
      await log.createSession(old)
      await log.createSession(young)
      expect(await log.sessions()).toStrictEqual([young, old])
      expect(await log.session('old')).toStrictEqual(old)
      expect(await log.sessionByCode(old.code)).toStrictEqual(old)
      expect(await log.sessionByJoinToken(young.joinToken)).toStrictEqual(young)
      expect(await log.session('none')).toBeUndefined()
      expect(await log.sessionByCode('00000000')).toBeUndefined()
      expect(await log.sessionByJoinToken('none')).toBeUndefined()
      // What nobody types, and PostgreSQL's text cannot hold.
      for (const made of ['\0', `${young.joinToken}\0`, `young\0`]) for (const look of [log.session, log.sessionByJoinToken, log.sessionByCode]) expect(await look(made)).toBeUndefined()
    })

    test('D2 gives a code to one session at a time, whatever its phase before the end', async () => {
      await log.createSession(aSession('a', { code: '20304050', phase: 'draft' }))
      const twin = aSession('twin', { code: '20304050' })
      await expect(log.createSession(twin)).rejects.toBeInstanceOf(Conflict)
      await expect(log.createSession(aSession('a', { code: '99887766', joinToken: 'x' }))).rejects.toBeInstanceOf(Conflict)
      await expect(log.createSession(aSession('c', { joinToken: 'token-a' }))).rejects.toBeInstanceOf(Conflict)
      await log.updateSession('a', { phase: 'ended', endedAt: NOW })
      expect(await log.sessionByCode('20304050')).toBeUndefined()
      await log.createSession(twin)
      expect(await log.sessionByCode('20304050')).toStrictEqual(twin)
    })

    test('D3 changes what is named and nothing else', async () => {
      await log.createSession(aSession('a'))
      await log.createSession(aSession('b'))
      await log.updateSession('a', { title: 'New' })
      await log.updateSession('a', { phase: 'ended', endedAt: NOW + 5 })
      expect(await log.session('a')).toStrictEqual({ ...aSession('a'), title: 'New', phase: 'ended', endedAt: NOW + 5 })
      expect(await log.session('b')).toStrictEqual(aSession('b'))
      await expect(log.updateSession('none', { title: 'x' })).rejects.toBeInstanceOf(Gone)
    })

    test('D4 a code rests for 90 days after the end of its session, or after its deletion', async () => {
      await log.createSession(aSession('open', { code: '00000012' }))
      await log.createSession(aSession('ended', { code: '20304051' }))
      await log.createSession(aSession('deleted', { code: '00304052' }))
      await log.updateSession('ended', { phase: 'ended', endedAt: NOW })
      await log.deleteSession('deleted')
      const taken = (at: number) => Promise.all(['00000012', '20304051', '00304052', '20304053'].map((code) => log.codeTaken(code, at)))
      expect(await taken(NOW + 90 * DAY - 1)).toEqual([true, true, true, false])
      expect(await taken(NOW + 90 * DAY)).toEqual([true, false, false, false])
    })

    test('D5 deleting removes the session with its events, receipts and keys, and no other', async () => {
      for (const id of ['a', 'b']) {
        await log.createSession(aSession(id))
        await log.append(anAppend(id, 0, ['word'], { receipts: ['r'] }))
        await log.addKey(aKey(`key-${id}`, { session: id }))
      }
      await log.deleteSession('a')
      expect(await log.session('a')).toBeUndefined()
      expect(await words('a')).toEqual([])
      expect(await log.receipts('a')).toEqual([])
      expect(await log.key('key-a', NOW)).toBeUndefined()
      await expect(log.append(anAppend('a', 1, ['too late']))).rejects.toBeInstanceOf(Gone)
      expect(await words('b')).toEqual(['word'])
      expect(await log.key('key-b', NOW)).toBeDefined()
      await log.deleteSession('a')
    })

    test('D7 a session on hold is deleted by nobody until it is released', async () => {
      await log.createSession(aSession('a'))
      await log.holdSession('a', NOW)
      expect(await log.session('a')).toMatchObject({ held: NOW })
      await expect(log.deleteSession('a')).rejects.toBeInstanceOf(Held)
      log = await opened.reopen()
      await expect(log.deleteSession('a')).rejects.toBeInstanceOf(Held)
      await log.holdSession('a', undefined)
      expect((await log.session('a'))?.held).toBeUndefined()
      await log.deleteSession('a')
      expect(await log.sessions()).toEqual([])
      await expect(log.holdSession('a', NOW)).rejects.toBeInstanceOf(Gone)
    })

    test('D6 keeps settings by name', async () => {
      expect(await log.setting('x')).toBeUndefined()
      await log.setSetting('x', '1')
      await log.setSetting('x', '2')
      expect(await log.setting('x')).toBe('2')
    })
  })

  keysContract(name, () => log)
  aloneContract(name, () => log)
}
