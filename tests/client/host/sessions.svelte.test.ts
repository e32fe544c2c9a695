import { render, screen, waitFor, within } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { dateOf } from '../../../client/host/dates.ts'
import Retention from '../../../client/host/sessions/Retention.svelte'
import { Language } from '../../../client/live/language.svelte.ts'
import { memoryStorage } from '../../../client/live/storage.ts'
import { openHouse, type House } from './house.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
  await house.signIn()
})
beforeEach(() => house.empty())
afterAll(() => house.close())

const listed = async (): Promise<{ id: string; title: string; phase: string; code: string }[]> => (await house.server.host('GET', '/api/sessions')).body

describe('the list of sessions', () => {
  test('begins with the first: a template, its title, and a press', async () => {
    house.visit('/host')
    const title = await screen.findByRole('textbox', { name: 'Title' })
    await expect.poll(() => title).toHaveValue('SMART goals: purpose and promise')
    expect(screen.getByRole('radio', { name: 'SMART goals: purpose and promise' })).toBeChecked()
    await userEvent.type(title, ', spring')
    await userEvent.click(screen.getByRole('button', { name: 'Create it' }))
    const made = await screen.findByRole('heading', { name: 'SMART goals: purpose and promise, spring' })
    await waitFor(() => expect(made).toHaveFocus())
    expect(screen.getByText('In preparation')).toBeVisible()
    expect(await listed()).toMatchObject([{ title: 'SMART goals: purpose and promise, spring', phase: 'draft' }])
  })

  test('creates nothing without a title', async () => {
    house.visit('/host')
    const title = await screen.findByRole('textbox', { name: 'Title' })
    await expect.poll(() => title).not.toHaveValue('')
    await userEvent.clear(title)
    await userEvent.click(screen.getByRole('button', { name: 'Create it' }))
    expect(title).toHaveAccessibleDescription(/Please give the session a title/u)
    expect(await listed()).toEqual([])
  })

  test('shows the code once the doors are open, in two groups of four', async () => {
    const session = await house.server.createSession()
    house.visit('/host')
    const open = await screen.findByRole('button', { name: /^Open the doors/u })
    expect(screen.queryByText('Code')).toBeNull()
    await userEvent.click(open)
    expect(await screen.findByText('Doors open')).toBeVisible()
    expect(screen.getByRole('article')).toHaveTextContent(`Code ${session.code.slice(0, 4)} ${session.code.slice(4)}`)
  })

  test('leads to every place of a session', async () => {
    const { id } = await house.server.openSession()
    house.visit('/host')
    const ways = within(await screen.findByRole('article')).getAllByRole('link').map((link) => link.getAttribute('href'))
    expect(ways).toEqual([`/host/${id}/prepare`, `/host/${id}`, `/host/${id}/notes`, `/host/${id}/links`, `/screen/${id}`])
  })

  test('ends a session only after saying what that means', async () => {
    await house.server.openSession()
    house.visit('/host')
    await userEvent.click(await screen.findByRole('button', { name: /^End/u }))
    expect(screen.getByRole('dialog')).toHaveTextContent('nobody can send anything more')
    await userEvent.click(screen.getByRole('button', { name: 'End the session' }))
    expect(await screen.findByText('Ended')).toBeVisible()
    expect(await listed()).toMatchObject([{ phase: 'ended' }])
  })
})

describe('deleting a session', () => {
  test('says exactly what is lost, and does nothing when it is not confirmed', async () => {
    const session = await house.server.openSession()
    await house.server.join(session, { name: 'Ana' })
    await house.server.join(session, { name: 'Luis' })
    house.visit('/host')
    await userEvent.click(await screen.findByRole('button', { name: /^Delete/u }))
    const sheet = screen.getByRole('dialog', { name: 'Delete this session for good?' })
    expect(sheet).toHaveTextContent('SMART goals: purpose and promise')
    expect(await within(sheet).findByText(/what the 2 people who joined have written/u)).toBeVisible()
    await userEvent.click(within(sheet).getByRole('button', { name: 'Not now' }))
    expect(screen.queryByRole('dialog')).toBeNull()
    expect(await listed()).toHaveLength(1)
  })

  test('deletes it once confirmed', async () => {
    await house.server.createSession()
    house.visit('/host')
    await userEvent.click(await screen.findByRole('button', { name: /^Delete/u }))
    await userEvent.click(screen.getByRole('button', { name: 'Delete for good' }))
    expect(await screen.findByText(/No session yet/u)).toBeVisible()
    expect(await listed()).toEqual([])
  })

  test('that the server does not take is told, and the session stays', async () => {
    await house.server.createSession()
    house.visit('/host')
    await userEvent.click(await screen.findByRole('button', { name: /^Delete/u }))
    house.offline = true
    await userEvent.click(screen.getByRole('button', { name: 'Delete for good' }))
    expect(await screen.findByText(/The server does not answer/u)).toBeVisible()
    house.offline = false
    expect(await listed()).toHaveLength(1)
  })
})

describe('how long sessions are kept', () => {
  const ended = async (): Promise<{ id: string; goesAt?: string; held: boolean }> => {
    const made = await house.server.openSession()
    await house.server.move(made, 'end')
    return vi.waitUntil(async () => ((await house.server.host('GET', '/api/sessions')).body as { id: string; endedAt?: string; goesAt?: string; held: boolean }[]).find(({ endedAt }) => endedAt !== undefined))
  }

  test('F52 stands in the list: the day on which it goes, or that it is on hold, and then nobody can delete it', async () => {
    const session = await ended()
    house.visit('/host')
    await screen.findByText(`Will be deleted on ${dateOf(session.goesAt ?? '', 'en')}`)
    await userEvent.click(screen.getByRole('button', { name: /^Hold/u }))
    await screen.findByText('On hold')
    expect(screen.queryByRole('button', { name: /^Delete/u })).toBeNull()
    expect((await house.server.host('DELETE', `/api/sessions/${session.id}`)).body.code).toBe('on-hold')
    await userEvent.click(screen.getByRole('button', { name: /^Release/u }))
    await screen.findByText(/is released\. It will be deleted on/u)
    expect(screen.getByRole('button', { name: /^Delete/u })).toBeInTheDocument()
  })

  test('F52 is chosen here; and kept', async () => {
    await ended()
    house.visit('/host')
    await waitFor(() => expect(screen.getByRole('radio', { name: 'A year' })).toBeChecked())
    await userEvent.click(screen.getByRole('radio', { name: '30 days' }))
    await waitFor(async () => expect((await house.server.host('GET', '/api/retention')).body).toEqual({ days: 30 }))
    await userEvent.click(screen.getByRole('radio', { name: 'Until I delete it' }))
    await waitFor(() => expect(screen.queryByText(/^Will be deleted on/u)).toBeNull())
    expect((await house.server.host('PUT', '/api/retention', { days: 365 })).status).toBe(200)
  })
})

test('F52 a time by which sessions would go at once is asked about, and nothing is chosen before the second press', async () => {
  const chosen = vi.fn(async () => undefined)
  await house.server.host('PUT', '/api/retention', { days: 365 })
  const listed = { id: 'a', title: 'A', phase: 'ended' as const, code: '12345678', createdAt: '', held: false, endedAt: new Date(Date.now() - 40 * 24 * 3_600_000).toISOString() }
  render(Retention, { language: new Language(memoryStorage(), ['en']), list: [listed, { ...listed, id: 'b', held: true }], chosen })
  await userEvent.click(await screen.findByRole('radio', { name: '30 days' }))
  await screen.findByText(/^One session here is older than that/u)
  expect((await house.server.host('GET', '/api/retention')).body).toEqual({ days: 365 })
  await userEvent.click(screen.getByRole('button', { name: 'Choose it all the same' }))
  await waitFor(() => expect(chosen).toHaveBeenCalled())
  expect((await house.server.host('GET', '/api/retention')).body).toEqual({ days: 30 })
  await house.server.host('PUT', '/api/retention', { days: 365 })
})
