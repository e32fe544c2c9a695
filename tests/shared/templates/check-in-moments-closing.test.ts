import { Compile } from 'typebox/compile'
import { describe, expect, test } from 'vitest'
import { CheckInConfig } from '#shared/activities/check-in/model.ts'
import { ClosingConfig } from '#shared/activities/closing/model.ts'
import { MomentsConfig } from '#shared/activities/moments/model.ts'
import { WEATHERS } from '#shared/sky/sky.ts'
import { closingWeather, weather } from '#shared/templates/smart-goals/check-in.ts'
import { closing } from '#shared/templates/smart-goals/closing.ts'
import { moments } from '#shared/templates/smart-goals/moments.ts'

test.each([
  ['weather', CheckInConfig, weather],
  ['closing weather', CheckInConfig, closingWeather],
  ['moments', MomentsConfig, moments],
  ['closing', ClosingConfig, closing],
])('session A’s %s is a plan that the kind can run', (_name, schema, config) => {
  expect([...Compile(schema).Errors(config)]).toEqual([])
})

test('every text stands in English and in Spanish', () => {
  const gaps: string[] = []
  const visit = (value: unknown, path: string): void => {
    if (typeof value !== 'object' || value === null) return
    if ('en' in value !== 'es' in value) gaps.push(path)
    for (const [key, child] of Object.entries(value)) visit(child, `${path}.${key}`)
  }
  for (const [name, config] of Object.entries({ weather, closingWeather, moments, closing })) visit(config, name)
  expect(gaps).toEqual([])
})

describe('emotional weather', () => {
  test('has the source’s seven and a sunny one, each of which can be drawn, and is compared with itself', () => {
    expect(Object.keys(weather.weathers).sort()).toEqual([...WEATHERS].sort())
    expect(weather.weathers['stormy']?.feelings.en).toBe('angry, frustrated')
    expect(closingWeather.then).toBe('weather')
    expect(closingWeather.weathers).toEqual(weather.weathers)
  })
})
