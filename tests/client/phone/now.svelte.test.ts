import { flushSync } from 'svelte'
import { render, screen } from '@testing-library/svelte'
import { expect, test } from 'vitest'
import Now from '../../../client/phone/Now.svelte'
import Surface from '../support/Surface.svelte'
import { steady } from '../support/steady.ts'

const activity = { prompt: { en: 'What might change feel like?' }, perPerson: 1, length: 200, byDepartment: false, revealed: false, cards: {}, pages: 0, page: 0, first: 0, end: 0 }
/** Steps come as files of their own, ms. */
const LOADED = { timeout: 8_000 }
const step = { id: 'change', number: 1, kind: 'answers', title: { en: 'Change' }, anonymous: true, locked: false, activity }

test('a field that somebody types in stays the same field, with its focus, when others change what the phone shows', async () => {
  let view = $state.raw({ paused: false, step })
  const live = steady()
  render(Surface, { live, component: Now, given: () => ({ view, live }) })
  const field = await screen.findByRole('textbox', {}, LOADED)
  field.focus()
  view = { ...view, step: { ...step, activity: { ...activity, revealed: true } } }
  flushSync()
  await screen.findByText('The wall')
  expect(screen.getByRole('textbox')).toBe(field)
  expect(field).toHaveFocus()
})
