import { screen, waitFor, within } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Plan } from '#shared/session/plan.ts'
import type { Hosted } from '../../support/visit.ts'
import { openHouse, type House } from './house.ts'

let house: House
let session: Hosted

/** Three steps are enough to prepare. */
function short({ steps, ...rest }: Plan): Plan {
  const { weather, change, board } = steps
  if (weather === undefined || change === undefined || board === undefined) throw new Error('The template has other steps')
  return { ...rest, languages: ['en'], steps: { weather: { ...weather, order: 0, minutes: 7 }, change: { ...change, order: 1, minutes: 5, anonymous: true }, board: { ...board, order: 2, minutes: 10 } } }
}

beforeAll(async () => {
  house = await openHouse()
  await house.signIn()
})
beforeEach(async () => {
  await house.empty()
  session = await house.server.createSession(short)
})
afterAll(() => house.close())

const plan = async (): Promise<Plan> => (await house.server.host('GET', `/api/sessions/${session.id}/plan`)).body
const state = (text: string) => screen.findByText(text, { selector: 'p' })

async function prepare(): Promise<void> {
  house.visit(`/host/${session.id}/prepare`)
  expect(await screen.findByRole('heading', { name: 'Prepare' })).toBeVisible()
}

const field = (name: string) => screen.getByRole('textbox', { name })

async function openStep(name: RegExp): Promise<void> {
  await userEvent.click(screen.getByRole('button', { name, expanded: false }))
}

describe('what is typed', () => {
  test('is saved after a pause, and says so', async () => {
    await prepare()
    await userEvent.type(field('Hosts'), 'Office of Equity')
    expect(await state('Not saved yet')).toBeVisible()
    expect(await state('Saved')).toBeVisible()
    expect((await plan()).hosts).toBe('Office of Equity')
    expect(house.storage.keys('gw/plan/')).toEqual([])
  })

  test('survives a lost line and a reload, and is saved once there is a line again', async () => {
    await prepare()
    house.offline = true
    await userEvent.type(field('Hosts'), 'Ana and Luis')
    expect(await state('Not saved')).toBeVisible()
    expect(screen.getByRole('alert')).toHaveTextContent('What you changed is kept on this device')
    house.offline = false
    await prepare()
    expect(field('Hosts')).toHaveValue('Ana and Luis')
    expect(await state('Saved')).toBeVisible()
    expect((await plan()).hosts).toBe('Ana and Luis')
  })

  test('that is too long is told at its field, and kept', async () => {
    await prepare()
    await userEvent.click(field('Hosts'))
    await userEvent.paste('x'.repeat(201))
    expect(await state('Not saved')).toBeVisible()
    expect(field('Hosts')).toBeInvalid()
    expect(field('Hosts')).toHaveAccessibleDescription(/One text here is too long/u)
    await userEvent.clear(field('Hosts'))
    await userEvent.paste('shorter')
    expect(await state('Saved')).toBeVisible()
    expect(field('Hosts')).toBeValid()
  })
})

describe('two people on one plan', () => {
  async function elsewhere(): Promise<void> {
    await prepare()
    await house.server.host('PUT', `/api/sessions/${session.id}/plan`, { ...(await plan()), support: 'Call Rosa' })
    await userEvent.type(field('Hosts'), 'Mine')
    expect(await screen.findByText(/Somebody else has changed this plan/u)).toBeVisible()
    expect(await plan()).toMatchObject({ hosts: '', support: 'Call Rosa' })
  }

  test('are told, and one may take the other’s version', async () => {
    await elsewhere()
    await userEvent.click(screen.getByRole('button', { name: 'Use the other version' }))
    await waitFor(() => expect(field('Whom to call')).toHaveValue('Call Rosa'))
    expect(field('Hosts')).toHaveValue('')
    expect(await state('Saved')).toBeVisible()
  })

  test('or let one’s own stand instead', async () => {
    await elsewhere()
    await userEvent.click(screen.getByRole('button', { name: 'Save mine instead' }))
    expect(await state('Saved')).toBeVisible()
    expect(await plan()).toMatchObject({ hosts: 'Mine', support: '' })
  })

  test('whose answer got lost are not mistaken for two', async () => {
    await prepare()
    await userEvent.type(field('Hosts'), 'Once')
    await house.server.host('PUT', `/api/sessions/${session.id}/plan`, { ...(await plan()), hosts: 'Once' })
    expect(await state('Saved')).toBeVisible()
    expect(screen.queryByText(/Somebody else/u)).toBeNull()
  })
})

describe('people', () => {
  test('are asked what the host chose, in the departments that are theirs, and kept apart where they must be', async () => {
    await house.server.host('PUT', `/api/sessions/${session.id}/plan`, { ...(await plan()), departments: {}, keepApart: {} })
    await prepare()
    await userEvent.click(screen.getByRole('radio', { name: 'Their full name' }))
    await userEvent.click(screen.getByRole('button', { name: 'Add a department' }))
    await userEvent.type(within(screen.getByRole('group', { name: 'Departments or roles' })).getByRole('textbox', { name: 'Name' }), 'Attendance')
    await userEvent.click(screen.getByRole('checkbox', { name: 'Ask for the department or role at the door' }))
    await userEvent.click(screen.getByRole('button', { name: 'Add a pair' }))
    const pair = screen.getByRole('group', { name: 'Pair 1' })
    await userEvent.type(within(pair).getByRole('textbox', { name: 'One person' }), 'Ana')
    await userEvent.type(within(pair).getByRole('textbox', { name: 'The other' }), 'Luis')
    await userEvent.selectOptions(screen.getByRole('combobox', { name: 'Fewest people behind a number' }), '8')
    expect(await state('Saved')).toBeVisible()
    const saved = await plan()
    expect(saved).toMatchObject({ naming: 'full', askDepartment: true, k: 8 })
    expect(Object.values(saved.departments)).toEqual([{ order: 0, name: { en: 'Attendance' } }])
    expect(Object.values(saved.keepApart)).toEqual([{ a: 'Ana', b: 'Luis' }])
  })
})

describe('steps', () => {
  test('change their minutes and their order, and are left out, against ninety minutes', async () => {
    await prepare()
    expect(screen.getByText('22 of 90 minutes')).toBeVisible()
    await userEvent.clear(field('Minutes: Emotional weather'))
    await userEvent.type(field('Minutes: Emotional weather'), '80')
    expect(screen.getByText('95 of 90 minutes')).toBeVisible()
    expect(screen.getByText('5 too many')).toBeVisible()
    await userEvent.click(screen.getByRole('button', { name: 'Later: Emotional weather' }))
    await userEvent.click(screen.getByRole('button', { name: 'Later: Emotional weather' }))
    expect(screen.getByRole('button', { name: 'Earlier: Emotional weather' })).toHaveFocus()
    await userEvent.click(screen.getByRole('button', { name: 'Leave out on the day: What might change feel like?' }))
    expect(await state('Saved')).toBeVisible()
    const { steps } = await plan()
    expect(Object.entries(steps).sort(([, a], [, b]) => a.order - b.order).map(([id]) => id)).toEqual(['change', 'board', 'weather'])
    expect(steps.weather?.minutes).toBe(80)
    expect(steps.change?.hidden).toBe(true)
  })

  test('take no minutes that are none', async () => {
    await prepare()
    await userEvent.type(field('Minutes: Emotional weather'), ' or so')
    expect(field('Minutes: Emotional weather')).toBeInvalid()
    expect(field('Minutes: Emotional weather')).toHaveAccessibleDescription('Whole minutes, from 0 to 600.')
    await userEvent.type(field('Hosts'), 'Ana')
    await waitFor(async () => expect((await plan()).hosts).toBe('Ana'))
    expect((await plan()).steps.weather?.minutes).toBe(7)
  })

  test('open to the editor of their kind', async () => {
    await prepare()
    await openStep(/^Emotional weather/u)
    const question = await screen.findByRole('textbox', { name: 'Question' })
    await userEvent.clear(question)
    await userEvent.type(question, 'How is the sky today?')
    expect(await state('Saved')).toBeVisible()
    expect((await plan()).steps.weather?.activity.config).toMatchObject({ question: { en: 'How is the sky today?' } })
  })

  test('come together in groups of their own', async () => {
    await prepare()
    await openStep(/^What might change/u)
    await userEvent.selectOptions(screen.getByRole('combobox', { name: 'Where it happens' }), 'In new groups')
    await userEvent.selectOptions(screen.getByRole('combobox', { name: 'How many in a group' }), 'Groups of 4')
    expect(await state('Saved')).toBeVisible()
    const saved = await plan()
    expect(saved.groupings[saved.steps.change?.place ?? '']).toMatchObject({ how: 'random', size: 4 })
  })

  test('print who will see what is written, as the planner chose', async () => {
    await prepare()
    await openStep(/^What might change/u)
    expect(screen.getByText(/Nobody can look up who wrote it, the host included/u)).toBeVisible()
    await userEvent.click(screen.getByRole('radio', { name: 'With names' }))
    expect(screen.getByText(/The room will see this with your name/u)).toBeVisible()
    expect(await state('Saved')).toBeVisible()
    expect((await plan()).steps.change?.anonymous).toBe(false)
  })

  test('that have begun keep what people were told: it is put back, in words, and the rest is saved', async () => {
    await house.server.host('PUT', `/api/sessions/${session.id}/plan`, { ...(await plan()), steps: { change: (await plan()).steps.change } })
    await house.server.move(session, 'open')
    await house.server.move(session, 'start')
    const ana = await house.server.participant(session, { name: 'Ana' }, { transports: ['polling'] })
    await ana.done('change', { type: 'write', text: 'slow and honest', lang: 'en' })
    await prepare()
    await openStep(/^What might change/u)
    await userEvent.click(screen.getByRole('radio', { name: 'With names' }))
    await userEvent.type(field('Hosts'), 'Office of Equity')
    expect(await screen.findByText(/“What might change feel like\?” has begun/u)).toBeVisible()
    await waitFor(() => expect(screen.getByRole('radio', { name: 'Anonymous' })).toBeChecked())
    expect(await state('Saved')).toBeVisible()
    expect(await plan()).toMatchObject({ hosts: 'Office of Equity', steps: { change: { anonymous: true } } })
  })
})
