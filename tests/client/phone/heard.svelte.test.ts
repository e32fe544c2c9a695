/** What somebody hears on a phone that changes by itself: once each time, in their language, and nothing of what they have just opened. */
import { render, screen, waitFor } from '@testing-library/svelte'
import { beforeEach, expect, test, vi } from 'vitest'
import { Language } from '../../../client/live/language.svelte.ts'
import { memoryStorage } from '../../../client/live/storage.ts'
import * as phone from '../../../client/messages/phone.ts'
import Session from '../../../client/phone/Session.svelte'
import { FakeLine, wire } from '../live/fake-line.ts'

let line: FakeLine
vi.mock('socket.io-client', () => ({ io: () => wire.line }))

const activity = { prompt: { en: 'Which words?' }, perPerson: 1, length: 200, byDepartment: false, revealed: false, cards: {}, pages: 0, page: 0, first: 0, end: 0 }
const titles = { change: { en: 'Change', es: 'El cambio' }, serve: { en: 'Serving', es: 'Servir' } }
const step = (id: keyof typeof titles) => ({ id, number: 1, kind: 'answers', title: titles[id], anonymous: true, locked: false, activity })
const room = { phase: 'open', title: { en: 'Goals', es: 'Metas' }, languages: ['en', 'es'], hosts: '', date: '', agenda: {}, departments: {}, standing: {}, names: true, k: 5, calls: true, paused: false }
let at = 0
const show = (view: object) => line.say('view', { audience: 'everyone', at: (at += 1), view: { ...room, ...view } })
const mine = () => line.say('view', { audience: 'mine', at: (at += 1), view: { person: { id: 'p', name: 'Ana' }, steps: {}, calls: {} } })
const region = () => screen.getAllByRole('status')[0]?.textContent
const hears = (words: string) => waitFor(() => expect(region()).toBe(words))

beforeEach(() => { wire.line = line = new FakeLine() })

async function open(lang: 'en' | 'es' = 'en', knocked = false) {
  const identity = { session: 's1', token: 't', veil: 'v', joined: true }
  render(Session, { identity, storage: memoryStorage(), language: new Language(memoryStorage(), [lang]), knocked, left: vi.fn(), elsewhere: vi.fn() })
  line.connect()
  await Promise.resolve()
}

test.each([['en', phone.en], ['es', phone.es]] as const)('F30 F62 who waits at the door hears that they are in, and where (%s)', async (lang, t) => {
  await open(lang)
  line.say('view', { audience: 'door', at: 1, view: { is: 'waiting', title: room.title, languages: room.languages, number: 3 } })
  await screen.findByRole('heading', { level: 1 }, { timeout: 8_000 })
  expect(region()).toBe('')
  show({ phase: 'live', step: step('serve') })
  mine()
  await hears(`${t.letIn} ${titles.serve[lang]}`)
})

test.each([['en', phone.en], ['es', phone.es]] as const)('F62 who hears the page is told when the room goes on, and when it ends; nothing is said of what they open (%s)', async (lang, t) => {
  await open(lang)
  show({})
  mine()
  await screen.findByRole('heading', { level: 1, name: room.title[lang] })
  expect(region()).toBe('')
  show({ phase: 'live', step: step('change') })
  await hears(titles.change[lang])
  expect(screen.getByRole('heading', { level: 1 })).toHaveTextContent(titles.change[lang])
  show({ phase: 'live', step: { ...step('change'), locked: true } })
  show({ phase: 'live', step: step('serve') })
  await hears(titles.serve[lang])
  show({ phase: 'ended' })
  await hears(t.over)
})

test('F62 who has just knocked hears that they are in', async () => {
  await open('en', true)
  show({})
  mine()
  await hears(phone.en.letIn)
})

test('F62 who is removed hears it', async () => {
  await open()
  show({ phase: 'live', step: step('change') })
  mine()
  await screen.findByRole('heading', { level: 1, name: 'Change' })
  line.say('bye', 'removed')
  expect(await screen.findByRole('alert')).toHaveTextContent(phone.en.gone.removed)
})

test('F46 F62 while somebody’s words hold the phone in a step, they hear that the room has moved on, and of the next step once they go on', async () => {
  await open()
  show({ phase: 'live', step: step('change') })
  mine()
  const field = await screen.findByRole<HTMLTextAreaElement>('textbox', {}, { timeout: 8_000 })
  field.value = 'Half a sent'
  field.dispatchEvent(new InputEvent('input', { bubbles: true }))
  show({ phase: 'live', step: step('serve') })
  await screen.findByText(phone.en.movedOn)
  expect(region()).toBe('')
  screen.getByRole('button', { name: phone.en.keepAndGo }).click()
  await hears('Serving')
})
