/** F14 F27: the passphrase of a new server from another device, and a new one for a team that changes. */
import { cleanup, render, screen } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { afterAll, beforeAll, expect, test } from 'vitest'
import Door from '../../../client/host/door/Door.svelte'
import { openHouse, PASSPHRASE, type House } from './house.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
  await house.signIn()
})
afterAll(() => house.close())

test('F27 is changed on the page of sessions: a wrong one is said so, and the new one signs in', async () => {
  house.visit('/host')
  await userEvent.click(await screen.findByText('Change the passphrase'))
  await userEvent.type(screen.getByLabelText('The passphrase now'), 'not the right one')
  await userEvent.type(screen.getByLabelText('The new passphrase'), 'a new one for the team')
  await userEvent.click(screen.getByRole('button', { name: 'Change it' }))
  expect(await screen.findByText(/That is not the passphrase/u)).toBeVisible()
  await userEvent.clear(screen.getByLabelText('The passphrase now'))
  await userEvent.type(screen.getByLabelText('The passphrase now'), `${PASSPHRASE}{Enter}`)
  expect(await screen.findByText(/The passphrase is changed/u)).toBeVisible()
  expect((await house.server.nobody('POST', '/api/host/sign-in', { passphrase: 'a new one for the team' })).status).toBe(200)
  house.forget()
})

test('F14 is asked for together with the code of the terminal where somebody comes from another device', () => {
  cleanup()
  const language = { lang: 'en' } as never
  render(Door, { set: false, asksSetup: true, invited: false, language, entered: () => undefined })
  expect(screen.getByLabelText('Code from the terminal')).toBeVisible()
  cleanup()
  render(Door, { set: true, asksSetup: true, invited: false, language, entered: () => undefined })
  expect(screen.queryByLabelText('Code from the terminal')).toBeNull()
})
