import { render, screen, waitFor } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import AtDoor from '../../../client/phone/AtDoor.svelte'
import { en } from '../../../client/messages/at-door.ts'
import { en as phone } from '../../../client/messages/phone.ts'
import Surface from '../support/Surface.svelte'
import { steady } from '../support/steady.ts'

const waiting = { is: 'waiting', title: { en: 'Goals' }, languages: ['en'], number: 12, name: 'Ben' }

test('F30 who waits is told what happens next and by which number they are known, and hears it when that changes', async () => {
  let view = $state.raw<object | undefined>(waiting)
  const leave = vi.fn()
  render(Surface, { live: steady({}), component: AtDoor, given: () => ({ view, leave }) })
  expect(screen.getByRole('heading')).toHaveTextContent(en.waiting)
  expect(screen.getByRole('status')).toHaveTextContent(en.waitingHelp)
  expect(document.body).toHaveTextContent(`${en.number} 12`)
  expect(document.body).toHaveTextContent(en.as('Ben'))
  view = { ...waiting, is: 'not-now' }
  await waitFor(() => expect(screen.getByRole('status')).toHaveTextContent(en.notNowHelp))
  view = { is: 'over', title: waiting.title, languages: ['en'] }
  await waitFor(() => expect(screen.getByRole('status')).toHaveTextContent(en.over))
  await userEvent.click(screen.getByRole('button', { name: phone.toTheDoor }))
  expect(leave).toHaveBeenCalledOnce()
})

test('F30 who is known no more after waiting is told that the session is over, and nothing of it', () => {
  render(Surface, { live: steady({}), component: AtDoor, given: () => ({ view: undefined, leave: vi.fn() }) })
  expect(screen.getByRole('heading')).toHaveTextContent(en.over)
  expect(document.body).not.toHaveTextContent(en.number)
})
