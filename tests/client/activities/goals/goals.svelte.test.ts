import { screen, within } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { goals } from '#shared/activities/goals/goals.ts'
import type { GoalsConfig } from '#shared/activities/goals/model.ts'
import { departmentGoals } from '#shared/templates/smart-goals/goals.ts'
import Console from '../../../../client/activities/goals/Console.svelte'
import Editor from '../../../../client/activities/goals/Editor.svelte'
import Phone from '../../../../client/activities/goals/Phone.svelte'
import Screen from '../../../../client/activities/goals/Screen.svelte'
import * as criteria from '../../../../client/messages/criteria.ts'
import { en } from '../../../../client/messages/goals.ts'
import { surfaces } from '../../support/surface.svelte.ts'

// jsdom lays nothing out, so it has no such thing; tests/client/activities/criteria/fit.test.ts resizes one.
beforeEach(() => vi.stubGlobal('ResizeObserver', class { observe() {} disconnect() {} }))
afterEach(() => vi.unstubAllGlobals())

const room = () => surfaces(goals, departmentGoals, { anonymous: false })
const DEPARTMENTS = ['HumanWare', 'Attendance', 'Safety & Security', 'Human Resources']
const judge = { type: 'judge', goal: 'attendance', criterion: 'achievable', verdict: 'not-yet', note: 'Within reach?', seen: 0 } as const

describe('the screen', () => {
  test('shows four cards, then one at full size after the other', () => {
    const it = room()
    it.screen(Screen)
    expect(screen.getAllByRole('heading', { level: 3 }).map((one) => one.textContent)).toEqual(DEPARTMENTS)
    for (const department of DEPARTMENTS) {
      it.go('next')
      expect(screen.getByRole('heading', { name: department })).toBeVisible()
      expect(screen.getAllByRole('heading')).toHaveLength(1)
      expect(screen.getByText('The 2024-2025 school year.')).toBeVisible()
    }
    expect(it.go('next')).toBe(false)
  })

  test('counts the verdicts on the cards, and shows them with their notes on the open one', () => {
    const it = room()
    it.room.facilitator(judge)
    it.screen(Screen)
    expect(screen.getByText(en.judged(0, 1))).toBeVisible()
    it.room.facilitator({ type: 'open', goal: 'attendance' })
    it.changed()
    expect(within(screen.getByRole('list', { name: criteria.en.title })).getByText('Within reach?')).toBeVisible()
  })
})

describe('a phone', () => {
  test('opens any card for oneself, whatever the screen shows', async () => {
    const it = room()
    it.phone(Phone, 'ana')
    it.go('next')
    const card = () => screen.getByText('Safety & Security').closest('details')
    expect(card()).not.toHaveAttribute('open')
    await userEvent.click(screen.getByText('Safety & Security'))
    expect(card()).toHaveAttribute('open')
    expect(within(card() as HTMLElement).getByText('Build relationships across the district.')).toBeVisible()
    it.go('next')
    expect(card()).toHaveAttribute('open')
    expect(it.room.state.open).toBe('attendance')
  })

  test('tells which card is on the screen, in its own language', () => {
    const it = room()
    it.phone(Phone, 'ana', { lang: 'es' })
    it.go('next')
    it.go('next')
    expect(within(screen.getByText('Asistencia').closest('summary') as HTMLElement).getByText('Ahora en la pantalla')).toBeVisible()
    expect(screen.getAllByText('Ahora en la pantalla')).toHaveLength(1)
  })
})

describe('the console', () => {
  test('opens a goal, goes on to the next, and back to all', async () => {
    const it = room()
    it.console(Console)
    expect(screen.getByText(en.noneOpen)).toBeVisible()
    await userEvent.click(screen.getByRole('button', { name: en.openOf('Attendance') }))
    expect(it.room.state.open).toBe('attendance')
    await userEvent.click(screen.getByRole('button', { name: en.next('Safety & Security') }))
    expect(it.room.state.open).toBe('safety')
    await userEvent.click(screen.getByRole('button', { name: en.close }))
    expect(it.room.state.open).toBeUndefined()
    expect(screen.getAllByText(en.seen)).toHaveLength(2)
  })

  test('judges the open goal, each goal with notes of its own', async () => {
    const it = room()
    it.room.facilitator(judge)
    it.room.facilitator({ type: 'open', goal: 'attendance' })
    it.console(Console)
    const note = () => screen.queryByRole('textbox', { name: criteria.en.noteOf('Achievable') })
    expect(note()).toHaveValue('Within reach?')
    await userEvent.click(screen.getByRole('button', { name: en.next('Safety & Security') }))
    expect(note()).toBeNull()
    await userEvent.click(within(screen.getByRole('group', { name: 'Measurable' })).getByRole('radio', { name: 'Not yet' }))
    expect(it.room.state.criteria['safety']?.measurable).toEqual({ verdict: 'not-yet', note: '', version: 1 })
    expect(it.room.state.criteria['attendance']?.measurable).toBeUndefined()
  })
})

describe('the editor', () => {
  function edited() {
    let now = $state.raw(departmentGoals)
    room().show(Editor, () => ({ config: now, langs: ['en'], change: (next: GoalsConfig) => (now = next) }))
    return () => now
  }

  test('goals are added, moved and removed', async () => {
    const config = edited()
    await userEvent.click(screen.getByRole('button', { name: en.editor.add }))
    expect(config().goals['goal-1']).toEqual({ order: 4, department: {}, goal: {} })
    await userEvent.click(screen.getByRole('button', { name: en.editor.up('Attendance') }))
    expect(config().goals['attendance']?.order).toBe(0)
    await userEvent.click(screen.getByRole('button', { name: en.editor.remove('HumanWare') }))
    expect(config().goals['humanware']).toBeUndefined()
  })

  test('a part that is emptied in every language is left out', async () => {
    const config = edited()
    const card = within(screen.getByRole('button', { name: en.editor.up('HumanWare') }).closest('.goal') as HTMLElement)
    await userEvent.clear(card.getByRole('textbox', { name: en.parts.bound, hidden: true }))
    expect(config().goals['humanware']?.bound).toEqual({ es: 'El año escolar 2024-2025.' })
  })
})
