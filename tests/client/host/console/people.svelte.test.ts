import { render, screen, waitFor } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import People from '../../../../client/host/console/People.svelte'
import { en } from '../../../../client/messages/console.ts'
import { en as erasing } from '../../../../client/messages/erasing.ts'
import Surface from '../../support/Surface.svelte'
import { steady } from '../../support/steady.ts'

const view = { naming: 'first', people: { a: { order: 0, name: 'Ana' }, b: { order: 1, name: 'Ben' } } }
const button = (name: string) => screen.getByRole('button', { name, hidden: true })

async function list(send = vi.fn(() => Promise.resolve(true))) {
  render(Surface, { live: steady({ here: 2 }), component: People, given: () => ({ view, controls: { send } }) })
  await userEvent.click(screen.getByRole('button', { name: /here/ }))
  return send
}

test('each button that removes somebody says whom, and asks once more by name', async () => {
  await list()
  await userEvent.click(button(en.removeOf('Ben')))
  expect(button(en.removeSure('Ben'))).toHaveTextContent(en.removeSure('Ben'))
  expect(button(en.removeOf('Ana'))).toBeInTheDocument()
})

test('who works by keyboard is led to the question about somebody, back by “Leave it”, and hears what was done', async () => {
  const send = await list()
  await userEvent.click(button(en.removeOf('Ben')))
  await waitFor(() => expect(screen.getByRole('group', { name: en.removeOf('Ben'), hidden: true })).toHaveFocus())
  await userEvent.click(button(erasing.not))
  await waitFor(() => expect(button(en.removeOf('Ben'))).toHaveFocus())
  expect(send).not.toHaveBeenCalled()
  await userEvent.click(button(en.removeOf('Ben')))
  await userEvent.click(button(en.removeSure('Ben')))
  expect(send).toHaveBeenCalledWith(undefined, { type: 'person.remove', person: 'b' })
  await waitFor(() => expect(screen.getByText(erasing.person.out('Ben'))).toHaveFocus())
})

test('the focus is not lost with the line of somebody who leaves, or whom another facilitator removes', async () => {
  let now = $state.raw<object>(view)
  render(Surface, { live: steady({ here: 2 }), component: People, given: () => ({ view: now, controls: { send: vi.fn() } }) })
  await userEvent.click(screen.getByRole('button', { name: /here/ }))
  button(en.removeOf('Ben')).focus()
  now = { ...view, people: { a: view.people.a } }
  await waitFor(() => expect(screen.getByText(erasing.person.out('Ben'))).toHaveFocus())
})
