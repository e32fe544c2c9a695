import { describe, expect, test } from 'vitest'
import { welcome } from '#shared/activities/welcome/welcome.ts'
import type { WelcomeConfig } from '#shared/activities/welcome/model.ts'
import { parse } from '#shared/wire/parse.ts'
import { welcome as template } from '#shared/templates/smart-goals/welcome.ts'
import { markdown } from '#shared/markdown/parse.ts'
import { stage } from '../../../support/stage.ts'
import { config } from './arbitrary.ts'

const opening = { en: markdown('# Equity is not equality'), es: markdown('# Equidad no es igualdad') }

/** Goes on as the session's flow does; false once the step is left. */
function go(room: ReturnType<typeof begin>, way: 'next' | 'back'): boolean {
  const event = welcome[way]?.(room.state, room.around)
  if (event !== undefined) welcome.evolve(room.state, event)
  return event !== undefined
}

const begin = (own: WelcomeConfig = config) => stage(welcome, own)

describe('from the door to the opening slide', () => {
  test('WE1 next shows the opening slide, next again leaves, back returns to the door', () => {
    const room = begin()
    expect(room.view('screen').showing).toBe('door')
    expect(go(room, 'back')).toBe(false)
    expect(go(room, 'next')).toBe(true)
    expect(room.view('screen')).toEqual({ showing: 'opening', opening })
    expect(go(room, 'next')).toBe(false)
    expect(go(room, 'back')).toBe(true)
    expect(room.view('screen')).toEqual({ showing: 'door' })
  })

  test.each([[{}], [{ opening: {} }], [{ opening: { en: ' \n' } }]])('WE1 without an opening slide (%j) next leaves at once', (own) => {
    const room = begin(own)
    expect(go(room, 'next')).toBe(false)
    expect(room.facilitator({ type: 'show', what: 'opening' })).toBe('not-found')
  })

  test('WE2 a facilitator shows either by hand, once', () => {
    const room = begin()
    expect(room.facilitator({ type: 'show', what: 'door' })).toBe('already')
    expect(room.facilitator({ type: 'show', what: 'opening' })).toBeUndefined()
    expect(room.facilitator({ type: 'show', what: 'opening' })).toBe('already')
    expect(room.facilitator({ type: 'show', what: 'door' })).toBeUndefined()
    expect(room.events).toEqual([{ type: 'opening-shown' }, { type: 'door-shown' }])
  })

  test('WE2 if the plan loses its opening slide, the door is shown again', () => {
    const room = begin()
    go(room, 'next')
    room.around.config = {}
    expect(room.view('screen')).toEqual({ showing: 'door' })
    expect(go(room, 'back')).toBe(false)
  })
})

describe('who sees what', () => {
  test('WE3 screen and phones get the opening slide only while it is shown, the console has it before', () => {
    const room = begin()
    expect(room.view('facilitator')).toEqual({ showing: 'door', opening })
    expect(room.view('everyone')).toEqual({ showing: 'door', greeting: { en: 'We are glad that you are here.' } })
    go(room, 'next')
    expect(room.view('everyone').opening).toEqual(opening)
  })
})

describe('the notes', () => {
  const steps = {
    later: { order: 2, kind: 'board', title: { en: 'Not reached' }, started: false, over: false },
    weather: { order: 1, kind: 'check-in', title: { en: 'Weather', es: 'Clima' }, started: true, over: false },
    step: { order: 0, kind: 'welcome', title: { en: 'Welcome', es: 'Bienvenida' }, started: true, over: true },
  }

  test('WE4 have nothing of the welcome until its opening words were shown', () => {
    const room = stage(welcome, config, { steps })
    expect(welcome.report(room.state, { ...room.around, lang: 'es' })).toEqual([])
  })

  test('WE4 have the opening words once they were shown', () => {
    const room = stage(welcome, config, { steps })
    go(room, 'next')
    go(room, 'back')
    expect(welcome.report(room.state, { ...room.around, lang: 'en' })[0]?.blocks[0]).toEqual({ type: 'heading', text: 'Equity is not equality' })
  })
})

test('the template’s config is one that a planner could have saved', () => {
  expect(parse(welcome.config, template)).toEqual({ value: template })
})
