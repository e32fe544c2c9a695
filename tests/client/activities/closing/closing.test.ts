import { screen } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { describe, expect, test, vi } from 'vitest'
import { closing } from '#shared/activities/closing/closing.ts'
import { closing as template } from '#shared/templates/smart-goals/closing.ts'
import Console from '../../../../client/activities/closing/Console.svelte'
import Phone from '../../../../client/activities/closing/Phone.svelte'
import Screen from '../../../../client/activities/closing/Screen.svelte'
import { en as cards } from '../../../../client/messages/cards.ts'
import { en } from '../../../../client/messages/closing.ts'
import { en as copy } from '../../../../client/messages/copy.ts'
import { surfaces } from '../../support/surface.svelte.ts'

const standing = { view: { standing: {} } }

function room() {
  return surfaces(closing, template, { anonymous: false })
}

describe('a commitment', () => {
  test('nobody has decided for me whether it is shared', () => {
    room().phone(Phone, 'ana', standing)
    for (const radio of screen.getAllByRole('radio')) expect(radio).not.toBeChecked()
    expect(screen.queryByRole('textbox')).toBeNull()
  })

  test('mine alone never leaves the phone, and is in my copy', async () => {
    const it = room()
    it.phone(Phone, 'ana', standing)
    await userEvent.click(screen.getByRole('radio', { name: en.alone }))
    await userEvent.type(screen.getByLabelText(en.commitment), 'I will listen first.')
    await userEvent.click(screen.getByRole('button', { name: en.keep }))
    expect(it.room.events).toEqual([])
    expect(it.asked).toEqual([])
    expect(it.journal.get('step/alone')?.text).toBe('I will listen first.')
    expect(screen.getByText(en.kept)).toBeVisible()
    await userEvent.clear(screen.getByLabelText(en.commitment))
    await userEvent.click(screen.getByRole('button', { name: en.keep }))
    expect(it.journal.size).toBe(0)
  })

  test('a beginning is taken by a tap', async () => {
    room().phone(Phone, 'ana', standing)
    await userEvent.click(screen.getByRole('radio', { name: en.alone }))
    await userEvent.click(screen.getByText(en.beginnings))
    await userEvent.click(screen.getByRole('button', { name: 'I will ask …' }))
    expect(screen.getByLabelText(en.commitment)).toHaveValue('I will ask ')
  })

  test('shared goes to the room once it is revealed, and there is one', async () => {
    const it = room()
    it.phone(Phone, 'ana', standing)
    await userEvent.click(screen.getByRole('radio', { name: en.shared }))
    await userEvent.type(screen.getByLabelText(cards.write), 'I will ask one student.')
    await userEvent.click(screen.getByRole('button', { name: cards.send }))
    expect(Object.values(it.room.mine('ana')?.cards ?? {})[0]?.text).toBe('I will ask one student.')
    expect(screen.queryByRole('radio')).toBeNull()
    expect(screen.getByText(en.alreadyShared)).toBeVisible()
    it.room.facilitator({ type: 'reveal' })
    it.screen(Screen)
    expect(screen.getAllByText('I will ask one student.').length).toBeGreaterThan(0)
  })

  test('the facilitator reveals the wall', async () => {
    const it = room()
    it.room.person('ana', { type: 'write', text: 'One' })
    it.console(Console)
    await userEvent.click(screen.getByRole('button', { name: cards.console.reveal }))
    expect(it.room.state.revealed).toBe(true)
  })
})

describe('keep my copy', () => {
  const view = { view: { standing: {}, title: { en: 'SMART goals' }, date: '2026-09-14', hosts: 'Ana' } }

  test('holds what was kept on this phone, to be looked at and saved as one page', async () => {
    const saved: Blob[] = []
    vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
      expect(this.download).toBe('my-copy-2026-09-14.html')
    })
    URL.createObjectURL = (blob: Blob) => {
      saved.push(blob)
      return 'blob:copy'
    }
    const it = room()
    it.journal.set('step/alone', { title: 'Closing', prompt: 'What will you do?', text: 'Listen <first>' })
    it.phone(Phone, 'ana', view)
    await userEvent.click(screen.getByText(copy.look))
    expect(screen.getByText('Listen <first>')).toBeVisible()
    await userEvent.click(screen.getByRole('button', { name: copy.save }))
    expect(await saved[0]?.text()).toContain('Listen &#60;first&#62;')
    expect(screen.getByText(new RegExp(copy.saved))).toBeVisible()
    vi.restoreAllMocks()
  })

  test('says so when there is nothing to keep yet', () => {
    room().phone(Phone, 'ana', view)
    expect(screen.getByText(copy.nothingAtAll)).toBeVisible()
    expect(screen.queryByRole('button', { name: copy.save })).toBeNull()
  })
})
