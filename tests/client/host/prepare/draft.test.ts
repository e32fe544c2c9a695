import { expect, test } from 'vitest'
import { smartGoals } from '#shared/templates/smart-goals/plan.ts'
import { forgetDraft, keepDraft, readDraft } from '../../../../client/host/prepare/draft.ts'
import { memoryStorage } from '../../../../client/live/storage.ts'

test('a plan’s changes come back on the same device, for their own session, until they are forgotten', () => {
  const storage = memoryStorage()
  keepDraft(storage, 'a', { seen: '"1"', plan: smartGoals })
  expect(readDraft(storage, 'a')).toEqual({ seen: '"1"', plan: smartGoals })
  expect(readDraft(storage, 'b')).toBeUndefined()
  forgetDraft(storage, 'a')
  expect(readDraft(storage, 'a')).toBeUndefined()
})

test.each(['', 'not json', '{}', '{"seen":"1"}', '{"seen":1,"plan":{"steps":{}}}', '{"seen":"1","plan":null}'])('%j on the device is passed over', (left) => {
  const storage = memoryStorage()
  storage.set('gw/plan/a', left)
  expect(readDraft(storage, 'a')).toBeUndefined()
})
