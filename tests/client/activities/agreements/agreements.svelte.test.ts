import { screen, within } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { describe, expect, test, vi } from 'vitest'
import { agreements } from '#shared/activities/agreements/agreements.ts'
import type { AgreementsConfig } from '#shared/activities/agreements/model.ts'
import { agreements as template } from '#shared/templates/smart-goals/agreements.ts'
import Console from '../../../../client/activities/agreements/Console.svelte'
import Editor from '../../../../client/activities/agreements/Editor.svelte'
import Phone from '../../../../client/activities/agreements/Phone.svelte'
import Screen from '../../../../client/activities/agreements/Screen.svelte'
import Standing from '../../../../client/activities/agreements/Standing.svelte'
import Strip from '../../../../client/activities/agreements/Strip.svelte'
import { en, es } from '../../../../client/messages/agreements.ts'
import { surfaces } from '../../support/surface.svelte.ts'

/** The room after its fourth agreement. */
function asked() {
  const room = surfaces(agreements, template)
  for (let i = 0; i < 4; i += 1) room.go('next')
  return room
}

describe('one at a time', () => {
  test('the screen shows one at full size, with local words and whose it is', () => {
    const room = surfaces(agreements, template)
    room.screen(Screen)
    expect(screen.getByRole('heading', { name: 'Experience discomfort' })).toBeVisible()
    room.go('next')
    room.go('next')
    expect(screen.getByRole('heading', { name: 'Speak your truth' })).toBeVisible()
    expect(screen.getByText('Here: with mercy')).toBeVisible()
    expect(screen.getByText(/^Agreement 3 of 4 · .*Singleton & Linton, 2006/)).toBeVisible()
    expect(screen.getAllByRole('heading')).toHaveLength(1)
  })

  test('the screen has name and text in both languages', () => {
    surfaces(agreements, template).screen(Screen, { both: true })
    expect(screen.getByText('Vivir la incomodidad')).toBeVisible()
    expect(screen.getByText(template.agreements['discomfort']?.text.es ?? '')).toBeVisible()
  })

  test('the phone follows, in its own language, and asks nothing yet', () => {
    const room = surfaces(agreements, template)
    room.phone(Phone, 'ana', { lang: 'es' })
    expect(screen.getByRole('heading', { name: 'Vivir la incomodidad' })).toBeVisible()
    room.go('next')
    expect(screen.getByRole('heading', { name: 'Esperar y aceptar que no todo se cierre' })).toBeVisible()
    expect(screen.queryByRole('radio')).toBeNull()
  })

  test('after the fourth the screen shows them all, without an answer', () => {
    const room = asked()
    room.screen(Screen)
    expect(screen.getAllByRole('heading', { level: 3 }).map((one) => one.textContent)).toHaveLength(4)
    expect(screen.getByText(en.onPhones)).toBeVisible()
  })
})

describe('the private answer', () => {
  test('is given, changed, and kept for one’s own copy', async () => {
    const room = asked()
    room.phone(Phone, 'ana')
    expect(screen.getByText(new RegExp(en.private.slice(0, 30)))).toBeVisible()
    await userEvent.click(screen.getByRole('radio', { name: en.work }))
    expect(room.room.mine('ana')).toEqual({ choice: 'work' })
    await userEvent.click(screen.getByRole('radio', { name: en.talk }))
    expect(room.room.mine('ana')).toEqual({ choice: 'talk' })
    expect(screen.getByRole('radio', { name: en.talk })).toBeChecked()
    expect(room.journal.get('step/choice')).toEqual({ title: en.agreements, prompt: en.question, text: en.talk })
  })

  test('is one’s own again after a reload', () => {
    const room = asked()
    room.room.person('ana', { type: 'choose', choice: 'talk' })
    room.phone(Phone, 'ana')
    expect(screen.getByRole('radio', { name: en.talk })).toBeChecked()
  })

  test('cannot be given once the step is locked', () => {
    asked().phone(Phone, 'ana', { locked: true })
    for (const radio of screen.getAllByRole('radio')) expect(radio).toBeDisabled()
  })

  test('the console learns "some" once enough have answered and three of them want to talk', () => {
    const room = asked()
    room.console(Console)
    expect(screen.getByText(en.notYet)).toBeVisible()
    for (const [at, name] of ['ana', 'ben', 'cleo', 'dia', 'eva'].entries()) {
      room.room.person(name, { type: 'choose', choice: at < 3 ? 'talk' : 'work' })
      room.changed()
      expect(screen.queryByText(en.someTalk) !== null).toBe(at === 4)
    }
    expect(document.body.textContent).not.toMatch(/\b3\b/)
  })
})

test('the console shows any of them, and asks', async () => {
  const room = surfaces(agreements, template)
  room.console(Console)
  await userEvent.click(screen.getByRole('button', { name: 'Show “Stay engaged”' }))
  expect(room.room.view('screen').at).toBe('engaged')
  expect(screen.getByText('The screen shows: Stay engaged')).toBeVisible()
  await userEvent.click(screen.getByRole('button', { name: en.showAll }))
  expect(room.room.state.asking).toBe(true)
  expect(screen.getByText(en.showingAll)).toBeVisible()
})

describe('at hand afterwards', () => {
  function standing() {
    const room = asked()
    room.room.around.currentStep = 'later'
    return { room, view: () => ({ view: agreements.views.standing?.(room.room.state, room.room.around) }) }
  }

  test('four short names along the edge of the screen', () => {
    const { room, view } = standing()
    room.show(Strip, view, { lang: 'es' })
    const names = within(screen.getByRole('list', { name: es.agreements })).getAllByRole('listitem')
    expect(names.map((name) => name.textContent)).toEqual(Object.values(template.agreements).map((one) => one.name.es))
  })

  test('names, texts and the answer to change, on the phone', async () => {
    const { room, view } = standing()
    room.room.person('ana', { type: 'choose', choice: 'work' })
    room.show(Standing, view, {}, 'ana')
    expect(screen.getAllByRole('heading').map((one) => one.textContent)).toEqual(Object.values(template.agreements).map((one) => one.name.en))
    expect(screen.getByText('Here: with mercy')).toBeVisible()
    expect(screen.getByRole('radio', { name: en.work })).toBeChecked()
    await userEvent.click(screen.getByRole('radio', { name: en.talk }))
    expect(room.room.mine('ana')).toEqual({ choice: 'talk' })
  })

  test('asks nothing on the phone if the room was never asked', () => {
    const room = surfaces(agreements, template)
    room.room.around.currentStep = 'later'
    room.show(Standing, () => ({ view: agreements.views.standing?.(room.room.state, room.room.around) }), {}, 'ana')
    expect(screen.queryByRole('radio')).toBeNull()
  })
})

test('the editor takes local words in and out', async () => {
  const change = vi.fn<(config: AgreementsConfig) => void>()
  surfaces(agreements, template).show(Editor, () => ({ config: template, langs: ['es'], change }))
  await userEvent.click(screen.getByText('Speak your truth'))
  const local = screen.getAllByRole('textbox', { name: en.editor.local })[2]!
  await userEvent.clear(local)
  expect(change.mock.lastCall?.[0].agreements['truth']?.local).toEqual({ en: 'Here: with mercy' })
  await userEvent.click(screen.getByRole('button', { name: 'Move Speak your truth up' }))
  expect(change.mock.lastCall?.[0].agreements).toMatchObject({ truth: { order: 1 }, 'non-closure': { order: 2 } })
})
