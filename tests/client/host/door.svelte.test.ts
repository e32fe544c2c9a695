import { screen } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openHouse, PASSPHRASE, type House } from './house.ts'

let house: House

const passphrase = () => screen.findByLabelText('Passphrase')

describe('a new server', () => {
  beforeEach(async () => void (house = await openHouse()))
  afterEach(() => house.close())

  test('says what a passphrase is for, refuses a short one in words, and lets in who sets a good one', async () => {
    house.visit('/host')
    await userEvent.type(await passphrase(), 'short')
    expect(screen.getByText(/keeps the sessions that you will lead/u)).toBeVisible()
    await userEvent.click(screen.getByRole('button', { name: 'Keep it and go on' }))
    expect(await screen.findByText(/needs at least 10 characters/u)).toBeVisible()
    expect(await passphrase()).toBeInvalid()
    await userEvent.clear(await passphrase())
    await userEvent.type(await passphrase(), `${PASSPHRASE}{Enter}`)
    expect(await screen.findByRole('heading', { name: 'Sessions' })).toBeVisible()
  })

  test('shows the passphrase on request only', async () => {
    house.visit('/host')
    await userEvent.type(await passphrase(), PASSPHRASE)
    expect(await passphrase()).toHaveAttribute('type', 'password')
    await userEvent.click(screen.getByRole('checkbox', { name: 'Show the passphrase' }))
    expect(await passphrase()).toHaveAttribute('type', 'text')
    expect(await passphrase()).toHaveValue(PASSPHRASE)
  })

  test('where somebody else was first asks to sign in instead', async () => {
    house.visit('/host')
    await passphrase()
    await house.server.nobody('POST', '/api/host/passphrase', { passphrase: 'the words of another' })
    await userEvent.type(await passphrase(), `${PASSPHRASE}{Enter}`)
    expect(await screen.findByText(/has been set for this server in the meantime/u)).toBeVisible()
    expect(screen.getByRole('button', { name: 'Sign in' })).toBeVisible()
  })

  test('speaks Spanish at a press', async () => {
    house.visit('/host')
    await userEvent.click(await screen.findByRole('button', { name: 'Español' }))
    expect(screen.getByRole('button', { name: 'Guardarla y continuar' })).toBeVisible()
  })
})

describe('a server with a passphrase', () => {
  beforeAll(async () => {
    house = await openHouse()
    await house.server.nobody('POST', '/api/host/passphrase', { passphrase: PASSPHRASE })
  })
  beforeEach(() => house.forget())
  afterAll(() => house.close())

  test('asks facilitators whose time is over too, and tells them about their link', async () => {
    const session = await house.server.createSession()
    house.visit(`/host/${session.id}/prepare`)
    expect(await screen.findByText(/came by a facilitator link/u)).toBeVisible()
    await userEvent.type(await passphrase(), `${PASSPHRASE}{Enter}`)
    expect(await screen.findByRole('heading', { name: 'Prepare' })).toBeVisible()
  })

  test('is left by signing out', async () => {
    house.visit('/host')
    await userEvent.type(await passphrase(), `${PASSPHRASE}{Enter}`)
    await userEvent.click(await screen.findByRole('button', { name: 'Sign out' }))
    expect(await screen.findByRole('button', { name: 'Sign in' })).toBeVisible()
  })

  test('that does not answer is said not to, and asked again', async () => {
    house.offline = true
    house.visit('/host')
    expect(await screen.findByText(/The server does not answer/u)).toBeVisible()
    house.offline = false
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }))
    expect(await passphrase()).toBeVisible()
  })

  // Last: from here on this address has to wait.
  test('says that a passphrase is wrong, and after too many tries that it is time to wait', async () => {
    house.visit('/host')
    await userEvent.type(await passphrase(), 'not the right words{Enter}')
    expect(await screen.findByText(/That is not the passphrase/u)).toBeVisible()
    for (let tries = 0; tries < 8 && screen.queryByText(/Too many tries/u) === null; tries += 1) {
      await userEvent.type(await passphrase(), '{Enter}')
      await expect.poll(() => screen.getByRole('button', { name: 'Sign in' }).getAttribute('aria-busy')).toBeNull()
    }
    expect(screen.getByText(/Too many tries/u)).toBeVisible()
    expect(screen.queryByRole('heading', { name: 'Sessions' })).toBeNull()
  })
})
