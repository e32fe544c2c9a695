/** Sessions of a few steps, for tests that need one moment and not the whole afternoon. */
import type { Plan } from '#shared/session/plan.ts'
import type { TestServer } from './server.ts'
import type { Created } from './stage.ts'

export interface Short {
  steps: string[]
  change?: (plan: Plan) => void
  /** How far it has come: the doors are closed, open, or the first step is entered. */
  phase?: 'draft' | 'open' | 'live'
}

/** Session A with these of its steps, in this order. */
export async function shortSession(server: TestServer, { steps, change, phase = 'live' }: Short): Promise<Created> {
  const created = await server.api<Created>('POST', '/api/sessions', { template: 'smart-goals', title: 'A short session' })
  const plan = await server.api<Plan>('GET', `/api/sessions/${created.id}/plan`)
  for (const [id, step] of Object.entries(plan.steps)) {
    if (steps.includes(id)) step.order = steps.indexOf(id)
    else step.hidden = true
  }
  change?.(plan)
  await server.api('PUT', `/api/sessions/${created.id}/plan`, plan)
  if (phase !== 'draft') await server.api('POST', `/api/sessions/${created.id}/open`)
  if (phase === 'live') await server.api('POST', `/api/sessions/${created.id}/start`)
  return created
}

/** The room goes on by one. */
export async function onward(server: TestServer, created: Created): Promise<void> {
  await server.api('POST', `/api/sessions/${created.id}/next`)
}


/** How often words stand in a text. */
export function times(text: string, words: string): number {
  return text.split(words).length - 1
}

/** A plan whose `serve` step takes several lines of each, so that a line that was posted twice would stand there twice. */
export function manyLines(plan: Plan): void {
  const step = plan.steps['serve']
  if (step !== undefined) step.activity.config = { ...(step.activity.config as object), perPerson: 5, byDepartment: false }
}

/** People who have come in, as the server counts them. */
export async function peopleOf(server: TestServer, created: Created): Promise<number> {
  return (await server.api<{ people: number }>('GET', `/api/sessions/${created.id}`)).people
}
