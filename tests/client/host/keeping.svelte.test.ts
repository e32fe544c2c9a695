import { screen, within } from '@testing-library/svelte'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { en, es } from '../../../client/messages/keeping.ts'
import { openHouse, type House } from './house.ts'

let house: House
let fetched: typeof fetch
beforeAll(async () => {
  house = await openHouse()
  await house.signIn()
  fetched = globalThis.fetch
})
afterEach(() => {
  vi.stubGlobal('fetch', fetched)
})
afterAll(() => house.close())

/** The server's drive, which a test cannot fill: what it would say. All else is asked of the real one. */
function says(warnings: string[]): void {
  vi.stubGlobal('fetch', (path: string, init?: RequestInit) => (path === '/api/host/warnings' ? Promise.resolve(Response.json({ warnings })) : fetched(path, init)))
}

test('F19 the host’s pages say that the drive fills, and what follows from it', async () => {
  says(['low-space'])
  house.visit('/host')
  const banner = await screen.findByRole('complementary', { name: en.title })
  expect(within(banner).getByRole('alert')).toHaveTextContent('Less than 500 MB are free')
})

test('F48 and that there is no backup, or one that went bad', async () => {
  says(['no-backup', 'damaged-backup'])
  const { id } = await house.server.createSession()
  house.visit(`/host/${id}/links`)
  const banner = await screen.findByRole('complementary', { name: en.title })
  expect(within(banner).getAllByRole('alert').map((alert) => alert.textContent?.trim())).toEqual([en.warnings['no-backup'], en.warnings['damaged-backup']])
})

test('F48 nothing is said while all is well, nor to who is not signed in as the host', async () => {
  house.visit('/host')
  await screen.findByRole('heading', { name: 'Sessions' })
  expect(screen.queryByRole('complementary', { name: en.title })).toBeNull()
  says(['low-space'])
  house.forget()
  house.visit('/host')
  await screen.findByRole('heading', { name: 'Welcome back' })
  expect(screen.queryByText(en.warnings['low-space'] ?? '')).toBeNull()
})

test('F48 every warning of the server has its sentence in both languages', () => {
  expect(Object.keys(en.warnings).sort()).toEqual(['damaged-backup', 'low-space', 'no-backup'])
  expect(Object.keys(es.warnings).sort()).toEqual(Object.keys(en.warnings).sort())
})
