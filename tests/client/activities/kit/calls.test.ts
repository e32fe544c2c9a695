import { screen } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { describe, expect, test } from 'vitest'
import { closing } from '#shared/activities/closing/closing.ts'
import { closing as template } from '#shared/templates/smart-goals/closing.ts'
import CallSheet from '../../../../client/activities/kit/calls/CallSheet.svelte'
import CallsDot from '../../../../client/activities/kit/calls/CallsDot.svelte'
import { en } from '../../../../client/messages/calls.ts'
import { surfaces } from '../../support/surface.svelte.ts'
import '../../support/dialog.ts'

const room = () => surfaces(closing, template)

describe('on a phone', () => {
  test('each call is one tap, and says first who will see it', async () => {
    const it = room()
    it.show(CallSheet, () => ({ open: true }), { mine: { person: { id: 'p', name: 'Ana' } } }, 'ana')
    expect(screen.getByRole('button', { name: en.what['that-hurt'] })).toHaveAccessibleDescription(en.anonymous)
    expect(screen.getByRole('button', { name: en.what['find-me'] })).toHaveAccessibleDescription(en.findMe('Ana'))
    await userEvent.click(screen.getByRole('button', { name: en.what['slow-down'] }))
    expect(it.asked).toEqual([{ type: 'call.raise', what: 'slow-down' }])
  })

  test('where no names were asked for, "please find me" says that they will not know who calls', () => {
    room().show(CallSheet, () => ({ open: true }), { mine: { person: { id: 'p' } } }, 'ana')
    expect(screen.getByText(en.findMeNameless)).toBeVisible()
  })

  test('one learns that it was seen', () => {
    const calls = { a: { what: 'that-hurt', answered: true }, b: { what: 'slow-down', answered: false } }
    room().show(CallSheet, () => ({ open: true }), { mine: { calls } }, 'ana')
    expect(screen.getByText(en.from(en.what['that-hurt'], en.seen))).toBeVisible()
    expect(screen.getByText(en.from(en.what['slow-down'], en.sent))).toBeVisible()
  })
})

describe('on the console', () => {
  const calls = {
    a: { what: 'find-me' as const, name: 'Ana', answered: false },
    b: { what: 'that-hurt' as const, answered: false },
    c: { what: 'slow-down' as const, answered: true },
  }

  test('a call is a dot without content, for eyes and for ears', () => {
    room().show(CallsDot, () => ({ calls, support: 'The counsellor' }))
    expect(screen.getByRole('button', { name: en.dot })).toBeVisible()
    expect(document.body.textContent).not.toMatch(new RegExp(`Ana|${en.what['that-hurt']}|${en.what['find-me']}`))
    expect(screen.getByRole('status')).toHaveTextContent(en.open(2))
  })

  test('opened on purpose it tells what was called, and one tap answers', async () => {
    const it = room()
    it.show(CallsDot, () => ({ calls, support: 'The counsellor' }))
    await userEvent.click(screen.getByRole('button', { name: en.dot }))
    expect(screen.getByText(en.support('The counsellor'))).toBeVisible()
    await userEvent.click(screen.getByRole('button', { name: en.answerLabel(en.from(en.what['find-me'], 'Ana')) }))
    expect(it.asked).toEqual([{ type: 'call.answer', call: 'a' }])
  })

  test('without a call there is nothing', () => {
    room().show(CallsDot, () => ({ calls: {}, support: '' }))
    expect(screen.queryByRole('button')).toBeNull()
  })
})
