import { screen, within } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { goalTree } from '#shared/activities/goal-tree/goal-tree.ts'
import type { GoalTreeConfig } from '#shared/activities/goal-tree/model.ts'
import { goalTree as template } from '#shared/templates/smart-goals/goal-tree.ts'
import Console from '../../../../client/activities/goal-tree/Console.svelte'
import Editor from '../../../../client/activities/goal-tree/Editor.svelte'
import Phone from '../../../../client/activities/goal-tree/Phone.svelte'
import Screen from '../../../../client/activities/goal-tree/Screen.svelte'
import * as criteria from '../../../../client/messages/criteria.ts'
import { en } from '../../../../client/messages/goal-tree.ts'
import { surfaces } from '../../support/surface.svelte.ts'

// jsdom lays nothing out, so it has no such thing; tests/client/activities/criteria/fit.test.ts resizes one.
beforeEach(() => vi.stubGlobal('ResizeObserver', class { observe() {} disconnect() {} }))
afterEach(() => vi.unstubAllGlobals())

const room = (config: GoalTreeConfig = template) => surfaces(goalTree, config, { anonymous: false })
const empty: GoalTreeConfig = { ...template, begin: 'empty' }
const GOAL = template.goal.sample.en ?? ''

describe.each([
  ['the screen', (it: ReturnType<typeof room>) => it.screen(Screen)],
  ['a phone', (it: ReturnType<typeof room>) => it.phone(Phone, 'ana')],
])('%s', (_name, shown) => {
  test('grows level by level', () => {
    const it = room()
    shown(it)
    expect(screen.getByText(template.why.en ?? '')).toBeInTheDocument()
    expect(screen.queryByText(GOAL)).toBeNull()
    it.go('next')
    expect(screen.getByText(GOAL)).toBeVisible()
    expect(screen.queryByText('Put a school climate plan to work.')).toBeNull()
    it.go('next')
    expect(screen.getByText('Put a school climate plan to work.')).toBeVisible()
    it.go('next')
    expect(screen.getByText(template.question?.en ?? '')).toBeVisible()
    expect(screen.queryByText('Begin with the schools whose needs are highest.')).toBeNull()
    it.go('next')
    expect(screen.getByText('Begin with the schools whose needs are highest.')).toBeVisible()
    expect(it.go('next')).toBe(false)
  })

  test('shows what the room found of the goal, in words', () => {
    const it = room()
    shown(it)
    it.go('next')
    it.room.facilitator({ type: 'judge', criterion: 'measurable', verdict: 'not-yet', note: 'By how much?', seen: 0 })
    it.changed()
    const list = within(screen.getAllByRole('list', { name: criteria.en.title })[0] as HTMLElement)
    expect(list.getByText('Not yet')).toBeVisible()
    expect(list.getByText('By how much?')).toBeVisible()
  })

  test('leaves a place for what is not written yet', () => {
    const it = room(empty)
    shown(it)
    it.go('next')
    expect(screen.getByText(en.empty)).toBeVisible()
    it.room.facilitator({ type: 'write', node: 'goal', text: 'Ours', seen: 0 })
    it.changed()
    expect(screen.getByText('Ours')).toBeVisible()
  })
})

test('a phone reads samples in its own language, marked as such', () => {
  const it = room()
  it.phone(Phone, 'ana', { lang: 'es' })
  it.go('next')
  expect(screen.getByText(template.goal.sample.es ?? '')).toHaveAttribute('lang', 'es')
})

test('the screen shows only the activities of its page, a phone all so far', () => {
  const activities = Object.fromEntries(Array.from({ length: 5 }, (_, order) => [`a${order}`, { order, sample: { en: `Activity ${order}` } }]))
  const two = { one: { order: 0, sample: { en: 'First' }, activities }, two: { order: 1, sample: { en: 'Second' }, activities } }
  const it = room({ ...template, objectives: two })
  for (let i = 0; i < 5; i += 1) it.go('next')
  const { unmount } = it.screen(Screen)
  expect(screen.queryByText('First')).toBeNull()
  expect(screen.getByText('Part 2 of 2')).toBeVisible()
  unmount()
  it.phone(Phone, 'ana')
  expect(screen.getAllByText('Activity 4')).toHaveLength(2)
})

describe('the console', () => {
  test('shows any level, and names the next', async () => {
    const it = room()
    it.console(Console)
    await userEvent.click(screen.getByRole('button', { name: en.nextLevel(en.levels.goal) }))
    expect(it.room.state.at.level).toBe('goal')
    await userEvent.click(screen.getByRole('button', { name: en.showLevel(en.levels.activities) }))
    expect(it.room.state.at.level).toBe('activities')
    expect(screen.getByText(en.lastLevel)).toBeVisible()
    expect(screen.getByRole('button', { current: 'step' })).toHaveTextContent(en.levels.activities)
  })

  test('types a node, takes its sample, empties it', async () => {
    const it = room(empty)
    it.console(Console)
    const name = en.objective(1)
    await userEvent.type(screen.getByRole('textbox', { name }), 'Our own')
    expect(it.room.state.nodes).toEqual({})
    await userEvent.click(screen.getByRole('button', { name: criteria.en.saveOf(name) }))
    expect(it.room.state.nodes['culture']).toEqual({ is: 'own', text: 'Our own', version: 1 })
    await userEvent.click(screen.getByRole('button', { name: en.takeOf(name) }))
    expect(it.room.state.nodes['culture']).toEqual({ is: 'sample', version: 2 })
    expect(screen.getByRole('textbox', { name })).toHaveValue(template.objectives['culture']?.sample.en)
    await userEvent.click(screen.getByRole('button', { name: en.clearOf(name) }))
    expect(it.room.state.nodes['culture']).toEqual({ is: 'empty', version: 3 })
    expect(screen.getByRole('textbox', { name })).toHaveValue('')
  })

  test('takes all samples at once, while there is something to take', async () => {
    const it = room(empty)
    it.console(Console)
    await userEvent.click(screen.getByRole('button', { name: en.takeAll }))
    expect(Object.values(it.room.state.nodes)).toHaveLength(13)
    expect(screen.queryByRole('button', { name: en.takeAll })).toBeNull()
  })

  test('tells that somebody else was first, and leaves the choice', async () => {
    const it = room(empty)
    it.console(Console)
    await userEvent.type(screen.getByRole('textbox', { name: en.goal }), 'Mine')
    it.room.facilitator({ type: 'write', node: 'goal', text: 'Theirs', seen: 0 })
    it.changed()
    expect(screen.getByText(criteria.en.changed('Theirs'))).toBeVisible()
    expect(screen.getByRole('textbox', { name: en.goal })).toHaveValue('Mine')
    await userEvent.click(screen.getByRole('button', { name: criteria.en.keepMine }))
    expect(it.room.state.nodes['goal']).toMatchObject({ text: 'Mine' })
  })

  test('judges a criterion, notes what is missing, and takes it back', async () => {
    const it = room()
    it.go('next')
    it.console(Console)
    const group = () => within(screen.getByRole('group', { name: 'Measurable' }))
    await userEvent.click(group().getByRole('radio', { name: 'Not yet' }))
    const note = criteria.en.noteOf('Measurable')
    await userEvent.type(screen.getByRole('textbox', { name: note }), 'By how much?')
    await userEvent.click(screen.getByRole('button', { name: criteria.en.saveOf(note) }))
    expect(it.room.state.criteria.measurable).toEqual({ verdict: 'not-yet', note: 'By how much?', version: 2 })
    await userEvent.click(screen.getByRole('button', { name: criteria.en.takeBackOf('Measurable') }))
    expect(it.room.state.criteria.measurable?.verdict).toBe('open')
    expect(group().getByRole('radio', { name: 'Not yet' })).not.toBeChecked()
  })
})

describe('the editor', () => {
  function edited(config: GoalTreeConfig = template) {
    let now = $state.raw(config)
    room().show(Editor, () => ({ config: now, langs: ['en', 'es'], change: (next: GoalTreeConfig) => (now = next) }))
    return () => now
  }

  test('objectives and activities are added and removed within their limits', async () => {
    const config = edited()
    await userEvent.click(screen.getByRole('button', { name: en.editor.addObjective }))
    expect(Object.keys(config().objectives)).toHaveLength(4)
    await userEvent.click(screen.getByRole('button', { name: en.editor.addActivityTo(4), hidden: true }))
    expect(Object.keys(config().objectives['objective-1']?.activities ?? {})).toEqual(['activity-1', 'activity-2'])
    await userEvent.click(screen.getByRole('button', { name: en.editor.remove(en.objective(1)) }))
    expect(config().objectives['culture']).toBeUndefined()
    await userEvent.click(screen.getByRole('button', { name: en.editor.addObjective }))
    await userEvent.click(screen.getByRole('button', { name: en.editor.addObjective }))
    await userEvent.click(screen.getByRole('button', { name: en.editor.addObjective }))
    expect(Object.keys(config().objectives)).toHaveLength(6)
    expect(screen.queryByRole('button', { name: en.editor.addObjective })).toBeNull()
  })

  test('a question without words is no question', async () => {
    const config = edited()
    for (const lang of ['English', 'Spanish']) await userEvent.clear(screen.getByRole('textbox', { name: `${en.editor.question} (${lang})` }))
    expect('question' in config()).toBe(false)
  })

  test('samples are edited language by language', async () => {
    const config = edited()
    const field = screen.getByRole('textbox', { name: `${en.editor.goal} (Spanish)` })
    await userEvent.clear(field)
    await userEvent.type(field, 'Otra meta')
    expect(config().goal.sample).toEqual({ en: GOAL, es: 'Otra meta' })
  })
})
