import { screen } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { describe, expect, test, vi } from 'vitest'
import { answers } from '#shared/activities/answers/answers.ts'
import type { AnswersConfig } from '#shared/activities/answers/model.ts'
import Console from '../../../../client/activities/answers/Console.svelte'
import Editor from '../../../../client/activities/answers/Editor.svelte'
import Phone from '../../../../client/activities/answers/Phone.svelte'
import Screen from '../../../../client/activities/answers/Screen.svelte'
import { en } from '../../../../client/messages/answers.ts'
import { en as cards } from '../../../../client/messages/cards.ts'
import { config } from '../../../shared/activities/answers/arbitrary.ts'
import { surfaces } from '../../support/surface.svelte.ts'

const departments = {
  safety: { order: 0, name: { en: 'Safety & Security', es: 'Seguridad' } },
  people: { order: 1, name: { en: 'Human Resources', es: 'Recursos humanos' } },
}

/** People called "safety-1" have told their department; others have not. */
const named = {
  anonymous: false,
  departments,
  nameOf: (who: string) => `Name of ${who}`,
  departmentOf: (who: string) => Object.keys(departments).find((id) => who.startsWith(id)),
}

function wallOf(people: string[], around = {}) {
  const room = surfaces(answers, config, around)
  for (const who of people) room.room.person(who, { type: 'write', text: `by ${who}` })
  room.room.facilitator({ type: 'reveal' })
  return room
}

const press = (name: string | RegExp) => userEvent.click(screen.getByRole('button', { name }))

describe('the phone', () => {
  test('asks for the department first where the wall is by department', async () => {
    const room = surfaces(answers, config, named)
    room.phone(Phone, 'ana')
    expect(screen.queryByLabelText(cards.write)).toBeNull()
    await userEvent.click(screen.getByRole('radio', { name: 'Human Resources' }))
    await press(en.goOn)
    expect(room.asked).toEqual([{ type: 'person.place', department: 'people' }])
  })

  test('lets somebody of none of them write all the same', async () => {
    const room = surfaces(answers, config, named)
    room.phone(Phone, 'ana')
    await userEvent.click(screen.getByRole('radio', { name: en.noneOfThese }))
    await press(en.goOn)
    expect(room.asked).toEqual([])
    expect(screen.getByLabelText(cards.write)).toBeVisible()
  })

  test('says for which department one answers, and lets one change it', async () => {
    surfaces(answers, config, named).phone(Phone, 'safety-1')
    expect(screen.getByText('For: Safety & Security')).toBeVisible()
    await press(en.change)
    expect(screen.getByRole('radio', { name: 'Safety & Security' })).toBeChecked()
  })

  test('asks for no department in an anonymous step', () => {
    surfaces(answers, config, { ...named, anonymous: true }).phone(Phone, 'ana')
    expect(screen.queryByText(en.which)).toBeNull()
    expect(screen.getByLabelText(cards.write)).toBeVisible()
  })

  test('has the wall to read by department, without "me too"', async () => {
    wallOf(['people-1', 'safety-1', 'nowhere-1'], named).phone(Phone, 'safety-1')
    await userEvent.click(screen.getByText(cards.wall))
    expect(screen.getAllByRole('heading', { level: 3 }).map((title) => title.textContent)).toEqual([
      'Safety & Security',
      'Human Resources',
      cards.elsewhere,
    ])
    expect(screen.queryByRole('button', { name: /^Me too/ })).toBeNull()
  })
})

describe('the screen', () => {
  test('shows the wall by department, with names', () => {
    wallOf(['people-1', 'safety-1'], named).screen(Screen, { lang: 'es' })
    expect(screen.getAllByRole('heading', { level: 3 }).map((title) => title.textContent)).toEqual(['Seguridad', 'Recursos humanos'])
    expect(screen.getByText('Name of people-1')).toBeVisible()
  })

  test('says that the first answers are on their way when too few are revealed', () => {
    wallOf(['ana']).screen(Screen)
    expect(screen.getByText(cards.soon)).toBeVisible()
    expect(screen.queryByText('by ana')).toBeNull()
  })
})

describe('the console', () => {
  test('counts in steps where the step is anonymous, and says who may read', () => {
    const room = surfaces(answers, config)
    for (let i = 0; i < 7; i += 1) room.room.person(`p${i}`, { type: 'write', text: 'light' })
    room.console(Console)
    expect(screen.getByText(/At least 5 people have written\./)).toBeVisible()
  })

  test('lists a named step’s answers before the reveal, to hide what must not be shown', () => {
    const room = surfaces(answers, config, named)
    room.room.person('safety-1', { type: 'write', text: 'by safety-1' })
    room.console(Console)
    expect(screen.getByText('by safety-1')).toBeVisible()
    expect(screen.getByRole('button', { name: 'Hide: by safety-1' })).toBeVisible()
    expect(screen.queryByRole('button', { name: /^Spotlight/ })).toBeNull()
    expect(screen.queryByRole('button', { name: /^Park/ })).toBeNull()
  })
})

describe('the editor', () => {
  test('sets how many, how long and whether by department', async () => {
    const change = vi.fn<(config: AnswersConfig) => void>()
    surfaces(answers, config).show(Editor, () => ({ config, langs: ['en'], change }))
    await userEvent.selectOptions(screen.getByLabelText(cards.editor.length), '80 characters')
    expect(change.mock.lastCall?.[0]).toEqual({ ...config, length: 80 })
    await userEvent.click(screen.getByRole('checkbox'))
    expect(change.mock.lastCall?.[0]).toEqual({ ...config, byDepartment: false })
  })
})
