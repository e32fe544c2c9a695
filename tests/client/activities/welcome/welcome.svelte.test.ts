import { screen } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { describe, expect, test, vi } from 'vitest'
import { welcome } from '#shared/activities/welcome/welcome.ts'
import { welcome as template } from '#shared/templates/smart-goals/welcome.ts'
import Console from '../../../../client/activities/welcome/Console.svelte'
import Editor from '../../../../client/activities/welcome/Editor.svelte'
import Phone from '../../../../client/activities/welcome/Phone.svelte'
import Screen from '../../../../client/activities/welcome/Screen.svelte'
import { dayInWords, groupedCode, hostOf } from '../../../../client/activities/welcome/way-in.ts'
import { surfaces } from '../../support/surface.svelte.ts'

const join = { code: '12345678', link: 'http://192.168.4.20:3000/j/abcdefghijk' }
const view = { title: { en: 'SMART goals', es: 'Metas SMART' }, hosts: 'Ana and Ben', date: '2026-03-03' }

describe('the screen', () => {
  test('shows the title, who hosts, the day in words, and every way in', () => {
    surfaces(welcome, template).screen(Screen, { view, join })
    expect(screen.getByRole('heading', { level: 1, name: 'SMART goals' })).toBeVisible()
    expect(screen.getByText('Ana and Ben')).toBeVisible()
    expect(screen.getByText('Tuesday, March 3, 2026')).toBeVisible()
    expect(screen.getByText('192.168.4.20:3000')).toBeVisible()
    expect(screen.getByText('1234 5678')).toBeVisible()
    expect(screen.getByRole('img', { name: 'Code to join with your phone’s camera' })).toBeVisible()
  })

  test('speaks its own language, and needs no way in', () => {
    surfaces(welcome, template).screen(Screen, { view, lang: 'es' })
    expect(screen.getByRole('heading', { name: 'Metas SMART' })).toBeVisible()
    expect(screen.getByText('martes, 3 de marzo de 2026')).toBeVisible()
    expect(screen.queryByRole('img')).toBeNull()
  })

  test('turns to the opening slide and back', () => {
    const room = surfaces(welcome, template)
    room.screen(Screen, { view, join })
    room.go('next')
    expect(screen.getByRole('heading', { name: 'Equity is not equality' })).toBeVisible()
    expect(screen.getByRole('img', { name: /^Three gaps/ })).toBeVisible()
    expect(screen.queryByText('1234 5678')).toBeNull()
    room.go('back')
    expect(screen.getByText('1234 5678')).toBeVisible()
  })

  test('has the opening slide in both languages, with one picture', () => {
    const room = surfaces(welcome, template)
    room.screen(Screen, { view, both: true })
    room.go('next')
    expect(screen.getByRole('heading', { name: 'Equity is not equality' })).toBeVisible()
    expect(screen.getByRole('heading', { name: 'Equidad no es igualdad' })).toBeVisible()
    expect(screen.getAllByRole('img')).toHaveLength(1)
  })
})

describe('the phone', () => {
  const agenda = { later: { order: 1, title: { en: 'Weather', es: 'Clima' } }, step: { order: 0, title: { en: 'Welcome', es: 'Bienvenida' } } }

  test('welcomes, says that it is connected, and what will come', () => {
    surfaces(welcome, template).phone(Phone, 'ana', { view: { ...view, agenda } })
    expect(screen.getByText('You are connected.')).toBeVisible()
    expect(screen.getByText(template.greeting?.en ?? '')).toBeVisible()
    expect(screen.getAllByRole('listitem').map((item) => item.textContent)).toEqual(['Welcome', 'Weather'])
  })

  test('follows to the opening slide, in its own language', () => {
    const room = surfaces(welcome, template)
    room.phone(Phone, 'ana', { lang: 'es', view: { ...view, agenda } })
    room.go('next')
    expect(screen.getByRole('heading', { name: 'Equidad no es igualdad' })).toBeVisible()
  })
})

describe('the console', () => {
  test('shows the opening slide and the way in by hand', async () => {
    const room = surfaces(welcome, template)
    room.console(Console, { view, join })
    expect(screen.getByText('Address: 192.168.4.20:3000. Code: 1234 5678.')).toBeVisible()
    await userEvent.click(screen.getByRole('button', { name: 'Show the opening slide' }))
    expect(room.room.view('screen').showing).toBe('opening')
    await userEvent.click(screen.getByRole('button', { name: 'Show how to join again' }))
    expect(room.room.view('screen').showing).toBe('door')
  })

  test('offers no slide that there is not', () => {
    surfaces(welcome, {}).console(Console, { view })
    expect(screen.queryByRole('button')).toBeNull()
  })
})

test('the editor leaves out what has been emptied', async () => {
  const change = vi.fn()
  surfaces(welcome, template).show(Editor, () => ({ config: { greeting: { en: 'H' }, opening: { en: 'O' } }, langs: ['en'], change }))
  await userEvent.clear(screen.getByRole('textbox', { name: /^Greeting/ }))
  expect(change).toHaveBeenLastCalledWith({ opening: { en: 'O' } })
  await userEvent.type(screen.getByRole('textbox', { name: /^Opening/ }), 'x')
  expect(change).toHaveBeenLastCalledWith({ greeting: { en: 'H' }, opening: { en: 'Ox' } })
})

describe('the way in, for people', () => {
  test('codes are read in groups, however they come', () => {
    expect(groupedCode('12345678')).toBe('1234 5678')
    expect(groupedCode('1234 5678')).toBe('1234 5678')
    expect(groupedCode('')).toBe('')
  })

  test('an address is what one types', () => {
    expect(hostOf('https://gather.example.org/j/x#y')).toBe('gather.example.org')
    expect(hostOf('http://192.168.1.4:3000/')).toBe('192.168.1.4:3000')
  })

  test('no day is no words', () => {
    expect(dayInWords('', 'en')).toBe('')
    expect(dayInWords('2026-13-45', 'en')).toBe('')
  })
})
