import { render, screen } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { SvelteSet } from 'svelte/reactivity'
import { expect, test } from 'vitest'
import Writing from '../../../../client/activities/cards/Writing.svelte'
import { en } from '../../../../client/messages/cards.ts'
import { en as kit } from '../../../../client/messages/kit.ts'
import { en as sees } from '../../../../client/messages/who-sees.ts'
import Surface from '../../support/Surface.svelte'
import { steady } from '../../support/steady.ts'

const step = { id: 'change', number: 1, kind: 'answers', title: { en: 'Change' }, anonymous: true, locked: false, activity: {} }
const given = (more: object = {}) => () => ({ step, perPerson: 1, revealed: false, length: 200, mine: undefined, ...more })

test('whoever sends without a line still sees their words, and that they wait', async () => {
  const sent = new SvelteSet<string>()
  const live = steady({
    act: (_, { text }) => new Promise(() => sent.add(String(text))),
    sending: () => 'waiting',
    flying: (_, type) => (type === 'write' ? [...sent] : []),
  })
  render(Surface, { live, component: Writing, given: given() })
  await userEvent.type(screen.getByLabelText(en.write), 'Rain after drought')
  await userEvent.click(screen.getByRole('button', { name: en.send }))
  expect(screen.getByText('Rain after drought')).toBeVisible()
  expect(screen.getByText(kit.waiting)).toBeVisible()
})

test('F1 a page that is opened anew shows the words that wait on the phone, and that they are being saved', () => {
  const live = steady({ sending: () => 'saving', flying: () => ['Rain after drought'] })
  render(Surface, { live, component: Writing, given: given() })
  expect(screen.getByText('Rain after drought')).toBeVisible()
  expect(screen.getByText(kit.saving)).toBeVisible()
  expect(screen.getByRole('button', { name: en.send })).toBeEnabled()
})

test('once the room looks at the wall, nobody is told that it will see this later', () => {
  render(Surface, { live: steady(), component: Writing, given: given({ revealed: true }) })
  expect(screen.getByText(sees.anonymousShown)).toBeVisible()
  expect(screen.queryByText(sees.anonymousRoom)).toBeNull()
})

test('words that a lock came before are called unsent', () => {
  const live = steady()
  live.draft('change/write').text = 'Not yet sent'
  render(Surface, { live, component: Writing, given: given({ step: { ...step, locked: true } }) })
  expect(screen.getByText(en.draftStays, { exact: false })).toBeVisible()
  expect(screen.getByText('Not yet sent')).toBeVisible()
})
