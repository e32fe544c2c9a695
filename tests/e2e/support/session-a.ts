/**
 * Session A from the first step to the end, as people would live it: a facilitator at the console, a projector, two phones (one of
 * them in Spanish), and a crowd over sockets. `at` is called at each moment, so that one run serves the journey's test, the
 * accessibility test and the pictures of the README.
 */
import type { Browser, Page } from 'playwright-core'
import type { Plan } from '#shared/session/plan.ts'
import { crowd, type Participant } from './crowd.ts'
import type { TestServer } from './server.ts'
import { CONSOLE, joinByCode, openConsole, openScreen, person, PHONE, SCREEN, type Created, type Troubles } from './stage.ts'

export const NAMES = ['Ada', 'Ben', 'Cleo', 'Dev', 'Eli', 'Fay', 'Gus', 'Hana', 'Ivo', 'Jo', 'Kai', 'Lia', 'Max', 'Noa', 'Oki', 'Pia', 'Quin', 'Rio', 'Sol', 'Tao', 'Uma', 'Vic', 'Wen', 'Yan']
export const DEPARTMENTS = ['humanware', 'attendance', 'safety', 'human-resources'] as const
export const HOSTS = 'Office of Equity, with Rosa and Tom'
export const DATE = '2026-11-24'

/** Everything that is said in the session, so that the notes can be held against it. */
export const SAID = {
  changes: ['Like learning to walk on ice', 'A relief, at last', 'Slow at first, then all at once', 'Como abrir una ventana'],
  thought: 'Our goal names students only once',
  question: 'Who decides when the goal is met?',
  epiphany: 'The meeting itself is where equity begins',
  spanish: 'La meta también es mía',
  hidden: 'This card is about one person in this room',
  serve: 'We will call every family before the first absence letter',
  serveSpanish: 'Vamos a escuchar antes de medir',
  commitment: 'I will ask one student a week what they need',
  private: 'I will apologise to my colleague',
  goal: 'By June 2025, ours is a district where every suspension is reviewed within two days',
} as const

export interface Cast {
  server: TestServer
  created: Created
  facilitator: Page
  screen: Page
  phone: Page
  telefono: Page
  crowd: Participant[]
}

export type Moment =
  | 'doors' | 'waiting' | 'welcome' | 'opening' | 'weather' | 'sky' | 'problem' | 'agreements' | 'agreed' | 'moments' | 'change' | 'wall' | 'approach'
  | 'tree' | 'tree-grown' | 'goals' | 'goal-open' | 'pairing' | 'partners' | 'board-writing' | 'board' | 'departments' | 'serve' | 'two-skies' | 'closing' | 'ended'

export interface Direction {
  browser: Browser
  server: TestServer
  troubles: Troubles
  dark?: boolean
  /** Called while everybody stands at this moment. */
  at?: (moment: Moment, cast: Cast) => Promise<void>
}

/** Prepares session A as a host would, over the API, and opens everybody's page. */
export async function gather({ browser, server, troubles, dark = false, at }: Direction): Promise<Cast> {
  const created = await server.api<Created>('POST', '/api/sessions', { template: 'smart-goals', title: 'SMART goals: purpose and promise' })
  const plan = await server.api<Plan>('GET', `/api/sessions/${created.id}/plan`)
  await server.api('PUT', `/api/sessions/${created.id}/plan`, { ...plan, title: { en: 'SMART goals: purpose and promise', es: 'Metas SMART: propósito y promesa' }, hosts: HOSTS, date: DATE })
  const open = (viewport: { width: number; height: number }, locale = 'en-US') => person(browser, server, troubles, { viewport, locale, dark })
  const facilitator = await openConsole(await open(CONSOLE), server, created.links.facilitator)
  const screen = await openScreen(await person(browser, server, troubles, { viewport: SCREEN }), server, created.links.screen)
  await facilitator.getByRole('button', { name: 'Open the doors' }).click()
  await facilitator.getByRole('button', { name: 'Start the session' }).waitFor()
  const phone = await joinByCode(await open(PHONE), server, created.code, 'Ana')
  const telefono = await joinByCode(await open(PHONE, 'es-MX'), server, created.code, 'Beatriz')
  await phone.getByText('You are in, Ana').waitFor()
  await telefono.getByText('Ya está dentro, Beatriz').waitFor()
  const cast: Cast = { server, created, facilitator, screen, phone, telefono, crowd: await crowd(server, created.code, NAMES) }
  await screen.getByText('here: about 20').waitFor()
  await at?.('waiting', cast)
  return cast
}

/** The room moves on, and everybody is there. */
export async function goTo(cast: Cast, step: string): Promise<void> {
  let at: string | undefined
  while (at !== step) at = (await cast.server.api<{ step?: string }>('POST', `/api/sessions/${cast.created.id}/next`)).step
  await Promise.all(cast.crowd.map((someone) => someone.sees((view) => view?.step?.id === step)))
}

/** Next, as the facilitator presses it. */
export async function next(cast: Cast): Promise<void> {
  await cast.facilitator.getByRole('button', { name: 'Next', exact: true }).click()
}

/** Lives the whole session. Ends it at last. */
export async function liveThrough(direction: Direction): Promise<Cast> {
  const cast = await gather(direction)
  const { facilitator, screen, phone, telefono, crowd: others } = cast
  const at = async (moment: Moment) => direction.at?.(moment, cast)

  await facilitator.getByRole('button', { name: 'Start the session' }).click()
  await screen.getByText(cast.created.code.slice(0, 4)).first().waitFor()
  await at('welcome')
  await next(cast)
  await screen.getByRole('heading', { name: 'Equity is not equality' }).waitFor()
  await at('opening')

  await goTo(cast, 'weather')
  const weathers = ['foggy', 'stormy', 'rainbow', 'windy', 'foggy', 'cloudy', 'rainbow', 'foggy']
  await Promise.all(others.map((someone, i) => someone.act('weather', { type: 'answer', weather: weathers[i % weathers.length] ?? 'foggy' })))
  await phone.getByRole('radio', { name: /^Rainy/u }).check({ force: true })
  await telefono.getByRole('radio', { name: /^Con niebla|^Neblina|^Niebla/u }).check({ force: true })
  await phone.getByText('Saved').first().waitFor()
  await at('weather')
  await facilitator.getByRole('button', { name: 'Reveal the sky' }).click()
  await screen.getByText(/of us/u).first().waitFor()
  await at('sky')

  await goTo(cast, 'problem')
  await next(cast)
  await at('problem')

  await goTo(cast, 'agreements')
  await at('agreements')
  for (let i = 0; i < 4; i += 1) await next(cast)
  await phone.getByRole('radio', { name: /I can work with these/u }).check({ force: true })
  await telefono.getByRole('radio').nth(1).check({ force: true })
  await Promise.all(others.slice(0, 3).map((someone) => someone.act('agreements', { type: 'choose', choice: 'talk' })))
  await facilitator.getByText('Some want to talk about an agreement.').waitFor()
  await at('agreed')

  await goTo(cast, 'moments')
  await at('moments')

  await goTo(cast, 'change')
  await Promise.all(others.slice(0, 8).map((someone, i) => someone.act('moments', { type: 'mark', moment: i % 2 === 0 ? 'validation' : 'reminding', support: 'others' })))
  await Promise.all(SAID.changes.map((text, i) => others[i]?.act('change', { type: 'write', text })))
  await phone.getByRole('textbox').fill('Like a first day at school')
  await phone.getByRole('button', { name: 'Send' }).click()
  await phone.getByText('Saved').first().waitFor()
  await at('change')
  await facilitator.getByRole('button', { name: 'Reveal', exact: true }).click()
  await screen.getByText(SAID.changes[0] ?? '').waitFor()
  await at('wall')

  await goTo(cast, 'approach')
  await at('approach')
  await goTo(cast, 'smart-goal')
  await at('tree')
  for (let i = 0; i < 4; i += 1) await next(cast)
  await at('tree-grown')
  await goTo(cast, 'department-goals')
  await at('goals')
  await next(cast)
  await at('goal-open')

  await goTo(cast, 'partners')
  await at('pairing')
  await pairUp(cast)
  await at('partners')

  await goTo(cast, 'board')
  await Promise.all([
    others[0]?.act('board', { type: 'write', kind: 'thought', text: SAID.thought, lang: 'en' }),
    others[1]?.act('board', { type: 'write', kind: 'question', text: SAID.question, lang: 'en' }),
    others[2]?.act('board', { type: 'write', kind: 'thought', text: SAID.hidden, lang: 'en' }),
    ...others.slice(3, 9).map((someone, i) => someone.act('board', { type: 'write', kind: i % 2 === 0 ? 'thought' : 'epiphany', text: `What card number ${i + 1} has to say`, lang: 'en' })),
  ])
  await writeCard(phone, /Epiphany/u, SAID.epiphany, 'Send')
  await writeCard(telefono, /Revelación/u, SAID.spanish, 'Enviar')
  await at('board-writing')
  await facilitator.getByRole('button', { name: 'Reveal', exact: true }).click()
  await screen.getByText(SAID.question).waitFor()
  await at('board')

  await goTo(cast, 'departments')
  await Promise.all(others.map((someone, i) => someone.act(undefined, { type: 'person.place', department: DEPARTMENTS[i % 4] ?? 'humanware' })))
  await at('departments')

  await goTo(cast, 'serve')
  await others[0]?.act('serve', { type: 'write', text: SAID.serve })
  await others[5]?.act('serve', { type: 'write', text: 'We will share the keys' })
  await facilitator.getByRole('button', { name: 'Reveal', exact: true }).click()
  await screen.getByText(SAID.serve).waitFor()
  await at('serve')

  await goTo(cast, 'closing-weather')
  await Promise.all(others.map((someone, i) => someone.act('closing-weather', { type: 'answer', weather: i % 3 === 0 ? 'sunny' : 'rainbow' })))
  await facilitator.getByRole('button', { name: 'Reveal the sky' }).click()
  await screen.getByText('At the end').waitFor()
  await at('two-skies')

  await goTo(cast, 'closing')
  await others[0]?.act('closing', { type: 'commit', text: SAID.commitment })
  await at('closing')
  await facilitator.getByRole('button', { name: 'End the session' }).click()
  await facilitator.getByRole('button', { name: 'End it now' }).click()
  await facilitator.getByRole('link', { name: 'To the notes' }).waitFor()
  await phone.getByText('Thank you for being here.').waitFor()
  await at('ended')
  return cast
}

/** Everybody in the crowd pairs with a neighbour by number; the two phones pair with each other. */
async function pairUp({ phone, telefono, crowd: others }: Cast): Promise<void> {
  for (let i = 0; i + 1 < others.length; i += 2) {
    const number = Number((others[i + 1]?.mine?.groups as { number?: number } | undefined)?.number)
    await others[i]?.act(undefined, { type: 'groups.pair', number })
  }
  void phone
  void telefono
}

async function writeCard(page: Page, kind: RegExp, text: string, send: string): Promise<void> {
  await page.getByRole('radio', { name: kind }).check({ force: true })
  await page.getByRole('textbox').fill(text)
  await page.getByRole('button', { name: send }).click()
  await page.getByText(text).waitFor()
}
