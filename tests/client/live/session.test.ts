/** OB1 to OB9 (F1, F2, F11, F31): what a person sends from a phone arrives, once, whatever the line and the device do. */
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Act } from '#shared/wire/protocol.ts'
import { FRAME_BYTES, PROTOCOL } from '#shared/wire/protocol.ts'
import { createJournal } from '../../../client/live/journal.svelte.ts'
import { createOutbox } from '../../../client/live/outbox.ts'
import { LiveSession } from '../../../client/live/session.svelte.ts'
import { deviceStorage, memoryStorage, type Storage } from '../../../client/live/storage.ts'
import { until } from '../../support/until.ts'
import { FakeLine, wire } from './fake-line.ts'

let line: FakeLine
vi.mock('socket.io-client', () => ({ io: () => wire.line }))

const pages: LiveSession[] = []
beforeEach(() => { wire.line = line = new FakeLine() })
afterEach(() => { for (const page of pages.splice(0)) page.close() })

/** A page of the phone, on a line of its own; the old page's line is gone, as after a reload. */
function open(storage: Storage, fresh?: FakeLine): LiveSession {
  if (fresh !== undefined) wire.line = line = fresh
  const page = new LiveSession({ audience: 'everyone', session: 's1', auth: { v: PROTOCOL, door: 'phone', token: 't', veil: 'v' }, storage, journal: createJournal(storage, 's1'), lang: () => 'en' })
  pages.push(page)
  return page
}

const write = (text: string) => ({ type: 'write', text })
const texts = (acts: Act[]) => acts.map((act) => act.do.text)
const inBox = (storage: Storage) => storage.keys('gw/s1/out/').map((key) => (JSON.parse(storage.get(key) ?? '') as Act).do.text)

describe('the outbox', () => {
  test('OB1 is written before anything is sent, and emptied only by the answer', async () => {
    const storage = memoryStorage()
    const page = open(storage)
    line.connect()
    let atSending: unknown[] = []
    line.fate = () => {
      atSending = inBox(storage)
      return 'answered'
    }
    const answer = page.act('step', write('kept'))
    expect(page.sending('step')).toBe('saving')
    expect(await answer).toEqual({ ok: true, at: 1 })
    expect(atSending).toEqual(['kept'])
    expect(inBox(storage)).toEqual([])
    expect(page.sending('step')).toBe('saved')
  })

  test('OB2 without a line it keeps everything, says so, and sends it in order when there is one', async () => {
    const storage = memoryStorage()
    const page = open(storage)
    const answers = ['one', 'two', 'three'].map((text) => page.act('step', write(text)))
    expect(line.sent).toEqual([])
    expect(page.waiting).toBe(3)
    expect(page.sending('step')).toBe('waiting')
    line.connect()
    await Promise.all(answers)
    expect(texts(line.effects)).toEqual(['one', 'two', 'three'])
    expect(page.waiting).toBe(0)
  })

  test('OB3 an answer that was lost is asked for again with the same id, and the act counts once', async () => {
    const page = open(memoryStorage())
    line.connect()
    let lost = 0
    line.fate = () => ((lost += 1) <= 3 ? 'unheard' : 'answered')
    expect(await page.act('step', write('once'))).toMatchObject({ ok: true })
    expect(line.sent).toHaveLength(4)
    expect(new Set(line.sent.map(({ id }) => id)).size).toBe(1)
    expect(texts(line.effects)).toEqual(['once'])
  })

  test('OB4 survives a reload: the next page sends what the last one could not, once and in order', async () => {
    const storage = deviceStorage(localStorage)
    localStorage.clear()
    const before = open(storage)
    line.connect()
    line.fate = (act) => (act.do.text === 'two' ? 'unheard' : 'answered')
    await before.act('step', write('one'))
    void before.act('step', write('two'))
    await until(() => texts(line.effects).includes('two'))
    const { effects } = line
    line.cut = true
    line.disconnect()
    void before.act('step', write('three'))
    before.close()

    const after = open(deviceStorage(localStorage), Object.assign(new FakeLine(), { effects }))
    line.connect()
    await until(() => after.waiting === 0)
    expect(texts(line.effects)).toEqual(['one', 'two', 'three'])
    expect(inBox(storage)).toEqual([])
  })

  test('OB5 "too fast" and "storage" are asked again, unchanged, before what came after', async () => {
    const page = open(memoryStorage())
    line.connect()
    let refusals = 0
    line.answer = () => ((refusals += 1) === 1 ? { ok: false, code: 'storage' } : { ok: true, at: 1 })
    await Promise.all([page.act('step', write('first')), page.act('step', write('second'))])
    expect(texts(line.sent)).toEqual(['first', 'first', 'second'])
    expect(line.sent[0]?.id).toBe(line.sent[1]?.id)
  })

  test('F1 OB4 a page that is opened anew knows what waits on the device until it is answered: here, or to another tab', async () => {
    const storage = memoryStorage()
    void open(storage).act('step', write('before the reload'))
    const after = open(storage, new FakeLine())
    expect(after.flying('step', 'write')).toEqual(['before the reload'])
    expect([after.flying('step', 'behalf'), after.flying('other', 'write')]).toEqual([[], []])
    expect(after.sending('step')).toBe('saving')
    const other = open(storage, new FakeLine())
    line.connect()
    await until(() => other.flying('step', 'write').length === 0)
    expect(other.sending('step')).toBe('saved')
    expect(after.flying('step', 'write')).toEqual(['before the reload'])
    after.retry()
    await until(() => after.flying('step', 'write').length === 0)
    expect(after.sending('step')).toBeUndefined()
  })

  test('F1 OB1 a page that was ended between keeping an act and emptying its field leaves the words once; other drafts stay', () => {
    const storage = memoryStorage()
    const before = open(storage)
    before.draft('step/write').text = ' said once '
    before.draft('other/write').text = 'said once'
    void before.act('step', write('said once'))
    const after = open(storage, new FakeLine())
    expect(after.flying('step', 'write')).toEqual(['said once'])
    expect([after.draft('step/write').text, after.draft('other/write').text]).toEqual(['', 'said once'])
    after.draft('step/write').text = 'and one more'
    expect(open(storage, new FakeLine()).draft('step/write').text).toBe('and one more')
  })

  test('OB6 a no that is final is told to who asked, and not sent again', async () => {
    const page = open(memoryStorage())
    line.connect()
    line.answer = () => ({ ok: false, code: 'locked' })
    expect(await page.act('step', write('late'))).toEqual({ ok: false, code: 'locked' })
    expect(page.sending('step')).toBe('refused')
    expect(line.sent).toHaveLength(1)
    expect(page.refusedWords).toEqual([])
  })

  test('OB7 words refused after their page was gone are kept to be copied, over reloads, until let go', async () => {
    const storage = memoryStorage()
    void open(storage).act('step', write('too late for this one'))
    const after = open(storage, new FakeLine())
    line.answer = () => ({ ok: false, code: 'ended' })
    line.connect()
    await until(() => after.refusedWords.length === 1)
    const again = open(storage, new FakeLine())
    expect(again.refusedWords.map(({ text }) => text)).toEqual(['too late for this one'])
    again.forgetRefused(again.refusedWords[0]?.id ?? '')
    expect(open(storage, new FakeLine()).refusedWords).toEqual([])
  })

  test('OB8 what is larger than a frame is refused before it is sent or kept, since it would close the line again and again', async () => {
    const storage = memoryStorage()
    const page = open(storage)
    line.connect()
    for (const text of ['x'.repeat(FRAME_BYTES), '👩‍👩‍👧‍👦'.repeat(1_000)]) expect(await page.act('step', write(text))).toEqual({ ok: false, code: 'too-big' })
    expect(line.sent).toEqual([])
    expect(inBox(storage)).toEqual([])
    expect(await page.act('step', write('x'.repeat(2_000)))).toMatchObject({ ok: true })
  })

  test('OB9 a device without room keeps it on the page, and it still arrives', async () => {
    const full = { ...localStorageLike(), setItem: () => { throw new DOMException('full', 'QuotaExceededError') } }
    const page = open(deviceStorage(full))
    const answer = page.act('step', write('no room'))
    expect(page.waiting).toBe(1)
    line.connect()
    expect(await answer).toMatchObject({ ok: true })
    expect(page.waiting).toBe(0)
  })

  test('OB3 OB4 whatever the line does, everything arrives once and in order', async () => {
    await fc.assert(fc.asyncProperty(
      fc.array(fc.constantFrom('lost' as const, 'unheard' as const, 'answered' as const), { maxLength: 12 }),
      fc.integer({ min: 1, max: 6 }),
      fc.integer({ min: 0, max: 6 }),
      async (fates, acts, reloadAfter) => {
        const storage = memoryStorage()
        const next = () => Object.assign(new FakeLine(), { fate: () => fates.shift() ?? 'answered' })
        let page = open(storage, next())
        line.connect()
        for (let i = 0; i < acts; i += 1) {
          void page.act('step', write(`act ${i}`))
          if (i !== reloadAfter) continue
          const { effects } = line
          line.cut = true
          line.disconnect()
          page.close()
          page = open(storage, Object.assign(next(), { effects: [...effects] }))
          line.connect()
        }
        await until(() => page.waiting === 0 && inBox(storage).length === 0)
        expect(texts(line.effects)).toEqual(Array.from({ length: acts }, (_, i) => `act ${i}`))
        page.close()
      },
    ), { numRuns: 60 })
  })
})

test('OB2 what is written later comes later, also where the device’s clock was set back in between', () => {
  fc.assert(fc.property(fc.array(fc.integer({ min: 0, max: 4_000_000_000_000 }), { minLength: 1, maxLength: 12 }), (times) => {
    const storage = memoryStorage()
    // A new box each time, as after a reload.
    for (const [i, now] of times.entries()) createOutbox(storage, 's1', () => now).add({ id: `id-${String(times.length - i).padStart(20, '0')}`, do: { type: 'write', text: String(i) } })
    const waiting = createOutbox(storage, 's1', Date.now).waiting()
    expect(waiting.map((act) => Number(act.do.text))).toEqual(times.map((_, i) => i))
  }))
})

describe('a draft', () => {
  test('DR1 is on the device from the first letter on, comes back after a reload, and goes when it is emptied', () => {
    const storage = memoryStorage()
    const page = open(storage)
    page.draft('step/text').text = 'half a tho'
    expect(open(storage).draft('step/text').text).toBe('half a tho')
    expect(open(storage).drafts.keys).toEqual(['step/text'])
    page.draft('step/text').text = ''
    expect(storage.keys('gw/s1/draft/')).toEqual([])
    expect(open(storage).draft('step/text').text).toBe('')
  })

  test('DR2 and outbox are gone from the device when it forgets the session', () => {
    const storage = memoryStorage()
    const page = open(storage)
    page.draft('step/text').text = 'words'
    void page.act('step', write('more words'))
    page.purge()
    expect(storage.keys('gw/s1/').map((key) => storage.get(key)).join()).not.toContain('words')
  })
})

function localStorageLike(): globalThis.Storage {
  return { length: 0, clear: () => undefined, getItem: () => null, key: () => null, removeItem: () => undefined, setItem: () => undefined }
}
