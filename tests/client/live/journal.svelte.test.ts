import { flushSync } from 'svelte'
import { expect, test } from 'vitest'
import { createJournal } from '../../../client/live/journal.svelte.ts'
import { deviceStorage, memoryStorage } from '../../../client/live/storage.ts'

const entry = (text: string) => ({ title: 'Change', prompt: 'What might change feel like?', text })

test('what was kept survives a reload, in the order in which it was first kept', () => {
  localStorage.clear()
  const before = createJournal(deviceStorage(localStorage), 's1')
  before.keep('weather', 'weather', entry('Foggy'))
  before.keep('change', 'answer', entry('Slow, then all at once'))
  before.keep('weather', 'weather', entry('Hopeful'))
  const after = createJournal(deviceStorage(localStorage), 's1')
  expect(after.entries.map(({ step, text }) => [step, text])).toEqual([
    ['weather', 'Hopeful'],
    ['change', 'Slow, then all at once'],
  ])
})

test('two tabs of one phone share it, without a reload', () => {
  const storage = memoryStorage()
  const one = createJournal(storage, 's1')
  const other = createJournal(storage, 's1')
  one.keep('board', 'a', entry('From one'))
  other.keep('board', 'b', entry('From the other'))
  expect(one.entries.map(({ text }) => text)).toEqual(['From one', 'From the other'])
})

test('what is taken back is gone, and sessions do not mix', () => {
  const storage = memoryStorage()
  const mine = createJournal(storage, 's1')
  const other = createJournal(storage, 's2')
  mine.keep('board', 'a', entry('A card'))
  other.keep('board', 'a', entry('Another day'))
  mine.keep('board', 'a', undefined)
  expect(mine.entries).toEqual([])
  expect(other.entry('board', 'a')?.text).toBe('Another day')
})

test('purging leaves nothing of this session on the device', () => {
  const storage = memoryStorage()
  storage.set('gw/s1/draft/x', 'a draft')
  const journal = createJournal(storage, 's1')
  journal.keep('board', 'a', entry('A card'))
  journal.purge()
  expect(journal.entries).toEqual([])
  expect(storage.keys('')).toEqual(['gw/s1/draft/x'])
})

test('an entry that cannot be read is passed over', () => {
  const storage = memoryStorage()
  storage.set('gw/s1/journal/a/b', '{"step":"a"}')
  storage.set('gw/s1/journal/a/c', 'not json')
  const journal = createJournal(storage, 's1')
  journal.keep('a', 'd', entry('Whole'))
  expect(journal.entries.map(({ key }) => key)).toEqual(['d'])
})

test('a page that shows it follows what is kept', () => {
  const journal = createJournal(memoryStorage(), 's1')
  const seen: number[] = []
  const stop = $effect.root(() => {
    $effect(() => {
      seen.push(journal.entries.length)
    })
  })
  flushSync()
  journal.keep('a', 'b', entry('One'))
  flushSync()
  stop()
  expect(seen).toEqual([0, 1])
})
