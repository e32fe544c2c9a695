import { screen, within } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Hosted } from '../../support/visit.ts'
import { openHouse, type House } from './house.ts'

let house: House
let session: Hosted
beforeAll(async () => {
  house = await openHouse()
  await house.signIn()
})
beforeEach(async () => {
  await house.empty()
  session = await house.server.createSession()
})
afterAll(() => house.close())

async function makeFor(name: string): Promise<string> {
  await userEvent.type(await screen.findByRole('textbox', { name: 'Whose link it is' }), name)
  await userEvent.click(screen.getByRole('button', { name: 'Make the link' }))
  return (await screen.findByRole<HTMLInputElement>('textbox', { name: `Link: ${name} (Co-facilitator)` })).value
}

describe('links', () => {
  test('warn against projecting the window', async () => {
    house.visit(`/host/${session.id}/links`)
    expect(await screen.findByText(/Do not project this window/u)).toBeVisible()
  })

  test('are shown once and listed without their secrets', async () => {
    house.visit(`/host/${session.id}/links`)
    const link = await makeFor('Rosa')
    expect(link).toMatch(/\/f#[\w-]{43}$/u)
    house.visit(`/host/${session.id}/links`)
    expect(await screen.findByText('Rosa (Co-facilitator)')).toBeVisible()
    expect(document.body.innerHTML).not.toContain(link.split('#')[1])
    expect(screen.queryByRole('textbox', { name: /^Link:/u })).toBeNull()
  })

  test('of a helper need a name', async () => {
    house.visit(`/host/${session.id}/links`)
    await userEvent.click(await screen.findByRole('button', { name: 'Make the link' }))
    expect(screen.getByRole('textbox', { name: 'Whose link it is' })).toHaveAccessibleDescription(/Please say whose link it is/u)
  })

  test('are copied over plain HTTP too, or left marked for the keys', async () => {
    house.visit(`/host/${session.id}/links`)
    const link = await makeFor('Rosa')
    const copied = vi.fn(() => String(document.getSelection()) !== '' || document.activeElement instanceof HTMLInputElement)
    Object.assign(document, { execCommand: copied })
    await userEvent.click(screen.getByRole('button', { name: 'Copy' }))
    expect(await screen.findByText('Copied')).toBeVisible()
    expect(copied).toHaveBeenCalledWith('copy')
    const field = screen.getByRole<HTMLInputElement>('textbox', { name: 'Link: Rosa (Co-facilitator)' })
    expect(field.value.slice(field.selectionStart ?? 0, field.selectionEnd ?? 0)).toBe(link)
    Object.assign(document, { execCommand: () => false })
    await userEvent.click(screen.getByRole('button', { name: 'Copy' }))
    expect(await screen.findByText(/press Ctrl\+C/u)).toBeVisible()
  })

  test('are revoked at once, after a word about it', async () => {
    house.visit(`/host/${session.id}/links`)
    const link = await makeFor('Rosa')
    const cookie = await house.server.cookieFor(link)
    const asRosa = () => house.server.nobody('GET', `/api/sessions/${session.id}`, undefined, { cookie })
    expect((await asRosa()).status).toBe(200)
    await userEvent.click(await screen.findByRole('button', { name: 'Revoke: Rosa (Co-facilitator)' }))
    await userEvent.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Revoke it' }))
    expect(await screen.findByText(/“Rosa \(Co-facilitator\)” is revoked/u)).toBeVisible()
    expect((await asRosa()).status).toBe(401)
  })
})

describe('a facilitator’s link', () => {
  test('leaves the address before anything is pressed, and opens nothing by itself', async () => {
    house.visit(new URL(session.links.facilitator).pathname + new URL(session.links.facilitator).hash)
    expect(location.hash).toBe('')
    expect(location.pathname).toBe('/f')
    expect(screen.getByRole('button', { name: 'Open the console' })).toBeVisible()
    expect((await house.server.host('GET', `/api/sessions/${session.id}`)).body.here).toBe(0)
  })

  test('leads to its session by a press', async () => {
    house.visit(`/f#${session.links.facilitator.split('#')[1]}`)
    await userEvent.click(screen.getByRole('button', { name: 'Open the console' }))
    await expect.poll(() => location.pathname).toBe(`/host/${session.id}`)
  })

  test('that was revoked says so, and so does one that lost its key on the way', async () => {
    const { handle, link } = await house.server.link(session, 'facilitator')
    await house.server.host('DELETE', `/api/sessions/${session.id}/links/${handle}`)
    house.visit(`/f#${link.split('#')[1]}`)
    await userEvent.click(screen.getByRole('button', { name: 'Open the console' }))
    expect(await screen.findByRole('alert')).toHaveTextContent('This link no longer opens anything')
    house.visit('/f')
    expect(screen.getByRole('alert')).toHaveTextContent('Copy the whole link')
  })

  test('is still good after a lost line', async () => {
    house.visit(`/f#${session.links.facilitator.split('#')[1]}`)
    house.offline = true
    await userEvent.click(screen.getByRole('button', { name: 'Open the console' }))
    expect(await screen.findByRole('alert')).toHaveTextContent('the link is still good')
    house.offline = false
    await userEvent.click(screen.getByRole('button', { name: 'Open the console' }))
    await expect.poll(() => location.pathname).toBe(`/host/${session.id}`)
  })
})
