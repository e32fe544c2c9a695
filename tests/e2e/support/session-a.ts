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
  serveAna: 'We will listen before we measure',
  commitment: 'I will ask one student a week what they need',
  private: 'I will apologise to my colleague',
  goal: 'By June 2025, ours is a district where every suspension is reviewed within two days',
  note: 'Two days is a number we can check',
  behalf: 'I have no phone, and I want to say thank you',
  second: 'A walk before the next meeting',
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
