/** F4, F28, F53: what leaves the server. Nothing that is secret to anybody else, and nothing by which an anonymous author could be found. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Plan } from '#shared/session/plan.ts'
import { tagOf } from '../../../server/access/veil.ts'
import { startApp, type TestApp } from '../../support/app.ts'
import { planOf } from '../../support/kinds.ts'
import type { Line } from '../../support/line.ts'
import { canonical, until } from '../../support/until.ts'
import { keyOf, type Hosted, type Ticket } from '../../support/visit.ts'

type Phone = Line & { ticket: Ticket }
type Said = [who: number, step: string | undefined, command: { type: string; [field: string]: unknown }]

const NAMES = ['Ana', 'Ben', 'Cleo', 'Dan', 'Eva', 'Fay']
const ANONYMOUS = ['check-in', 'answers', 'board', 'moments', 'agreements']
const plan = (shipped: Plan) => planOf(shipped, (kind) => ANONYMOUS.includes(kind))

let it: TestApp
/** Which act it is. What an act draws is its own: on several servers it may be decided more than once. */
let turn: number
beforeEach(() => { turn = 0 })
afterEach(async () => { await it.close() })

const start = async () => {
  turn = 0
  it = await startApp({ now: () => 1_800_000_000_000, dice: { seed: () => `seed ${turn}`, id: () => `thing-${String(turn).padStart(4, '0')}` } })
}

/** What is said in every anonymous step; the first two people are those who will be exchanged. */
function everythingSaid(alpha: number, beta: number): (Said | ['reveal' | 'go', string])[] {
  const said: (Said | ['reveal' | 'go', string])[] = []
  const rest = [2, 3, 4, 5]
  for (const step of ANONYMOUS) {
    said.push(['go', step])
    if (step === 'agreements') said.push(['reveal', step])
    const one: Record<string, (word: string) => Said[2]> = {
      'check-in': (word) => ({ type: 'answer', weather: word === 'alpha' ? 'foggy' : 'rainy' }),
      answers: (word) => ({ type: 'write', text: `words ${word}`, lang: 'en' }),
      board: (word) => ({ type: 'write', text: `card ${word}`, kind: 'question', lang: 'en' }),
      moments: (word) => ({ type: 'mark', moment: word === 'alpha' ? 'reminding' : 'validation', support: 'self' }),
      agreements: (word) => ({ type: 'choose', choice: word === 'alpha' ? 'talk' : 'work' }),
    }
    const make = one[step] as (word: string) => Said[2]
    said.push([alpha, step, make('alpha')], [beta, step, make('beta')], ...rest.map((who): Said => [who, step, make(`of ${NAMES[who]}`)]))
    if (step !== 'moments' && step !== 'agreements') said.push(['reveal', step])
    if (step === 'answers') said.push([alpha, step, { type: 'write', text: 'late alpha', lang: 'en' }], [beta, step, { type: 'write', text: 'late beta', lang: 'en' }], [2, step, { type: 'write', text: 'late', lang: 'en' }])
  }
  said.push([alpha, undefined, { type: 'call.raise', what: 'slow-down' }], [beta, undefined, { type: 'call.raise', what: 'that-hurt' }])
  return said
}

async function room() {
  const session = await it.openSession(plan)
  const phones: Phone[] = []
  for (const name of NAMES) phones.push(await it.participant(session, { name }))
  const console = await it.facilitator(session)
  const screen = await it.screen(session)
  await quiet(session, [...phones, console, screen])
  await console.done(undefined, { type: 'session.start' })
  return { session, phones, console, screen }
}

/** Every server knows all, and nobody has been sent anything for longer than a busy room gathers its changes: what follows is sent alone, and at once. */
async function quiet(session: Hosted, lines: readonly Line[]): Promise<void> {
  for (const { deps } of it.apps) await (await deps.rooms.get(session.id))?.room.committed(() => undefined)
  let [sent, since] = [-1, 0]
  await until(() => {
    const now = lines.reduce((sum, { frames }) => sum + frames.filter(isShown).length, 0)
    if (now !== sent) [sent, since] = [now, performance.now()]
    return performance.now() - since > 60
  }, 'everybody to be sent everything')
}
const isShown = (frame: string): boolean => /^(\["(view|patch)")/u.test(frame.replace(/^\d+/u, ''))

async function play(said: ReturnType<typeof everythingSaid>, phones: Phone[], console: Line, pace: () => Promise<void>): Promise<void> {
  for (const [i, one] of said.entries()) {
    await pace()
    turn += 1
    if (one[0] === 'go') await console.done(undefined, { type: 'flow.goto', step: one[1] as string }, `console-${String(i).padStart(12, '0')}`)
    else if (one[0] === 'reveal') await console.done(one[1] as string, { type: one[1] === 'agreements' ? 'ask' : 'reveal' }, `console-${String(i).padStart(12, '0')}`)
    else await (phones[one[0] as number] as Phone).done(one[1], one[2] as Said[2], `phone-${String(i).padStart(14, '0')}`)
  }
}

describe('canaries', () => {
  test('AU1 no secret, no tag and no stranger’s id is in any frame, answer or line of the log', async () => {
    await start()
    const { session, phones, console, screen } = await room()
    const { link } = await it.link(session, 'cofacilitator', 'Co')
    await play(everythingSaid(0, 1), phones, console, async () => undefined)
    const late = await it.participant(session)
    const answers = (await Promise.all([`/api/sessions/${session.id}`, `/api/sessions/${session.id}/links`, `/api/sessions/${session.id}/plan`, '/api/sessions', `/api/sessions/${session.id}/notes?format=md`].map((path) => it.host('GET', path)))).map(({ text }) => text)
    await console.done(undefined, { type: 'session.end' })
    await until(() => late.view('everyone')?.phase === 'ended')

    const secrets = [...phones, late].flatMap(({ ticket }) => [ticket.token, ticket.veil, ...[...ANONYMOUS, ...ANONYMOUS.map((step) => `calls/${step}`), ...ANONYMOUS.map((step) => `moments/${step}`)].map((scope) => tagOf(ticket.veil, session.id, scope))])
    secrets.push(keyOf(link), keyOf(session.links.facilitator), keyOf(session.links.screen), console.cookie.split('=')[1] ?? '', screen.cookie.split('=')[1] ?? '')
    const sent = [...phones, late, console, screen].map((line) => line.frames.join('\n'))
    for (const secret of secrets) for (const text of [...sent, ...answers, it.logged.join('')]) expect(text.includes(secret)).toBe(false)
    // Whose frames they are, a person's id is nobody else's to know but the facilitators'.
    for (const [i, { ticket }] of phones.entries()) {
      expect(sent[i]).toContain(ticket.person)
      for (const [j, text] of sent.entries()) if (j !== i && j !== sent.length - 2) expect(text.includes(ticket.person), `${NAMES[i]} in frames ${j}`).toBe(false)
    }
    for (const word of [...NAMES, 'words alpha', 'card beta', session.code, session.joinToken, session.id]) expect(it.logged.join('').includes(word), word).toBe(false)
  })

  test('AU3 a console is told of an anonymous step nothing by which its authors could be found', async () => {
    await start()
    const { phones, console } = await room()
    for (const one of everythingSaid(0, 1)) {
      await play([one], phones, console, async () => undefined)
      const activity = canonical([console.view('facilitator')?.step?.activity, console.view('facilitator')?.standing])
      for (const { ticket } of phones) expect(activity).not.toContain(ticket.person)
      for (const name of NAMES) if (name !== 'Dan') expect(activity.replaceAll(/of (Ana|Ben|Cleo|Dan|Eva|Fay)/gu, '')).not.toContain(name)
    }
  })
})

describe('two anonymous authors exchanged', () => {
  /** One run: what all others were sent, and what is stored after the end, with the ids of this run called by their place. */
  async function run(alpha: number, beta: number): Promise<{ sent: string[]; stored: string }> {
    await start()
    const { session, phones, console, screen } = await room()
    const calm = () => quiet(session, [...phones, console, screen])
    await play(everythingSaid(alpha, beta), phones, console, calm)
    await calm()
    await console.done(undefined, { type: 'session.end' })
    const watching: Line[] = [...phones.slice(2), console, screen]
    await until(() => watching.every((line) => (line.view('everyone') ?? line.view('facilitator') ?? line.view('screen'))?.phase === 'ended'))
    const named = (text: string) => byPlace(text, session, phones)
    const sent = watching.map((line) => named(line.frames.filter(isShown).join('\n')))
    const rows = await it.app.deps.log.read(session.id)
    const stored = named(JSON.stringify(rows))
    await it.close()
    return { sent, stored }
  }

  function byPlace(text: string, session: Hosted, phones: Phone[]): string {
    let named = text.replaceAll(session.id, 'SESSION')
    for (const [i, { ticket }] of phones.entries()) named = named.replaceAll(ticket.person, `PERSON ${i}`)
    return named
  }

  test('AU4 everybody else is sent the same frames to the byte, and the same is stored', async () => {
    const [once, exchanged] = [await run(0, 1), await run(1, 0)]
    for (const [i, text] of once.sent.entries()) {
      expect(text.length).toBeGreaterThan(1_000)
      expect(exchanged.sent[i]).toBe(text)
    }
    expect(exchanged.stored).toBe(once.stored)
    await start()
  }, 60_000)
})

test('AU7 once somebody has answered, an anonymous step stays anonymous and its threshold does not fall', async () => {
  await start()
  const { session, phones, console } = await room()
  await console.done(undefined, { type: 'flow.goto', step: 'answers' })
  const now = (await it.host('GET', `/api/sessions/${session.id}/plan`)).body as Plan
  const change = (changed: (plan: Plan) => void) => {
    const wanted = structuredClone(now)
    changed(wanted)
    return it.host('PUT', `/api/sessions/${session.id}/plan`, wanted)
  }
  await (phones[0] as Phone).done('answers', { type: 'write', text: 'said in trust', lang: 'en' })
  expect((await change(({ steps }) => void (steps.answers && (steps.answers.anonymous = false)))).body).toMatchObject({ code: 'frozen', path: 'plan.steps.answers.anonymous' })
  expect((await change(({ steps }) => void delete steps.answers)).body).toMatchObject({ code: 'frozen' })
  const raised = await change((plan) => void (plan.k = 7))
  expect(raised.status).toBe(200)
  expect((await change((plan) => void (plan.k = 3))).body).toMatchObject({ code: 'frozen', path: 'plan.k' })
})
