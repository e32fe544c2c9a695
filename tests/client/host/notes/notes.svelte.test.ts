import { render, screen, waitFor, within } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import axe from 'axe-core'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Document } from '#shared/report/model.ts'
import { skyOf, type Sky } from '#shared/sky/sky.ts'
import Notes from '../../../../client/host/notes/Notes.svelte'
import { Language } from '../../../../client/live/language.svelte.ts'
import { en, es } from '../../../../client/messages/notes.ts'

const sky = skyOf({ foggy: 6, rainy: 4 }, 5) as Sky
const send = (lang: 'en' | 'es'): Document => ({
  title: lang === 'en' ? 'A session' : 'Una sesión',
  lang,
  subtitle: ['Hosted by Ana'],
  sections: [
    { id: '_arc', title: 'What we did', blocks: [{ type: 'list', ordered: true, items: [{ text: 'Weather', items: [{ text: 'inside' }] }] }] },
    { id: 'weather', title: 'Weather', blocks: [
      { type: 'text', text: 'How are you?', style: 'lead' },
      { type: 'heading', text: 'A heading' },
      { type: 'text', text: 'Asked', style: 'quote' },
      { type: 'table', caption: 'By step', head: ['Step', 'What'], rows: [['One', '<b>many</b>']] },
      { type: 'skies', head: ['Weather', 'Share'], skies: [{ title: 'Then', sentence: 'Most of us: foggy.', seed: 's', sky, shares: [] }, { title: 'Now', sentence: 'Some of us: rainy.', seed: 's', sky, shares: [] }] },
    ] },
  ],
})
const record: Document = { title: 'A session', lang: 'en', subtitle: ['The record'], sections: [{ id: '_minutes', title: 'Minutes', blocks: [{ type: 'text', text: '5' }] }] }

const kept = new Map<string, string>()
const storage = { get: (key: string) => kept.get(key), set: (key: string, value: string) => (kept.set(key, value), true), remove: (key: string) => void kept.delete(key), keys: () => [...kept.keys()] }

/** The server's answers, by address. */
let answers: (url: URL) => { status: number; body: unknown }
beforeEach(() => {
  answers = (url) => ({ status: 200, body: url.searchParams.get('kind') === 'record' ? record : send(url.searchParams.get('lang') === 'es' ? 'es' : 'en') })
  vi.stubGlobal('fetch', (path: string) => {
    const { status, body } = answers(new URL(path, 'http://test'))
    return Promise.resolve(new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } }))
  })
})
afterEach(() => void vi.unstubAllGlobals())

function open(lang: 'en' | 'es' = 'en') {
  const language = new Language(storage as never, [lang])
  return render(Notes, { session: 'a b', language })
}

const query = (name: string) => {
  const link = screen.getByRole('link', { name })
  expect(link).toHaveAttribute('download')
  const url = new URL(link.getAttribute('href') ?? '', 'http://test')
  expect(url.pathname).toBe('/api/sessions/a%20b/notes')
  return Object.fromEntries(url.searchParams)
}

test('the whole document is there to read, and both files are links to all of it', async () => {
  open()
  expect(await screen.findByRole('heading', { name: 'A session' })).toBeVisible()
  expect(screen.getByText('<b>many</b>')).toBeVisible()
  expect(screen.getByRole('table', { name: 'By step' })).toBeVisible()
  expect(screen.getByRole('img', { name: 'Most of us: foggy.' })).toBeVisible()
  expect(screen.getByRole('img', { name: 'Some of us: rainy.' })).toBeVisible()
  expect(query(en.word)).toEqual({ format: 'docx', kind: 'send', lang: 'en' })
  expect(query(en.markdown)).toEqual({ format: 'md', kind: 'send', lang: 'en' })
})

test('an unticked section leaves the preview and both files; with none left there is no file', async () => {
  open()
  await userEvent.click(await screen.findByRole('checkbox', { name: 'Weather' }))
  expect(screen.queryByText('How are you?')).toBeNull()
  expect(screen.getByText(en.leftOut)).toBeVisible()
  expect(query(en.word)).toMatchObject({ sections: '_arc' })
  await userEvent.click(screen.getByRole('checkbox', { name: 'What we did' }))
  expect(screen.queryByRole('link', { name: en.word })).toBeNull()
  expect(screen.getByText(en.nothingTicked)).toBeVisible()
  await userEvent.click(screen.getByRole('button', { name: en.allIn }))
  expect(query(en.word)).not.toHaveProperty('sections')
})

test('the language of the notes is chosen apart from that of the page', async () => {
  open('es')
  await screen.findByRole('heading', { name: 'A session' })
  await userEvent.click(screen.getByRole('radio', { name: es.langs.es }))
  expect(await screen.findByRole('heading', { name: 'Una sesión' })).toBeVisible()
  expect(query(es.word)).toMatchObject({ lang: 'es' })
})

test('the record is another tab, reached by arrow keys, with ticks of its own', async () => {
  open()
  await userEvent.click(await screen.findByRole('checkbox', { name: 'Weather' }))
  screen.getByRole('tab', { name: en.send }).focus()
  await userEvent.keyboard('{ArrowRight}')
  expect(await screen.findByRole('checkbox', { name: 'Minutes' })).toBeChecked()
  expect(query(en.word)).toEqual({ format: 'docx', kind: 'record', lang: 'en' })
  await userEvent.keyboard('{ArrowLeft}')
  expect(await screen.findByRole('checkbox', { name: 'Weather' })).not.toBeChecked()
})

test('notes that could not be read are said so, and can be asked for again', async () => {
  const well = answers
  answers = () => ({ status: 503, body: { code: 'storage', message: '' } })
  open()
  expect(await screen.findByRole('alert')).toHaveTextContent(en.lost)
  answers = well
  await userEvent.click(screen.getByRole('button', { name: en.tryAgain }))
  expect(await screen.findByRole('heading', { name: 'A session' })).toBeVisible()
  expect(screen.queryByRole('alert')).toBeNull()
})

test('reading again takes in what the session has made since', async () => {
  open()
  await screen.findByRole('heading', { name: 'A session' })
  answers = () => ({ status: 200, body: { ...send('en'), sections: [...send('en').sections, { id: 'new', title: 'A new step', blocks: [{ type: 'text', text: 'fresh' }] }] } })
  await userEvent.click(screen.getByRole('button', { name: en.refresh }))
  expect(await screen.findByText('fresh')).toBeVisible()
  expect(screen.getByText(en.refreshed)).toBeVisible()
})

test('nothing on it keeps anybody out', async () => {
  const { container } = open()
  await waitFor(() => expect(within(container).getByText('How are you?')).toBeVisible())
  // jsdom lays nothing out: contrast is checked in the browser.
  const { violations } = await axe.run(container, { rules: { 'color-contrast': { enabled: false }, region: { enabled: false } } })
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([])
})
