/** F25, F27: who may ask what, generated from the lists of commands themselves, and what the doors tell to whom they don't open. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Sender } from '#shared/activities/activity.ts'
import { kinds } from '#shared/activities/registry.ts'
import { sessionCommands, sessionMay, type SessionCommand } from '#shared/session/commands.ts'
import type { Plan } from '#shared/session/plan.ts'
import { PROTOCOL } from '#shared/wire/protocol.ts'
import { startApp, type TestApp } from '../../support/app.ts'
import { planOf } from '../../support/kinds.ts'
import type { Command, Line } from '../../support/line.ts'
import { sample } from '../../support/sample.ts'
import { FORGETS_IDS } from '../../support/storage.ts'
import { until } from '../../support/until.ts'
import type { Hosted } from '../../support/visit.ts'

const PASSPHRASE = 'a passphrase for the tests'
let it: TestApp
let plan: Plan
/** Every reading of the clock is a second later: limits of speed are not what is tested here. */
let clock = 1_800_000_000_000
beforeAll(async () => {
  it = await startApp({ now: () => (clock += 1_000) })
  await it.nobody('POST', '/api/host/passphrase', { passphrase: PASSPHRASE })
})
afterAll(async () => { await it.close() })

interface Asked {
  title: string
  step: string | undefined
  command: Command
  may: readonly Sender[]
}

const everything: Asked[] = [
  ...Object.entries(sessionCommands).map(([type, schema]) => ({ title: type, step: undefined, command: sample(schema) as Command, may: sessionMay[type as SessionCommand['type']] })),
  ...Object.entries(kinds).flatMap(([kind, { commands, may }]) =>
    Object.entries(commands).map(([type, schema]) => ({ title: `${kind}: ${type}`, step: kind, command: sample(schema) as Command, may: (may as Record<string, readonly Sender[]>)[type] ?? [] })),
  ),
]

/** A session that runs, in which every step has begun. */
async function running(): Promise<Hosted> {
  const session = await it.openSession((shipped) => (plan = planOf(shipped)))
  await it.move(session, 'start')
  const console = await it.facilitator(session)
  for (const step of Object.keys(plan.steps)) if (console.view('facilitator')?.step?.id !== step) await console.act(undefined, { type: 'flow.goto', step })
  return session
}

async function hostCookie(): Promise<string> {
  const reply = await it.nobody('POST', '/api/host/sign-in', { passphrase: PASSPHRASE })
  return reply.headers.getSetCookie()[0]?.split(';')[0] ?? ''
}

const consoleBy = (session: string, cookie: string) => it.line({ auth: { v: PROTOCOL, door: 'console', session }, headers: { cookie, origin: it.url } })

describe('who may ask what', () => {
  /** Asks for everything; the commands that end or rewrite the session come last. */
  async function answersTo(line: Line): Promise<Record<string, string>> {
    const codes: Record<string, string> = {}
    const last = ['plan.change', 'session.end', 'own.erase']
    for (const { title, step, command } of [...everything].sort((a, b) => last.indexOf(a.title) - last.indexOf(b.title))) {
      const full = title === 'plan.change' ? { type: 'plan.change', plan: { ...plan, steps: { welcome: plan.steps.welcome } } } : command
      const answer = await line.act(step, full)
      codes[title] = answer.ok ? 'ok' : answer.code
    }
    return codes
  }

  const wrongFor = (sender: Sender) => everything.filter(({ may }) => !may.includes(sender)).map(({ title }) => title)
  const refusedIn = (codes: Record<string, string>) => Object.keys(codes).filter((title) => codes[title] === 'not-permitted')

  test('every command has somebody who may send it', () => {
    expect(everything.filter(({ may }) => may.length === 0).map(({ title }) => title)).toEqual([])
  })

  test('RI1 a participant: what is for participants, and nothing else', async () => {
    const session = await running()
    const codes = await answersTo(await it.participant(session))
    expect(refusedIn(codes).sort()).toEqual(wrongFor('participant').sort())
    expect(Object.values(codes)).not.toContain('bad-shape')
  })

  test.each(['facilitator', 'co-facilitator', 'host'])('RI1 a %s: what is for facilitators, and nothing else', async (who) => {
    const session = await running()
    const cookie = who === 'host' ? await hostCookie() : await it.cookieFor(who === 'facilitator' ? session.links.facilitator : (await it.link(session, 'cofacilitator', 'Co')).link)
    const codes = await answersTo(await consoleBy(session.id, cookie).ready('facilitator'))
    expect(refusedIn(codes).sort()).toEqual(wrongFor('facilitator').sort())
    expect(Object.values(codes)).not.toContain('bad-shape')
  })

  test('RI1 a screen: nothing', async () => {
    const session = await running()
    const codes = await answersTo(await it.screen(session))
    expect(new Set(Object.values(codes))).toEqual(new Set(['not-permitted']))
  })

  test('RI2 what is not there and what is not yours are refused in the same words', async () => {
    const session = await running()
    const [ana, ben] = [await it.participant(session), await it.participant(session)]
    await ana.act('answers', { type: 'write', text: 'of Ana', lang: 'en' })
    const card = Object.keys(await until(() => (ana.view('mine')?.steps.answers as { cards?: object } | undefined)?.cards))[0]
    for (const type of ['take-back', 'edit']) {
      const about = (id: string) => ben.act('answers', type === 'edit' ? { type, id, text: 'mine now', lang: 'en' } : { type, id })
      expect(await about(card ?? '')).toEqual(await about('not-there-at-all'))
    }
    expect(await ben.act('no-such-step', { type: 'write', text: 'x', lang: 'en' })).toEqual(await ben.act('hidden-one', { type: 'write', text: 'x', lang: 'en' }))
  })
})

describe('who is let in', () => {
  const refusal = async (line: Line) => until(() => line.refused ?? line.byes[0], 'a refusal')

  test('RI3 nobody, strangers and holders of other keys are refused alike, whether the session exists or not', async () => {
    const [mine, other] = [await running(), await it.openSession()]
    const stranger = await it.join(other)
    const facilitatorOfOther = await it.cookieFor(other.links.facilitator)
    const screenOfMine = await it.cookieFor(mine.links.screen)
    const known = await it.join(mine)
    for (const session of [mine.id, 'there-is-no-such-1']) {
      for (const cookie of ['', facilitatorOfOther, `gw_console_${mine.id}=${'x'.repeat(43)}`, `gw_console_${mine.id}=${known.token}`, `gw_host=${screenOfMine.split('=')[1]}`]) {
        expect(await refusal(consoleBy(session, cookie)), cookie).toBe('unknown')
      }
    }
    // A screen's key opens no console, and no key opens a phone but the device's own.
    expect(await refusal(consoleBy(mine.id, screenOfMine))).toBe('unknown')
    expect(await refusal(consoleBy(mine.id, `gw_console_${mine.id}=${screenOfMine.split('=')[1]}`))).toBe('unknown')
    for (const token of ['', 'short', 'x'.repeat(43), screenOfMine.split('=')[1]]) expect(await refusal(it.line({ auth: { ...it.phone(known), token } }))).toBe('unknown')
    // The room comes with the token: whoever belongs elsewhere is elsewhere, whatever they say.
    const line = it.line({ auth: { ...it.phone(stranger), session: mine.id } })
    await line.ready('everyone', 'mine')
    expect(line.hello?.session).toBe(other.id)
    expect(line.frames.join()).not.toContain(mine.id)
  })

  test.each([
    ['nothing', undefined], ['no version', { door: 'phone', token: 'x', veil: 'x' }], ['a veil too short', { v: PROTOCOL, door: 'phone', token: 'x'.repeat(43), veil: 'x' }],
    ['an unknown door', { v: PROTOCOL, door: 'cellar', session: 'x' }], ['a session that is a path', { v: PROTOCOL, door: 'console', session: '../x' }],
  ])('RI4 a handshake with %s is refused for its shape', async (_what, auth) => {
    expect(await refusal(it.line({ auth }))).toBe('bad-shape')
  })

  test.each([0, PROTOCOL + 1, 2 ** 31])('RI4 version %i is told that it is out of date', async (v) => {
    const session = await it.openSession()
    expect(await refusal(it.line({ auth: { ...it.phone(await it.join(session)), v } }))).toBe('outdated')
  })
})

describe('whoever is shown the door', () => {
  const within = 1_000

  test('RI5 a revoked co-facilitator acts no more from the answer on, is gone within a second, and does not come back', async () => {
    const session = await running()
    const { link, handle } = await it.link(session, 'cofacilitator', 'Co')
    const co = await it.facilitator(session, link)
    const own = await it.facilitator(session)
    expect((await it.host('DELETE', `/api/sessions/${session.id}/links/${handle}`)).status).toBe(204)
    await until(() => co.byes.includes('revoked') && !co.socket.connected, 'the goodbye', within)
    co.socket.connect()
    expect(await until(() => co.refused, 'a refusal')).toBe('unknown')
    expect((await it.nobody('GET', `/api/sessions/${session.id}`, undefined, { cookie: co.cookie })).status).toBe(401)
    await expect(it.cookieFor(link)).rejects.toThrow('404')
    expect(own.socket.connected).toBe(true)
  })

  test('RI5 a key that is revoked while its holder is on the way in lets nobody in', async () => {
    const session = await running()
    for (let round = 0; round < 20; round += 1) {
      const { link, handle } = await it.link(session, 'cofacilitator', 'Co')
      const co = consoleBy(session.id, await it.cookieFor(link))
      if (round % 2 === 0) await until(() => co.socket.io.engine?.readyState === 'open', 'the way in')
      await it.host('DELETE', `/api/sessions/${session.id}/links/${handle}`)
      await until(() => !co.socket.connected && (co.refused ?? co.byes[0]), 'the line to end', within)
    }
  })

  test('PE5 a removed participant is gone within a second, may not act, and does not come back with the same device', async () => {
    const session = await running()
    const [ana, ben] = [await it.participant(session), await it.participant(session)]
    const console = await it.facilitator(session)
    await console.done(undefined, { type: 'person.remove', person: ana.ticket.person })
    await until(() => ana.byes.includes('removed') && !ana.socket.connected, 'the goodbye', within)
    ana.byes.length = 0
    ana.socket.connect()
    await until(() => ana.byes.includes('removed'), 'the goodbye again')
    expect((await it.nobody('POST', '/api/join', { token: session.joinToken, device: ana.ticket.token })).status).toBe(404)
    expect(ben.socket.connected).toBe(true)
    await until(() => console.view('facilitator')?.people[ana.ticket.person] === undefined)
  })

  test('SE7 a deleted session says goodbye to everybody in it', async () => {
    const session = await running()
    const everybody = [await it.participant(session), await it.facilitator(session), await it.screen(session)]
    expect((await it.host('DELETE', `/api/sessions/${session.id}`)).status).toBe(204)
    for (const line of everybody) await until(() => line.byes.includes('deleted') && !line.socket.connected, 'the goodbye', within)
    const left = await it.stored()
    for (const word of [session.joinToken, ...(FORGETS_IDS ? [session.id] : [])]) expect(left.includes(word)).toBe(false)
  })
})
