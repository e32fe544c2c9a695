import { render, screen, waitFor, within } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import SamePerson from '../../../../client/host/console/SamePerson.svelte'
import { en } from '../../../../client/messages/same-person.ts'
import Surface from '../../support/Surface.svelte'
import { steady } from '../../support/steady.ts'

const ana = { id: 'a', name: 'Ana' }
const again = { id: 'c', name: 'Ana (12)' }
const button = (name: string) => screen.getByRole('button', { name, hidden: true })

test('F12 a facilitator says who is who, is asked once more with both names, and hears when they are one', async () => {
  let people = $state.raw([ana, { id: 'b', name: 'Ben' }, again])
  const send = vi.fn(() => {
    people = people.filter(({ id }) => id !== 'c')
    return Promise.resolve(true)
  })
  render(Surface, { live: steady({}), component: SamePerson, given: () => ({ people, controls: { send } }) })
  await userEvent.click(screen.getByText(en.title))
  expect(screen.queryByRole('button', { name: en.same, hidden: true })).toBeNull()
  await userEvent.selectOptions(screen.getByRole('combobox', { name: en.again, hidden: true }), 'c')
  expect(within(screen.getByRole('combobox', { name: en.who, hidden: true })).queryByRole('option', { name: 'Ana (12)', hidden: true }), 'nobody is asked about twice').toBeNull()
  await userEvent.selectOptions(screen.getByRole('combobox', { name: en.who, hidden: true }), 'a')
  await userEvent.click(button(en.same))
  expect(screen.getByText(en.question('Ana (12)', 'Ana'))).toBeInTheDocument()
  expect(send).not.toHaveBeenCalled()
  await userEvent.click(button(en.sure))
  expect(send).toHaveBeenCalledWith(undefined, { type: 'person.merge', person: 'c', into: 'a' })
  await waitFor(() => expect(screen.getByText(en.done('Ana (12)', 'Ana'))).toHaveFocus())
})
