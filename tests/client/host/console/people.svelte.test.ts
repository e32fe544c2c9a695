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

test('in a long list somebody is found by a piece of their name, however it is written; the end of the search brings everybody back', async () => {
  const names = ['Ana Núñez', 'Ben', 'José Ángel', 'Maria Lopez', ...Array.from({ length: 10 }, (_, i) => `Person ${i}`)]
  const people = Object.fromEntries(names.map((name, i) => [`p${i}`, { order: i, name }]))
  render(Surface, { live: steady({ here: names.length }), component: People, given: () => ({ view: { ...view, people }, controls: { send: vi.fn() } }) })
  await userEvent.click(screen.getByRole('button', { name: /here/ }))
  const listed = () => screen.getAllByRole('listitem', { hidden: true }).map((line) => names.find((name) => line.textContent.includes(name)))
  const field = screen.getByRole('textbox', { name: en.findPerson, hidden: true })
  await userEvent.type(field, 'nunez')
  expect(listed()).toEqual(['Ana Núñez'])
  expect(screen.getByText(en.found(1))).toBeInTheDocument()
  await userEvent.clear(field)
  await userEvent.type(field, 'angel JOSE')
  expect(listed()).toEqual(['José Ángel'])
  await userEvent.clear(field)
  await userEvent.type(field, 'zz')
  expect(screen.queryAllByRole('listitem', { hidden: true })).toEqual([])
  expect(screen.getByText(en.found(0))).toBeInTheDocument()
  await userEvent.clear(field)
  expect(listed()).toHaveLength(names.length)
})

test('a list that one sees at once has no search', async () => {
  await list()
  expect(screen.queryByRole('textbox', { hidden: true })).not.toBeInTheDocument()
})
