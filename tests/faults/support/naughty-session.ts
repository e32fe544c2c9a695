/** A session in which everybody says naughty things, and two measures of what a page makes of it. */
import type { Plan } from '#shared/session/plan.ts'
import { planOf } from '../../support/kinds.ts'
import type { Line } from '../../support/line.ts'
import type { Hosted, Visit } from '../../support/visit.ts'
import { REVEAL, sayings, textsOf, withText } from './naughty-plan.ts'

export interface NaughtySession {
  session: Hosted
  lead: Line
  steps: string[]
}

/** Every kind's step, with a string in every text of the plan, in names, and in all that people and facilitators write. */
export async function naughtySession(doors: Visit, next: () => string): Promise<NaughtySession> {
  const session = await doors.createSession((shipped) => ({ ...planOf(shipped), languages: ['en', 'es'] }))
  await naughtyPlan(doors, session, next)
  await doors.move(session, 'open')
  await doors.move(session, 'start')
  const people = await Promise.all(Array.from({ length: 4 }, () => doors.participant(session, { name: next().replaceAll('\n', ' ').trim().slice(0, 60) }).catch(() => doors.participant(session, { name: 'Nobody Naughty' }))))
  const lead = await doors.facilitator(session)
  const steps = Object.keys(lead.view('facilitator')?.run ?? {})
  for (const step of steps) {
    await lead.act(undefined, { type: 'flow.goto', step })
    for (const someone of people) for (const { command } of sayings('participant', next).filter((saying) => saying.step === step).slice(0, 4)) await someone.act(step, command)
    for (const { command } of sayings('facilitator', next).filter((saying) => saying.step === step).slice(0, 3)) await lead.act(step, command)
    await lead.act(step, REVEAL)
  }
  return { session, lead, steps }
}

/** The session's plan with a string in every text that takes one. */
async function naughtyPlan(doors: Visit, session: Hosted, say: () => string): Promise<void> {
  let plan = (await doors.host('GET', `/api/sessions/${session.id}/plan`)).body as Plan
  const texts = new Map(textsOf(plan).map((path) => [`plan.${path.join('.')}`, { path, text: say() }]))
  for (const { path, text } of texts.values()) plan = withText(plan, path, text)
  for (;;) {
    const saved = await doors.host('PUT', `/api/sessions/${session.id}/plan`, plan)
    if (saved.status === 200) return
    // Too long for this field: half of it is no less naughty.
    const told = texts.get(saved.body.path.startsWith('plan.') ? saved.body.path : `plan.${saved.body.path}`)
    if (saved.body.code !== 'too-long' || told === undefined) throw new Error(`The plan was refused: ${saved.text}`)
    told.text = told.text.slice(0, told.text.length >> 1)
    plan = withText(plan, told.path, told.text)
  }
}

/** In a page: why it is wider than its window, if it is. As text, so that any browser's driver can run it. */
export const BURST = `(() => {
  const { scrollWidth, clientWidth } = document.documentElement
  if (scrollWidth <= clientWidth + 1) return undefined
  // Elements only fill the room that the widest words make.
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  let widest = { right: 0, text: '' }
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const range = document.createRange()
    range.selectNodeContents(node)
    const { right } = range.getBoundingClientRect()
    if (right > widest.right) widest = { right, text: node.textContent ?? '' }
  }
  return \`\${scrollWidth} px wide in \${clientWidth}, words to \${Math.round(widest.right)}: \${encodeURI(widest.text.slice(0, 200))}\`
})()`
