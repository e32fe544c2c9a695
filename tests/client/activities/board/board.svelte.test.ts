import { screen, within } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { describe, expect, test } from 'vitest'
import { board } from '#shared/activities/board/board.ts'
import Phone from '../../../../client/activities/board/Phone.svelte'
import Screen from '../../../../client/activities/board/Screen.svelte'
import { en } from '../../../../client/messages/cards.ts'
import { en as sees, es as seesEs } from '../../../../client/messages/who-sees.ts'
import { config } from '../../../shared/activities/board/arbitrary.ts'
import { boardOf, crowd, field, named, press, revealed, write } from './room.ts'
import { surfaces } from '../../support/surface.svelte.ts'
import '../../support/dialog.ts'

describe('the phone', () => {
  test('says who will see it before anything is written', () => {
    boardOf([]).phone(Phone, 'ana', { lang: 'es' })
    expect(screen.getByText(seesEs.anonymousRoom)).toBeVisible()
  })

  test('sends a card of a kind, in this phone’s language, and keeps a copy of it', async () => {
    const room = boardOf([])
    room.phone(Phone, 'ana')
    await userEvent.click(screen.getByRole('radio', { name: 'Question' }))
    await userEvent.type(field(), '  Why now?  ')
    await press(en.send)
    expect(room.room.events).toMatchObject([{ type: 'written', text: 'Why now?', kind: 'question', lang: 'en' }])
    expect(field()).toHaveValue('')
    expect(screen.getByText('Why now?')).toBeVisible()
    expect(screen.getByText(en.kept)).toBeVisible()
    expect([...room.journal.values()].map(({ text }) => text)).toEqual(['Why now?'])
  })

  test('sends nothing that is empty or too long', async () => {
    const room = boardOf([])
    room.phone(Phone, 'ana')
    await press(en.send)
    expect(screen.getByText(en.empty)).toBeVisible()
    await userEvent.type(field(), 'x'.repeat(41))
    await press(en.send)
    expect(room.room.events).toEqual([])
    expect(field()).toHaveValue('x'.repeat(41))
  })

  test('gives the words back if the answer is a no', async () => {
    const room = boardOf([])
    room.phone(Phone, 'ana')
    room.room.around.config = { ...config, length: 3 }
    await userEvent.type(field(), 'too long now')
    await press(en.send)
    expect(screen.getByText(en.notSaved)).toBeVisible()
    expect(field()).toHaveValue('too long now')
  })

  test('offers no field once one has said all that one may', () => {
    boardOf(['ana', 'ana', 'ana']).phone(Phone, 'ana')
    expect(screen.queryByLabelText(en.write)).toBeNull()
    expect(screen.getAllByText('by ana')).toHaveLength(3)
  })

  test('CA9 says of new words and of changed ones that the facilitator is holding them', async () => {
    const room = revealed(['ana', 'ben', 'eva'], named)
    room.room.facilitator({ type: 'hold', on: true })
    room.phone(Phone, 'ana')
    expect(screen.getByText(sees.namedRoom)).toBeVisible()
    await userEvent.type(field(), 'One more')
    await press(en.send)
    expect(screen.getByText(en.heldNew)).toBeVisible()
    room.room.person('ana', { type: 'edit', id: 'id-1', text: 'Other words', kind: 'thought' })
    room.changed()
    expect(screen.getByText('Other words')).toBeVisible()
    expect(screen.getByText(en.heldEdit)).toBeVisible()
  })

  test('edits a card and its kind, and says that the room is watching', async () => {
    const room = revealed(['ana', 'ben', 'eva'])
    room.phone(Phone, 'ana')
    await press(en.edit)
    expect(screen.getByText(en.together)).toBeVisible()
    const own = screen.getByLabelText(en.editing)
    await userEvent.clear(own)
    await userEvent.type(own, 'changed')
    await userEvent.click(within(own.closest('form')!).getByRole('radio', { name: 'Epiphany' }))
    await press(en.save)
    expect(screen.getByText(en.editWaits)).toBeVisible()
    expect(room.room.view('screen').cards['id-1'], 'not before others change theirs').toMatchObject({ text: 'by ana' })
    for (const [who, id] of [['ben', 'id-2'], ['eva', 'id-3']] as const) room.room.person(who, { type: 'edit', id, text: 'too', kind: 'thought' })
    expect(room.room.view('screen').cards['id-1']).toMatchObject({ text: 'changed', kind: 'epiphany' })
    expect(room.journal.get('step/id-1')?.text).toBe('changed')
  })

  test('leaves a card as it was', async () => {
    const room = boardOf(['ana'])
    room.phone(Phone, 'ana')
    await press(en.edit)
    await userEvent.type(screen.getByLabelText(en.editing), ' and more')
    await press(en.cancel)
    expect(screen.getByText('by ana')).toBeVisible()
    await press(en.edit)
    expect(screen.getByLabelText(en.editing)).toHaveValue('by ana')
    expect(room.room.events).toHaveLength(1)
  })

  test('takes a card back, from the copy too', async () => {
    const room = boardOf(['ana'])
    room.phone(Phone, 'ana')
    await press(en.takeBack)
    expect(screen.queryByText('by ana')).toBeNull()
    expect(room.journal.size).toBe(0)
  })

  test('says that a late card waits for the next ones', () => {
    const room = revealed(['ana', 'ben', 'eva'])
    room.phone(Phone, 'leo')
    room.room.person('leo', write('by leo'))
    room.changed()
    expect(screen.getByText(en.next)).toBeVisible()
    room.room.person('kim', write('by kim'))
    room.room.person('mia', write('by mia'))
    room.changed()
    expect(screen.queryByText(en.next)).toBeNull()
  })

  test('says why a card was hidden', () => {
    const room = revealed(['ana', 'ben', 'eva'])
    room.room.facilitator({ type: 'hide', id: 'id-1', reason: 'twice', note: 'Ben said it too.' })
    room.phone(Phone, 'ana')
    expect(screen.getByText(/only you and the facilitators/i)).toHaveTextContent('It stood there twice. Ben said it too.')
  })

  test('echoes others’ cards and takes it back; its own offers none', async () => {
    const room = revealed(['ana', 'ben', 'eva'], named)
    room.phone(Phone, 'ana')
    await userEvent.click(screen.getByText(en.wall))
    expect(screen.getAllByRole('button', { name: /^Me too/ })).toHaveLength(2)
    expect(screen.getByText(en.yours)).toBeVisible()
    const echo = screen.getByRole('button', { name: 'Me too: by ben' })
    await userEvent.click(echo)
    expect(echo).toHaveAttribute('aria-pressed', 'true')
    expect(screen.getByText('Me too: 1')).toBeVisible()
    await userEvent.click(echo)
    expect(echo).toHaveAttribute('aria-pressed', 'false')
    expect(screen.queryByText('Me too: 1')).toBeNull()
  })

  test('offers nothing to send or change once the step is locked', () => {
    const room = revealed(['ana', 'ben', 'eva'])
    room.phone(Phone, 'ana', { locked: true })
    expect(screen.getByText(en.locked)).toBeVisible()
    for (const name of [en.send, en.edit, en.takeBack]) expect(screen.queryByRole('button', { name })).toBeNull()
  })

  test('tells of the named step that the name will be seen', () => {
    boardOf([], named).phone(Phone, 'ana')
    expect(screen.getByText(sees.namedRoom)).toBeVisible()
  })
})

describe('the screen', () => {
  test('is the same veil whoever has written', () => {
    const room = boardOf([])
    const { container } = room.screen(Screen)
    const before = container.innerHTML
    for (const who of crowd(9)) room.room.person(who, write(`by ${who}`))
    room.changed()
    expect(container.innerHTML).toBe(before)
    expect(screen.getByText(en.veiled)).toBeVisible()
  })

  test('shows a page of cards, each with its kind in words, its language and its own direction', () => {
    const room = surfaces(board, config)
    for (const who of crowd(14)) room.room.person(who, { ...write(`por ${who}`, 'epiphany'), lang: 'es' })
    room.room.facilitator({ type: 'reveal' })
    room.screen(Screen)
    const texts = screen.getAllByText(/^por p/)
    expect(texts).toHaveLength(12)
    expect(texts[0]).toHaveAttribute('lang', 'es')
    expect(texts[0]).toHaveAttribute('dir', 'auto')
    expect(screen.getAllByText('Epiphany')).toHaveLength(12)
    expect(screen.getByText('Page 1 of 2')).toBeVisible()
  })

  test('shows one card alone, and nothing of the wall behind it', () => {
    const room = revealed(crowd(5))
    room.screen(Screen)
    room.room.facilitator({ type: 'spotlight', id: 'id-3' })
    room.changed()
    expect(screen.getAllByText(/^by p/).map((text) => text.textContent)).toEqual(['by p2'])
  })

  test('names people in a named step only', () => {
    revealed(['ana', 'ben', 'eva'], { ...named, anonymous: true }).screen(Screen)
    expect(screen.queryByText(/Name of/)).toBeNull()
    revealed(['ana'], named).screen(Screen)
    expect(screen.getByText('Name of ana')).toBeVisible()
  })
})
