import { screen, within } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { describe, expect, test, vi } from 'vitest'
import { SLIDE_ICONS, type SlidesConfig } from '#shared/activities/slides/model.ts'
import { slides } from '#shared/activities/slides/slides.ts'
import { approach } from '#shared/templates/smart-goals/approach.ts'
import { problem } from '#shared/templates/smart-goals/problem.ts'
import { drawings } from '../../../../client/activities/slides/drawings.ts'
import Console from '../../../../client/activities/slides/Console.svelte'
import Editor from '../../../../client/activities/slides/Editor.svelte'
import Phone from '../../../../client/activities/slides/Phone.svelte'
import Screen from '../../../../client/activities/slides/Screen.svelte'
import { PICTURES } from '../../../../client/ui/pictures.ts'
import { en, es } from '../../../../client/messages/slides.ts'
import { config as small } from '../../../shared/activities/slides/arbitrary.ts'
import { surfaces } from '../../support/surface.svelte.ts'

const headline = problem.blocks['headline']?.title as { en: string; es: string }

describe('the screen', () => {
  test('shows the headline and every card, closed', () => {
    surfaces(slides, problem).screen(Screen)
    expect(screen.getByRole('heading', { level: 2, name: headline.en })).toBeVisible()
    expect(screen.getAllByRole('listitem')).toHaveLength(4)
    expect(screen.queryByText(/returns year after year/)).toBeNull()
  })

  test('opens what the facilitator opens, alone', () => {
    const room = surfaces(slides, problem)
    room.screen(Screen)
    room.go('next')
    expect(screen.getByText(/returns year after year/)).toBeVisible()
    expect(screen.queryByRole('heading', { name: 'Discipline' })).toBeNull()
    room.go('next')
    expect(screen.getByRole('heading', { name: 'Achievement' })).toBeVisible()
    expect(screen.queryByRole('heading', { name: headline.en })).toBeNull()
  })

  test('has titles in both languages', () => {
    const room = surfaces(slides, problem)
    room.screen(Screen, { both: true })
    room.go('next')
    expect(screen.getByText(headline.es)).toBeVisible()
  })

  test('has nothing of numbers about few people but that there are some', () => {
    surfaces(slides, small).screen(Screen)
    expect(screen.getByText('One small course')).toBeVisible()
    expect(screen.getByText('Numbers about few people')).toBeVisible()
    expect(screen.queryByText(/77\.8/)).toBeNull()
  })
})

describe('the phone', () => {
  test('has it all to read in one’s own time, and marks what is on the screen', async () => {
    const room = surfaces(slides, problem)
    room.phone(Phone, 'ana', { lang: 'es' })
    const articles = screen.getAllByRole('article')
    expect(articles).toHaveLength(5)
    expect(screen.queryByText('Ahora en la pantalla')).toBeNull()
    await userEvent.click(within(articles[2]!).getByText('Leer más'))
    expect(within(articles[2]!).getByText(/¿Se responde igual/)).toBeVisible()

    room.go('next')
    expect(within(articles[0]!).getByText('Ahora en la pantalla')).toBeVisible()
    // One's own folds stay as one left them.
    expect(within(articles[2]!).getByRole('group')).toHaveAttribute('open')
    expect(within(articles[0]!).getByRole('group')).not.toHaveAttribute('open')
  })

  test('says why a block about few people is closed', () => {
    const room = surfaces(slides, small)
    room.phone(Phone, 'ana')
    expect(screen.getByText(en.fewHidden)).toBeVisible()
    room.room.facilitator({ type: 'open', block: 'few', sure: true })
    room.changed()
    expect(screen.queryByText(en.fewHidden)).toBeNull()
    expect(screen.getByText('77.8 % of 9')).toBeVisible()
  })
})

describe('the console', () => {
  test('opens and closes', async () => {
    const room = surfaces(slides, problem)
    room.console(Console)
    await userEvent.click(screen.getByRole('button', { name: 'Open Discipline' }))
    expect(room.room.state.open).toBe('discipline')
    expect(screen.getByText('The screen shows: Discipline')).toBeVisible()
    await userEvent.click(screen.getByRole('button', { name: 'Close Discipline' }))
    expect(room.room.state.open).toBeUndefined()
    expect(screen.getByText(en.nothingOpen)).toBeVisible()
  })

  test('asks before numbers about few people are shown', async () => {
    const room = surfaces(slides, small)
    room.console(Console)
    await userEvent.click(screen.getByRole('button', { name: 'Open One small course' }))
    expect(room.room.state.open).toBeUndefined()
    await userEvent.click(screen.getByRole('button', { name: en.fewLeave }))
    expect(screen.queryByText(/recognise them/)).toBeNull()
    expect(room.room.events).toEqual([])
    await userEvent.click(screen.getByRole('button', { name: 'Open One small course' }))
    await userEvent.click(screen.getByRole('button', { name: en.fewShow }))
    expect(room.room.state.open).toBe('few')
  })

  test('offers nothing to open where there is nothing more', () => {
    surfaces(slides, small).console(Console)
    expect(screen.queryByRole('button', { name: 'Open Plain' })).toBeNull()
  })
})

describe('the editor', () => {
  function edit(config: SlidesConfig) {
    const change = vi.fn<(config: SlidesConfig) => void>()
    surfaces(slides, config).show(Editor, () => ({ config, langs: ['en'], change }))
    return change
  }

  test('adds, moves and removes', async () => {
    const change = edit(small)
    await userEvent.click(screen.getByRole('button', { name: 'Add a slide' }))
    expect(change.mock.lastCall?.[0].blocks['slide-1']).toEqual({ order: 4, layout: 'card', title: {}, body: {} })
    await userEvent.click(screen.getByRole('button', { name: 'Move Plain up' }))
    expect(change.mock.lastCall?.[0].blocks).toMatchObject({ plain: { order: 0 }, headline: { order: 1 } })
    await userEvent.click(screen.getByRole('button', { name: 'Remove Plain' }))
    expect(Object.keys(change.mock.lastCall?.[0].blocks ?? {})).toEqual(['headline', 'few', 'card'])
  })

  test('holds no field that says nothing', async () => {
    const change = edit({ blocks: { few: small.blocks['few']! } })
    await userEvent.click(screen.getByText('One small course'))
    await userEvent.click(screen.getByRole('checkbox', { name: 'Numbers about few people' }))
    expect(change.mock.lastCall?.[0].blocks['few']).not.toHaveProperty('fewPeople')
    await userEvent.selectOptions(screen.getByRole('combobox', { name: 'Icon' }), 'No icon')
    expect(change.mock.lastCall?.[0].blocks['few']).not.toHaveProperty('icon')
    await userEvent.selectOptions(screen.getByRole('combobox', { name: 'Picture' }), 'Walk before running')
    expect(change.mock.lastCall?.[0].blocks['few']).toMatchObject({ image: 'walk-before-running' })
  })
})

test('every icon is drawn and named, every picture of the templates ships, every picture is named', () => {
  expect(Object.keys(drawings).sort()).toEqual([...SLIDE_ICONS].sort())
  expect(Object.keys(en.editor.icons).sort()).toEqual([...SLIDE_ICONS].sort())
  const used = [...Object.values(problem.blocks), ...Object.values(approach.blocks)].flatMap((block) => block.image ?? [])
  expect(PICTURES).toEqual(expect.arrayContaining(used))
  for (const words of [en, es]) expect(Object.keys(words.editor.images).sort()).toEqual(PICTURES)
})
