import { render, screen } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import People from '../../../../client/host/console/People.svelte'
import { en } from '../../../../client/messages/console.ts'
import Surface from '../../support/Surface.svelte'
import { steady } from '../../support/steady.ts'

test('each button that removes somebody says whom, and asks once more by name', async () => {
  const view = { naming: 'first', people: { a: { order: 0, name: 'Ana' }, b: { order: 1, name: 'Ben' } } }
  render(Surface, { live: steady({ here: 2 }), component: People, given: () => ({ view, controls: {} }) })
  await userEvent.click(screen.getByRole('button', { name: /here/ }))
  await userEvent.click(screen.getByRole('button', { name: en.removeOf('Ben'), hidden: true }))
  expect(screen.getByRole('button', { name: en.removeSure('Ben'), hidden: true })).toBeInTheDocument()
  expect(screen.getByRole('button', { name: en.removeOf('Ana'), hidden: true })).toBeInTheDocument()
})
