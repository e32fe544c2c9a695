import { render, screen, waitFor } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import axe from 'axe-core'
import { expect, test, vi } from 'vitest'
import Field from '../../../client/ui/Field.svelte'
import Twice from '../../../client/ui/Twice.svelte'

const words = { ask: 'Erase what I sent', question: 'Erase all of it?', yes: 'Erase it for good', not: 'Keep it' }

test('what cannot be undone is done by a second, different press alone, and the way back comes first', async () => {
  const onyes = vi.fn(() => Promise.resolve())
  const { container } = render(Twice, { ...words, onyes })
  await userEvent.click(screen.getByRole('button', { name: words.ask }))
  expect(screen.getAllByRole('button').map((button) => button.textContent.trim())).toEqual([words.not, words.yes])
  expect(onyes).not.toHaveBeenCalled()
  expect((await axe.run(container)).violations).toEqual([])
  await userEvent.click(screen.getByRole('button', { name: words.yes }))
  expect(onyes).toHaveBeenCalledOnce()
  await waitFor(() => expect(screen.getByRole('button', { name: words.ask })).toHaveFocus())
})

test('who asks by keyboard is led to the question, and back to the button by “Keep it”; Enter pressed twice does nothing', async () => {
  const onyes = vi.fn(() => Promise.resolve())
  render(Twice, { ...words, onyes })
  screen.getByRole('button', { name: words.ask }).focus()
  await userEvent.keyboard('{Enter}')
  await waitFor(() => expect(screen.getByText(words.question)).toHaveFocus())
  await userEvent.keyboard('{Enter}')
  expect(onyes).not.toHaveBeenCalled()
  await userEvent.tab()
  expect(screen.getByRole('button', { name: words.not })).toHaveFocus()
  await userEvent.keyboard('{Enter}')
  await waitFor(() => expect(screen.getByRole('button', { name: words.ask })).toHaveFocus())
  expect(onyes).not.toHaveBeenCalled()
})

test('what is wrong with a field is read out when it turns up', () => {
  render(Field, { label: 'Code', error: 'That code doesn’t open a session right now.' })
  expect(screen.getByRole('alert')).toHaveTextContent('That code doesn’t open')
  expect(screen.getByRole('textbox')).toHaveAccessibleDescription('That code doesn’t open a session right now.')
})
