import { screen, within } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { describe, expect, test, vi } from 'vitest'
import type { BoardConfig } from '#shared/activities/board/model.ts'
import Console from '../../../../client/activities/board/Console.svelte'
import Editor from '../../../../client/activities/board/Editor.svelte'
import { en } from '../../../../client/messages/cards.ts'
import { en as enBoard } from '../../../../client/messages/board.ts'
import { config } from '../../../shared/activities/board/arbitrary.ts'
import { boardOf, crowd, named, press, revealed, write } from './room.ts'
import '../../support/dialog.ts'

describe('the console', () => {
  test('reveals, and shows nothing to read before that', async () => {
    const room = boardOf(['ana', 'ben', 'eva'])
    room.console(Console)
    expect(screen.queryByText('by ana')).toBeNull()
    expect(screen.getByText(en.console.blind)).toBeVisible()
    await press(en.console.reveal)
    expect(room.room.state.revealed).toBe(true)
    expect(screen.getByText('by ana')).toBeVisible()
    expect(screen.getByText(en.console.later)).toBeVisible()
  })

  test('says that fewer than three people wait until there are three', async () => {
    const room = boardOf(['ana', 'ben'])
    room.console(Console)
    expect(screen.getByText(en.console.fewer)).toBeVisible()
    await press(en.console.reveal)
    expect(screen.getByText(en.console.none)).toBeVisible()
  })

  test('F30 CA9 holds what comes from now on with one press, reads it, and lets it through', async () => {
    const room = revealed(['ana', 'ben', 'eva'], named)
    room.console(Console)
    await press(en.console.hold)
    expect(screen.getByText(en.console.held)).toHaveRole('status')
    expect(screen.getByText(en.console.heldNamed)).toBeVisible()
    room.room.person('dan', write('from the back row'))
    room.room.person('ana', { type: 'edit', id: 'id-1', text: 'quite another', kind: 'thought' })
    room.changed()
    expect(screen.getByText('from the back row')).toBeVisible()
    expect(screen.getByText(en.console.waiting, { selector: ':not(option)' })).toBeVisible()
    expect(screen.getByText(en.console.becomes('quite another'))).toBeVisible()
    const inOrder = screen.getAllByRole('listitem').map(({ textContent }) => /back row|by \w+/u.exec(textContent ?? '')?.[0])
    expect([inOrder.slice(0, 2).sort(), inOrder.slice(2).sort()]).toEqual([['back row', 'by ana'], ['by ben', 'by eva']])
    expect(JSON.stringify(room.room.view('screen'))).not.toMatch(/back row|another/u)
    await press(en.console.letThrough)
    expect(JSON.stringify(room.room.view('screen'))).toMatch(/back row.*another|another.*back row/u)
    expect(screen.getByRole('button', { name: en.console.hold })).toBeVisible()
  })

  test('CA9 says of an anonymous wall that is held that nobody can read what waits', async () => {
    const room = revealed(['ana', 'ben', 'eva'])
    room.console(Console)
    await press(en.console.hold)
    expect(screen.getByText(en.console.heldBlind)).toBeVisible()
    for (const who of ['kim', 'leo', 'mia']) room.room.person(who, write(`by ${who}`))
    room.changed()
    expect(screen.getByText(new RegExp(en.console.heldSome, 'u'))).toBeVisible()
    expect(screen.queryByText('by kim')).toBeNull()
  })

  test('turns pages, puts a card in the light and out', async () => {
    const room = revealed(crowd(14))
    room.console(Console)
    expect(screen.getByRole('button', { name: en.console.previous })).toBeDisabled()
    await press(en.console.following)
    expect(room.room.state.page).toBe(1)
    await press('Spotlight: by p3')
    expect(room.room.view('screen').spotlight).toBe('id-4')
    await press(en.console.putOut)
    expect(room.room.view('screen').spotlight).toBeUndefined()
  })

  test('parks a card and takes it up again', async () => {
    const room = revealed(['ana', 'ben', 'eva'])
    room.console(Console)
    await press('Park: by ana')
    expect(room.room.state.cards['id-1']?.parked).toBe(true)
    await press('Take up again: by ana')
    expect(room.room.state.cards['id-1']?.parked).toBeUndefined()
  })

  test('hides a card with a reason and a word, and shows it again', async () => {
    const room = revealed(['ana', 'ben', 'eva'])
    room.console(Console)
    await press('Hide: by ana')
    const sheet = within(screen.getByRole('dialog'))
    await userEvent.click(sheet.getByRole('radio', { name: en.reasons['may-hurt'] }))
    await userEvent.type(sheet.getByLabelText(en.console.hideNote), 'Let us talk.')
    await userEvent.click(sheet.getByRole('button', { name: en.console.hide }))
    expect(room.room.state.cards['id-1']?.hidden).toEqual({ reason: 'may-hurt', note: 'Let us talk.' })
    await press('Show again: by ana')
    expect(room.room.state.cards['id-1']?.hidden).toBeUndefined()
  })

  test('hides nothing before it is chosen what its author is told; another reason needs a word', async () => {
    const room = revealed(['ana', 'ben', 'eva'])
    room.console(Console)
    await press('Hide: by ana')
    const sheet = within(screen.getByRole('dialog'))
    const hide = sheet.getByRole('button', { name: en.console.hide })
    expect(hide).toBeDisabled()
    await userEvent.click(sheet.getByRole('radio', { name: en.reasons.other }))
    expect(hide).toBeDisabled()
    await userEvent.type(sheet.getByLabelText(en.console.hideNote), 'It names a school.')
    await userEvent.click(hide)
    expect(room.room.state.cards['id-1']?.hidden).toEqual({ reason: 'other', note: 'It names a school.' })
  })

  test('filters by kind, by what is parked and by what is hidden', async () => {
    const room = revealed(['ana', 'ben', 'eva'])
    for (const who of ['leo', 'mia', 'kim']) room.room.person(who, write(`by ${who}`, 'question'))
    room.room.facilitator({ type: 'park', id: 'id-1' })
    room.room.facilitator({ type: 'hide', id: 'id-2' })
    room.console(Console)
    const shown = async (name: string) => {
      await userEvent.selectOptions(screen.getByLabelText(en.console.show), name)
      return screen.getAllByText(/^by /).map((text) => text.textContent).sort()
    }
    expect(await shown('Question')).toEqual(['by kim', 'by leo', 'by mia'])
    expect(await shown(en.parked)).toEqual(['by ana'])
    expect(await shown(en.console.hidden)).toEqual(['by ben'])
    expect(await shown(en.console.all)).toHaveLength(6)
  })

  test('writes a card on behalf of somebody', async () => {
    const room = boardOf([])
    room.console(Console)
    await userEvent.click(screen.getByText(enBoard.behalf))
    await userEvent.type(screen.getByLabelText(enBoard.behalfText), 'on paper')
    await press(enBoard.add)
    expect(room.room.view('facilitator').cards['id-1']).toMatchObject({ text: 'on paper', behalf: true })
    expect(screen.getByText(enBoard.added)).toBeVisible()
  })
})

describe('the editor', () => {
  test('adds a kind with a shape that no other has, and removes one', async () => {
    const change = vi.fn<(config: BoardConfig) => void>()
    boardOf([]).show(Editor, () => ({ config, langs: ['en', 'es'], change }))
    await press(enBoard.editor.add)
    expect(change.mock.lastCall?.[0].kinds['kind-1']).toEqual({ order: 3, name: {}, hint: {}, shape: 'circle' })
    await press('Remove Thought')
    expect(Object.keys(change.mock.lastCall?.[0].kinds ?? {})).toEqual(['question', 'epiphany'])
    await userEvent.selectOptions(screen.getByLabelText(en.editor.perPerson), '12')
    expect(change.mock.lastCall?.[0]).toEqual({ ...config, perPerson: 12 })
  })
})
