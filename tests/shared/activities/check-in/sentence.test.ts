import { expect, test } from 'vitest'
import { skySentence, skyShares } from '#shared/activities/check-in/sentence.ts'
import { checkInReport } from '#shared/activities/check-in/report.ts'
import { checkIn } from '#shared/activities/check-in/check-in.ts'
import { skyOf, type Sky } from '#shared/sky/sky.ts'
import { stage } from '../../../support/stage.ts'
import { config } from './arbitrary.ts'

const sky = (counts: Record<string, number>) => skyOf(counts, 3) as Sky

test('the sky is told by how much of the room, the larger first', () => {
  expect(skySentence(sky({ foggy: 14, rainy: 4, windy: 3 }), config.weathers, 'en')).toBe('Most of us: foggy. Some of us: rainy, windy.')
  expect(skySentence(sky({ foggy: 5, rainy: 5 }), config.weathers, 'en')).toBe('Many of us: foggy, rainy.')
})

test('it is told in Spanish, with the weather’s English name where it has no other', () => {
  expect(skySentence(sky({ foggy: 5, rainy: 5 }), config.weathers, 'es')).toBe('Muchas personas: con niebla, rainy.')
})

test('weathers of few people are not named', () => {
  expect(skySentence(sky({ foggy: 12, rainy: 2, windy: 1 }), config.weathers, 'en')).toBe('Most of us: foggy. Some of us: several weathers.')
})

test('each share is told in tenths, a pool by a name of its own', () => {
  expect(skyShares(sky({ foggy: 12, rainy: 2, windy: 1 }), config.weathers, 'en')).toEqual([['Foggy', 'about 8 in 10'], ['Several weathers', 'about 2 in 10']])
  expect(skyShares(sky({ foggy: 5 }), config.weathers, 'en')).toEqual([['Foggy', 'the whole room, or nearly']])
})

test('the notes hold the sky that was shown, and say so where none was', () => {
  const room = stage(checkIn, config)
  for (const name of ['a', 'b', 'c', 'd', 'e']) room.person(name, { type: 'answer', weather: 'foggy' })
  const veiled = checkInReport(room.state, { ...room.around, lang: 'en' })
  expect(JSON.stringify(veiled)).toContain('stayed veiled')
  expect(JSON.stringify(veiled)).not.toContain('oggy')
  room.facilitator({ type: 'reveal' })
  const [section] = checkInReport(room.state, { ...room.around, lang: 'en' })
  expect(section?.title).toBe('The step')
  expect(section?.blocks[1]).toMatchObject({ type: 'skies', skies: [{ sentence: 'Most of us: foggy.' }] })
})
