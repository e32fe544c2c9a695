import { screen, within } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { checkIn } from '#shared/activities/check-in/check-in.ts'
import type { CheckInConfig } from '#shared/activities/check-in/model.ts'
import { closingWeather, weather } from '#shared/templates/smart-goals/check-in.ts'
import Console from '../../../../client/activities/check-in/Console.svelte'
import Editor from '../../../../client/activities/check-in/Editor.svelte'
import Phone from '../../../../client/activities/check-in/Phone.svelte'
import Screen from '../../../../client/activities/check-in/Screen.svelte'
import { en, es } from '../../../../client/messages/check-in.ts'
import { surfaces } from '../../support/surface.svelte.ts'

// jsdom cannot animate: whoever asks for less motion gets cuts.
beforeAll(() => {
  vi.stubGlobal('matchMedia', () => ({ matches: true }))
})

function answered(count: number, of = 'foggy') {
  const room = surfaces(checkIn, weather)
  for (let i = 0; i < count; i += 1) room.room.person(`p${i}`, { type: 'answer', weather: of })
  return room
}

describe('on a phone', () => {
  test('one tap answers, and another changes it', async () => {
    const room = surfaces(checkIn, weather)
    room.phone(Phone, 'ana')
    expect(screen.getAllByRole('radio')).toHaveLength(9)
    await userEvent.click(screen.getByRole('radio', { name: 'Foggy' }))
    expect(room.room.mine('ana')).toEqual({ weather: 'foggy' })
    await userEvent.click(screen.getByRole('radio', { name: en.unsaid }))
    expect(room.room.mine('ana')).toEqual({ weather: 'unsaid' })
    expect(screen.getByRole('radio', { name: en.unsaid })).toBeChecked()
    expect(room.journal.get('step/weather')?.text).toBe(en.unsaid)
  })

  test('the feelings stand under each weather, in the phone’s own language', () => {
    surfaces(checkIn, weather).phone(Phone, 'ana', { lang: 'es' })
    expect(screen.getByRole('radio', { name: 'Tormentoso' })).toHaveAccessibleDescription('enojo, frustración')
  })

  test('the second question comes after the first, and its answer is sent to nobody', async () => {
    const room = surfaces(checkIn, weather)
    room.phone(Phone, 'ana')
    expect(screen.queryByLabelText(en.ownWords)).toBeNull()
    await userEvent.click(screen.getByRole('radio', { name: 'Windy' }))
    const events = room.room.events.length
    expect(screen.getByText(en.staysHere)).toBeVisible()
    await userEvent.type(screen.getByLabelText(en.ownWords), 'Walk a little')
    expect(room.room.events).toHaveLength(events)
    expect(room.journal.get('step/second')).toEqual({ title: 'The step', prompt: weather.second?.en, text: 'Walk a little' })
    await userEvent.clear(screen.getByLabelText(en.ownWords))
    expect(room.journal.has('step/second')).toBe(false)
  })

  test('an idea is taken by a tap', async () => {
    const room = surfaces(checkIn, weather)
    room.phone(Phone, 'ana')
    await userEvent.click(screen.getByRole('radio', { name: 'Windy' }))
    await userEvent.click(screen.getByText(en.ideas))
    await userEvent.click(screen.getByRole('button', { name: 'Breathe out slowly, three times.' }))
    expect(screen.getByLabelText(en.ownWords)).toHaveValue('Breathe out slowly, three times.')
  })

  test('locked, nothing can be chosen', () => {
    surfaces(checkIn, weather).phone(Phone, 'ana', { locked: true })
    for (const radio of screen.getAllByRole('radio')) expect(radio).toBeDisabled()
  })

  test('after the reveal the sky stands there with its sentence', () => {
    const room = answered(6)
    room.phone(Phone, 'p0')
    expect(screen.queryByRole('img')).toBeNull()
    room.room.facilitator({ type: 'reveal' })
    room.changed()
    expect(screen.getByRole('img', { name: 'Most of us: foggy.' })).toBeVisible()
    expect(screen.getByText(en.mine('Foggy'))).toBeVisible()
  })
})

describe('on the screen', () => {
  test('the sky is veiled until it is revealed; then its sentence stands in words', () => {
    const room = answered(6)
    room.screen(Screen)
    expect(screen.getByRole('img', { name: en.veiledSky })).toBeVisible()
    room.room.facilitator({ type: 'reveal' })
    room.changed()
    expect(screen.getByText('Most of us: foggy.')).toBeVisible()
  })

  test('revealed too early it says what it waits for, without a number', () => {
    const room = answered(3)
    room.room.facilitator({ type: 'reveal' })
    room.screen(Screen)
    expect(screen.getByText(en.needsMore).textContent).not.toMatch(/\d/)
  })

  test('the sentence stands in both languages if the host wants', () => {
    const room = answered(6)
    room.room.facilitator({ type: 'reveal' })
    room.screen(Screen, { both: true })
    expect(screen.getByText(/Most of us: foggy\.\s+La mayoría: con niebla\./u)).toBeVisible()
  })

  test('then and now are two skies of equal size', () => {
    const first = answered(6)
    first.room.facilitator({ type: 'reveal' })
    const room = surfaces(checkIn, closingWeather, { stateOf: () => first.room.state })
    for (let i = 0; i < 6; i += 1) room.room.person(`p${i}`, { type: 'answer', weather: 'rainbow' })
    room.room.facilitator({ type: 'reveal' })
    room.screen(Screen)
    const boxes = screen.getAllByRole('img').map((sky) => sky.getAttribute('viewBox'))
    expect(boxes).toHaveLength(2)
    expect(boxes[0]).toBe(boxes[1])
    expect(screen.getByText(en.start)).toBeVisible()
    expect(screen.getByText(en.end)).toBeVisible()
  })
})

describe('on the console', () => {
  test('it says whether enough have answered, steps the number, reveals and veils', async () => {
    const room = answered(7)
    room.console(Console)
    expect(screen.getByText(new RegExp(`${en.enough}.*${en.answered(5)}`, 's'))).toBeVisible()
    await userEvent.click(screen.getByRole('button', { name: en.reveal }))
    expect(room.room.state.revealed).toBe(true)
    expect(screen.getByText('Most of us: foggy.')).toBeVisible()
    await userEvent.click(screen.getByRole('button', { name: en.veil }))
    expect(room.room.state.revealed).toBe(false)
  })

  test('with too few there is no number at all', () => {
    answered(4).console(Console, { lang: 'es' })
    expect(screen.getByText(es.notEnough)).toBeVisible()
    expect(screen.queryByText(/\d/)).toBeNull()
  })
})

describe('prepared', () => {
  function edit(config: CheckInConfig) {
    const change = vi.fn<(config: CheckInConfig) => void>()
    surfaces(checkIn, weather).show(Editor, () => ({ config, langs: ['en'], change }))
    return { change, last: () => change.mock.lastCall?.[0] as CheckInConfig }
  }

  test('weathers change places, go and come by buttons', async () => {
    const { last } = edit(weather)
    await userEvent.click(screen.getByRole('button', { name: en.editor.down('Cloudy') }))
    expect([last().weathers['cloudy']?.order, last().weathers['foggy']?.order]).toEqual([1, 0])
    await userEvent.click(screen.getByRole('button', { name: en.editor.remove('Sunny') }))
    expect(last().weathers).not.toHaveProperty('sunny')
    await userEvent.click(screen.getByRole('button', { name: en.editor.add }))
    expect(last().weathers['own-1']).toEqual({ order: 8, name: {}, feelings: {} })
  })

  test('a weather of ours that was taken out can come back with its names', async () => {
    const { sunny: _, ...weathers } = weather.weathers
    const { last } = edit({ ...weather, weathers })
    await userEvent.selectOptions(screen.getByLabelText(en.editor.addWhich), 'sunny')
    await userEvent.click(screen.getByRole('button', { name: en.editor.add }))
    expect(last().weathers['sunny']?.name).toEqual({ en: 'Sunny', es: 'Soleado' })
  })

  test('two weathers are the fewest, and an emptied second question is none', async () => {
    const { foggy, windy } = weather.weathers
    const { last } = edit({ question: weather.question, weathers: { foggy, windy } as CheckInConfig['weathers'], second: { en: '?' } })
    expect(screen.getByRole('button', { name: en.editor.remove('Foggy') })).toBeDisabled()
    await userEvent.clear(screen.getByLabelText(en.editor.second))
    expect(last()).not.toHaveProperty('second')
  })

  test('names and feelings are edited under each weather', async () => {
    const { last } = edit({ ...weather, weathers: { foggy: weather.weathers['foggy'], windy: weather.weathers['windy'] } as CheckInConfig['weathers'] })
    await userEvent.click(screen.getByText('Foggy'))
    await userEvent.type(within(screen.getByRole('group', { name: en.editor.weathers })).getAllByLabelText(en.editor.feelings)[0] as HTMLElement, '!')
    expect(last().weathers['foggy']?.feelings.en).toBe('confused, depressed!')
  })
})
