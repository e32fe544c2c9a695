/**
 * Session A lived through, step by step. `at` is called at each moment, while everybody stands there: one run serves the journey's
 * test, the accessibility test and the pictures of the README.
 */
import type { Page } from 'playwright-core'
import { DEPARTMENTS, gather, goTo, next, SAID, type Cast, type Direction, type Moment } from './session-a.ts'

const WEATHERS = ['foggy', 'stormy', 'rainbow', 'windy', 'foggy', 'cloudy', 'rainbow', 'foggy']

/** Lives the whole session and ends it. */
export async function liveThrough(direction: Direction): Promise<Cast> {
  const cast = await gather(direction)
  const at = async (moment: Moment) => direction.at?.(moment, cast)
  for (const part of [arrive, agree, imagine, setGoals, talk, shareOut, close]) await part(cast, at)
  return cast
}

type Part = (cast: Cast, at: (moment: Moment) => Promise<void>) => Promise<void>

const arrive: Part = async (cast, at) => {
  const { facilitator, screen, phone, telefono, crowd } = cast
  await facilitator.getByRole('button', { name: 'Start the session' }).click()
  await screen.getByText(cast.created.code.slice(0, 4)).first().waitFor()
  await phone.getByText('You are connected.').waitFor()
  await at('welcome')
  await next(cast)
  await screen.getByRole('heading', { name: 'Equity is not equality' }).waitFor()
  await phone.getByText('Equity is not equality').first().waitFor()
  await at('opening')

  await goTo(cast, 'weather')
  await Promise.all(crowd.map((someone, i) => someone.act('weather', { type: 'answer', weather: WEATHERS[i % WEATHERS.length] ?? 'foggy' })))
  await choose(phone, /^Rainy/u)
  await choose(telefono, /^Con niebla/u)
  await phone.getByText('Saved').first().waitFor()
  await at('weather')
  await phone.getByLabel('A line for yourself').fill(SAID.second)
  await facilitator.getByRole('button', { name: 'Reveal the sky' }).click()
  await screen.getByText(/of us/u).first().waitFor()
  await at('sky')
}

const agree: Part = async (cast, at) => {
  const { facilitator, phone, telefono, crowd } = cast
  await goTo(cast, 'problem')
  await next(cast)
  await phone.getByText('On the screen now').first().waitFor()
  await at('problem')

  await goTo(cast, 'agreements')
  await phone.getByText('Agreement 1 of 4').waitFor()
  await at('agreements')
  for (let i = 0; i < 4; i += 1) await next(cast)
  await choose(phone, /I can work with these/u)
  await telefono.getByRole('radio').nth(1).check({ force: true })
  await Promise.all(crowd.slice(0, 3).map((someone) => someone.act('agreements', { type: 'choose', choice: 'talk' })))
  await facilitator.getByText('Some want to talk about an agreement.').waitFor()
  await at('agreed')

  await goTo(cast, 'moments')
  await phone.getByText('Which moment are you in?').waitFor()
  await at('moments')
}

const imagine: Part = async (cast, at) => {
  const { facilitator, screen, phone, crowd } = cast
  await goTo(cast, 'change')
  await Promise.all(crowd.slice(0, 8).map((someone, i) => someone.act('moments', { type: 'mark', moment: i % 2 === 0 ? 'validation' : 'reminding', support: 'others' })))
  await Promise.all(SAID.changes.map((text, i) => crowd[i]?.act('change', { type: 'write', text })))
  await phone.getByRole('textbox').fill('Like a first day at school')
  await phone.getByRole('button', { name: 'Send' }).click()
  await phone.getByText('Like a first day at school').waitFor()
  await at('change')
  await facilitator.getByRole('button', { name: 'Reveal', exact: true }).click()
  await screen.getByText(SAID.changes[0]).waitFor()
  await at('wall')
  await crowd[4]?.act(undefined, { type: 'call.raise', what: 'slow-down' })
  await facilitator.getByRole('button', { name: 'A call for support' }).click()
  await facilitator.getByRole('button', { name: /^I’ve seen it/u }).click()
  await facilitator.keyboard.press('Escape')
  await crowd[4]?.sees((_view, mine) => Object.values(mine?.calls ?? {}).some((call) => call.answered))
}

const setGoals: Part = async (cast, at) => {
  const { facilitator, screen, phone } = cast
  await goTo(cast, 'approach')
  await phone.getByText('Then run').waitFor()
  await at('approach')

  await goTo(cast, 'smart-goal')
  await at('tree')
  const goal = facilitator.getByLabel('Goal', { exact: true })
  await goal.fill(SAID.goal)
  await facilitator.getByRole('button', { name: 'Put it up: Goal' }).click()
  await next(cast)
  await screen.getByText(SAID.goal).waitFor()
  await facilitator.getByRole('group', { name: 'Time-bound' }).getByRole('radio', { name: 'Yes' }).check({ force: true })
  for (let i = 0; i < 3; i += 1) await next(cast)
  await screen.getByText('Read the discipline data').waitFor()
  await at('tree-grown')

  await goTo(cast, 'department-goals')
  await phone.getByText('HumanWare').first().waitFor()
  await at('goals')
  await next(cast)
  await facilitator.getByRole('group', { name: 'Measurable' }).getByRole('radio', { name: 'Not yet' }).check({ force: true })
  await at('goal-open')
}

const talk: Part = async (cast, at) => {
  const { facilitator, phone, telefono, crowd } = cast
  await goTo(cast, 'partners')
  await telefono.getByText('Su número').waitFor()
  await at('pairing')
  for (let i = 0; i + 1 < crowd.length; i += 2) {
    await crowd[i]?.act(undefined, { type: 'groups.pair', number: crowd[i + 1]?.mine?.groups?.number ?? 0 })
  }
  const number = await telefono.getByText(/^\d+$/u).first().innerText()
  await phone.getByLabel('Your neighbour’s number').fill(number)
  await phone.getByRole('button', { name: 'We are together' }).click()
  await phone.getByText(/Beatriz/u).first().waitFor()
  await telefono.getByText(/Ana/u).first().waitFor()
  await phone.getByRole('button', { name: 'Start', exact: true }).click()
  await at('partners')
  await facilitator.getByText('Everybody has a place').waitFor()
}

const shareOut: Part = async (cast, at) => {
  const { facilitator, screen, phone, telefono, crowd } = cast
  await goTo(cast, 'board')
  await Promise.all([
    crowd[0]?.act('board', { type: 'write', kind: 'thought', text: SAID.thought, lang: 'en' }),
    crowd[1]?.act('board', { type: 'write', kind: 'question', text: SAID.question, lang: 'en' }),
    crowd[2]?.act('board', { type: 'write', kind: 'thought', text: SAID.hidden, lang: 'en' }),
    ...crowd.slice(3, 9).map((someone, i) => someone.act('board', { type: 'write', kind: i % 2 === 0 ? 'thought' : 'epiphany', text: OTHER_CARDS[i], lang: 'en' })),
  ])
  await writeCard(phone, /^Epiphany/u, SAID.epiphany, 'Send')
  await writeCard(telefono, /^Revelación/u, SAID.spanish, 'Enviar')
  await at('board-writing')
  await facilitator.getByRole('button', { name: 'Reveal', exact: true }).click()
  await screen.getByText('Written quietly first').waitFor({ state: 'detached' })
  await facilitator.getByRole('button', { name: `Hide: ${SAID.hidden}` }).click()
  await choose(facilitator, /One could recognise/u)
  await facilitator.getByRole('dialog').getByRole('button', { name: 'Hide', exact: true }).click()
  await facilitator.getByRole('button', { name: `Show again: ${SAID.hidden}` }).waitFor()
  await facilitator.getByRole('button', { name: `Park: ${SAID.question}` }).click()
  await facilitator.getByRole('button', { name: `Take up again: ${SAID.question}` }).waitFor()
  await at('board')

  await goTo(cast, 'departments')
  await Promise.all(crowd.map((someone, i) => someone.act(undefined, { type: 'person.place', department: DEPARTMENTS[i % 4] ?? 'humanware' })))
  await phone.getByRole('button', { name: 'Attendance' }).or(phone.getByRole('radio', { name: 'Attendance' })).first().click({ force: true })
  await facilitator.getByRole('button', { name: 'Make groups by department' }).click()
  await crowd[0]?.sees((_view, mine) => mine?.groups !== undefined && 'group' in mine.groups)
  await at('departments')

  await goTo(cast, 'serve')
  await crowd[0]?.act('serve', { type: 'write', text: SAID.serve })
  await crowd[5]?.act('serve', { type: 'write', text: 'We will share the keys' })
  await phone.getByRole('textbox').fill(SAID.serveAna)
  await phone.getByRole('button', { name: 'Send' }).click()
  await phone.getByText(SAID.serveAna).waitFor()
  await facilitator.getByRole('button', { name: 'Reveal', exact: true }).click()
  await screen.getByText(SAID.serve).waitFor()
  await at('serve')
}

const close: Part = async (cast, at) => {
  const { facilitator, screen, phone, crowd } = cast
  await goTo(cast, 'closing-weather')
  await Promise.all(crowd.map((someone, i) => someone.act('closing-weather', { type: 'answer', weather: i % 3 === 0 ? 'sunny' : 'rainbow' })))
  await facilitator.getByRole('button', { name: 'Reveal the sky' }).click()
  await screen.getByText('At the end').waitFor()
  await at('two-skies')

  await goTo(cast, 'closing')
  await crowd[0]?.act('closing', { type: 'write', text: SAID.commitment })
  await choose(phone, /^Mine alone/u)
  await phone.getByLabel('My commitment').fill(SAID.private)
  await phone.getByRole('button', { name: 'Keep it on this phone' }).click()
  await facilitator.getByRole('button', { name: 'Reveal', exact: true }).click()
  await screen.getByText(SAID.commitment).waitFor()
  await at('closing')
  await facilitator.getByRole('button', { name: 'End the session' }).click()
  await facilitator.getByRole('button', { name: 'End it now' }).click()
  await facilitator.getByRole('link', { name: 'To the notes' }).waitFor()
  await phone.getByText('Thank you for being here.').waitFor()
  await at('ended')
}

export const OTHER_CARDS = [
  'Small goals are still goals',
  'We measured attendance, and not belonging',
  'Nobody asked the bus drivers',
  'My moment and our goal are about the same child',
  'A goal without a date is a wish',
  'Listening first would have saved us a year',
]

async function choose(page: Page, name: RegExp): Promise<void> {
  await page.getByRole('radio', { name }).check({ force: true })
}

async function writeCard(page: Page, kind: RegExp, text: string, send: string): Promise<void> {
  await choose(page, kind)
  await page.getByRole('textbox').fill(text)
  await page.getByRole('button', { name: send }).click()
  await page.getByText(text).first().waitFor()
}
