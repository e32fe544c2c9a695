import { render, screen } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import Ended from '../../../client/phone/Ended.svelte'
import { en } from '../../../client/messages/phone.ts'
import Surface from '../support/Surface.svelte'
import { steady } from '../support/steady.ts'

test('after the end a phone can join another session, and need not forget this one for it', async () => {
  const view = { title: { en: 'Goals' }, hosts: '', date: '', standing: {}, agenda: {} }
  const [leave, elsewhere] = [vi.fn(), vi.fn()]
  const live = steady({ view: view as never })
  render(Surface, { live, component: Ended, given: () => ({ view, leave, elsewhere, erase: vi.fn() }) })
  await userEvent.click(screen.getByRole('button', { name: en.another }))
  expect(elsewhere).toHaveBeenCalledOnce()
  expect(leave).not.toHaveBeenCalled()
})
