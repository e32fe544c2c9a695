import { render, screen } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import Neighbour from '../../../../client/activities/kit/groups/Neighbour.svelte'
import { en } from '../../../../client/messages/groups.ts'
import Surface from '../../support/Surface.svelte'
import { steady } from '../../support/steady.ts'

test('who types the number of their own phone is told so, and nothing is sent', async () => {
  const act = vi.fn(() => Promise.resolve({ ok: true as const, at: 1 }))
  render(Surface, { live: steady({ act }), component: Neighbour, given: () => ({ number: 10, grouping: 'g' }) })
  await userEvent.type(screen.getByRole('textbox'), '10')
  await userEvent.click(screen.getByRole('button', { name: en.wait.pairUp }))
  expect(screen.getByText(en.refused.own)).toBeVisible()
  expect(act).not.toHaveBeenCalled()
})
