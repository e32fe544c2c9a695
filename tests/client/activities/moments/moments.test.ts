import { screen } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { describe, expect, test, vi } from 'vitest'
import type { MomentsConfig } from '#shared/activities/moments/model.ts'
import { moments } from '#shared/activities/moments/moments.ts'
import { consoleView, standingView } from '#shared/activities/moments/views.ts'
import { moments as template } from '#shared/templates/smart-goals/moments.ts'
import Editor from '../../../../client/activities/moments/Editor.svelte'
import Phone from '../../../../client/activities/moments/Phone.svelte'
import Screen from '../../../../client/activities/moments/Screen.svelte'
import Standing from '../../../../client/activities/moments/Standing.svelte'
import Steps from '../../../../client/activities/moments/Steps.svelte'
import Strip from '../../../../client/activities/moments/Strip.svelte'
import { en } from '../../../../client/messages/moments.ts'
import { surfaces } from '../../support/surface.svelte.ts'

/** The introducing step is over, and so many people marked in it. */
function over(people: number) {
  const room = surfaces(moments, template)
  for (let i = 0; i < people; i += 1) room.room.person(`p${i}`, { type: 'mark', moment: 'validation', support: 'self' })
  room.room.around.currentStep = 'later'
  room.room.around.steps = {
    step: { order: 0, kind: 'moments', title: { en: 'Moments' }, started: true, over: true },
    later: { order: 1, kind: 'answers', title: { en: 'Change' }, started: true, over: false },
  }
  return room
}

describe('on a phone', () => {
  test('which, then whom it moves me to support: two taps mark it', async () => {
    const room = surfaces(moments, template)
    room.phone(Phone, 'ana')
    await userEvent.click(screen.getByRole('button', { name: /^Reminding/ }))
    expect(room.room.events).toHaveLength(0)
    expect(screen.getByText(template.question.en ?? '')).toBeVisible()
    await userEvent.click(screen.getByRole('button', { name: en.others }))
    expect(Object.values(room.room.mine('ana')?.marks ?? {})).toEqual([{ order: 0, moment: 'reminding', support: 'others' }])
    expect(screen.getByText(en.ideas.others)).toBeVisible()
    expect([...room.journal.values()]).toEqual([{ title: en.title, prompt: '', text: 'Reminding, to support others' }])
  })

  test('a mark is undone, also in one’s own copy', async () => {
    const room = surfaces(moments, template)
    room.phone(Phone, 'ana')
    await userEvent.click(screen.getByRole('button', { name: /^Validation/ }))
    await userEvent.click(screen.getByRole('button', { name: en.neither }))
    await userEvent.click(screen.getByRole('button', { name: en.undoLabel('Validation') }))
    expect(room.room.mine('ana')).toBeUndefined()
    expect(room.journal.size).toBe(0)
  })

  test('the six of a step are enough, and that is said', async () => {
    const room = surfaces(moments, template)
    for (let i = 0; i < 6; i += 1) room.room.person('ana', { type: 'mark', moment: 'validation' })
    room.phone(Phone, 'ana')
    expect(screen.getByText(en.full)).toBeVisible()
    expect(screen.queryByRole('button', { name: /^Reminding/ })).toBeNull()
  })

  test('it says who will see it before anything is marked, with this room’s threshold', () => {
    surfaces(moments, template).phone(Phone, 'ana', { view: { k: 7 } })
    expect(screen.getByText(en.whoSees(7))).toBeVisible()
  })

  test('it stays at hand in later steps', async () => {
    const room = over(1)
    room.show(Standing, () => ({ view: standingView(room.room.state, room.room.around), step: 'step' }), {}, 'ana')
    await userEvent.click(screen.getByRole('button', { name: /^New information/ }))
    await userEvent.click(screen.getByRole('button', { name: en.self }))
    expect(Object.keys(room.room.state.steps)).toEqual(['step', 'later'])
  })
})

describe('on the screen', () => {
  test('the four kinds with their hints', () => {
    surfaces(moments, template).screen(Screen)
    expect(screen.getAllByRole('listitem')).toHaveLength(4)
    expect(screen.getByText('I knew it once, and had let it slip.')).toBeVisible()
  })

  test('nothing of any step unless it is shown on purpose, and then in words', () => {
    const room = over(6)
    room.show(Strip, () => ({ view: standingView(room.room.state, room.room.around) }))
    expect(screen.queryByText(/Validation/)).toBeNull()
    room.room.facilitator({ type: 'show', step: 'step' })
    room.show(Strip, () => ({ view: standingView(room.room.state, room.room.around) }))
    const strip = screen.getByRole('region', { name: en.screenTitle('Moments') })
    expect(strip).toHaveTextContent('Validation: most')
    expect(strip.textContent).not.toMatch(/\d/)
  })
})

describe('on the console', () => {
  const steps = (room: ReturnType<typeof over>) =>
    room.show(Steps, () => ({ view: consoleView(room.room.state, room.room.around), step: 'step' }))

  test('a step is looked at before it is shown', async () => {
    const room = over(6)
    steps(room)
    expect(screen.queryByRole('button', { name: en.console.show })).toBeNull()
    await userEvent.click(screen.getByRole('button', { name: en.console.lookLabel('Moments') }))
    expect(screen.getByText(`${en.ofThose}; ${en.support.self}: ${en.amounts.most}`)).toBeVisible()
    await userEvent.click(screen.getByRole('button', { name: en.console.show }))
    expect(room.room.state.shown).toBe('step')
  })

  test('a step of few people cannot be looked at', () => {
    steps(over(4))
    expect(screen.getByText(en.console.few)).toBeVisible()
    expect(screen.queryByRole('button', { name: en.console.lookLabel('Moments') })).toBeNull()
  })
})

describe('prepared', () => {
  test('a new moment takes the ink that is used least', async () => {
    const change = vi.fn<(config: MomentsConfig) => void>()
    const { disequilibrium: _, ...three } = template.moments
    surfaces(moments, template).show(Editor, () => ({ config: { ...template, moments: three }, langs: ['en', 'es'], change }))
    await userEvent.click(screen.getByRole('button', { name: en.editor.add }))
    expect(change.mock.lastCall?.[0].moments['moment-1']).toEqual({ order: 3, name: {}, hint: {}, ink: 4 })
    await userEvent.click(screen.getByRole('button', { name: en.editor.up('Reminding') }))
    expect(change.mock.lastCall?.[0].moments['reminding']?.order).toBe(0)
  })
})
