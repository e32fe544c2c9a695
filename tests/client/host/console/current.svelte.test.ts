import { flushSync } from 'svelte'
import { render, screen } from '@testing-library/svelte'
import { expect, test } from 'vitest'
import Current from '../../../../client/host/console/Current.svelte'
import { en } from '../../../../client/messages/console.ts'
import Surface from '../../support/Surface.svelte'
import { steady } from '../../support/steady.ts'

/** Steps come as files of their own, ms. */
const LOADED = { timeout: 8_000 }
const goal = { order: 0, is: 'own', own: 'By June', version: 1 }
const activity = { level: 'goal', levels: { smart: { order: 0 }, goal: { order: 1 } }, why: {}, meanings: {}, goal, criteria: {}, objectives: {} }
const step = { id: 'tree', number: 1, kind: 'goal-tree', title: { en: 'The tree' }, anonymous: false, locked: false, activity }
const run = { tree: { order: 0, title: { en: 'The tree' }, minutes: 5, kind: 'goal-tree' } }

test('a facilitator who types keeps the field, its focus and the version that they began from, whatever comes from the room', async () => {
  let view = $state.raw({ phase: 'live', run, step, standing: {}, calls: {} })
  const live = steady()
  const controls = { moving: false }
  render(Surface, { live, component: Current, given: () => ({ view, controls }) })
  const field = await screen.findByRole('textbox', { name: 'Goal' }, LOADED)
  field.focus()
  view = { ...view, step: { ...step, activity: { ...activity, goal: { ...goal, own: 'By July', version: 2 } } } }
  flushSync()
  await screen.findByDisplayValue('By July')
  expect(screen.getByRole('textbox', { name: 'Goal' })).toBe(field)
  expect(field).toHaveFocus()
})

test('says whose words they are, and offers to lock, only where people are asked for some', async () => {
  const live = steady()
  const asked = { id: 'own', number: 2, kind: 'moments', title: { en: 'Moments' }, anonymous: true, locked: false, activity: { prompt: {}, moments: {}, steps: {} } }
  let view = $state.raw<object>({ phase: 'live', run, step, standing: {}, calls: {} })
  render(Surface, { live, component: Current, given: () => ({ view, controls: { moving: false } }) })
  expect(screen.getByText('Step 1 of 1 · 5 min')).toBeVisible()
  expect(screen.queryByRole('button', { name: en.lock })).toBeNull()
  view = { phase: 'live', run: { ...run, own: { order: 1, title: { en: 'Moments' }, minutes: 4, kind: 'moments' } }, step: asked, standing: {}, calls: {} }
  flushSync()
  expect(screen.getByText('Step 2 of 2 · 4 min · anonymous')).toBeVisible()
  expect(screen.getByRole('button', { name: en.lock })).toBeVisible()
})

test('who pressed Next keeps the focus on it, into the last step too', () => {
  const two = { ...run, own: { order: 1, title: { en: 'Moments' }, minutes: 4, kind: 'moments' } }
  const last = { id: 'own', number: 2, kind: 'moments', title: { en: 'Moments' }, anonymous: true, locked: false, activity: { prompt: {}, moments: {}, steps: {} } }
  let view = $state.raw<object>({ phase: 'live', run: two, step, standing: {}, calls: {} })
  render(Surface, { live: steady(), component: Current, given: () => ({ view, controls: { moving: false } }) })
  const next = screen.getByRole('button', { name: en.next })
  next.focus()
  view = { phase: 'live', run: two, step: last, standing: {}, calls: {} }
  flushSync()
  expect(screen.getByText('Step 2 of 2 · 4 min · anonymous')).toBeVisible()
  expect(next).toHaveFocus()
})
