/** AU8, F5: one phone that comes with ever new secrets is no crowd. Else one person alone could lift a veil, or sign for a room. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openVeils, type Veils } from '../../../server/access/veil.ts'
import { startApp, type TestApp } from '../../support/app.ts'
import { planOf } from '../../support/kinds.ts'
import { SERVERS } from '../../support/storage.ts'
import { until } from '../../support/until.ts'

let it: TestApp
beforeEach(async () => { it = await startApp() })
afterEach(async () => { await it.close() })

test('AU8 whoever brings a fourth secret says nothing without a name any more, and all else as before', async () => {
  const session = await it.openSession((shipped) => ({ ...planOf(shipped, (kind) => kind !== 'answers'), k: 5 }))
  const ticket = await it.join(session)
  const console = await it.facilitator(session)
  await console.done(undefined, { type: 'session.start' })
  for (const step of ['moments', 'board', 'answers', 'check-in']) await console.done(undefined, { type: 'flow.goto', step })
  await console.done('check-in', { type: 'reveal' })

  const under = (i: number) => it.participant(session, { ...ticket, veil: String(i).padEnd(43, 'v') })
  // Of several servers each has heard of a secret when it has heard of whom it came with: a fourth before that would spoil them all.
  const consoles = SERVERS > 1 ? [console, ...(await Promise.all(Array.from({ length: SERVERS - 1 }, () => it.facilitator(session))))] : []
  const counted = (here: number) => until(() => consoles.every((one) => one.here === here), 'every server to know who is here')
  const answered = []
  for (let i = 0; i < 8; i += 1) {
    const phone = await under(i)
    answered.push((await phone.act('check-in', { type: 'answer', weather: 'foggy' })).ok)
    if (i < 3) await counted(1)
    phone.close()
    if (i < 3) await counted(0)
  }
  expect(answered).toEqual([true, true, true, false, false, false, false, false])
  expect(console.view('facilitator')?.step?.activity).toMatchObject({ enough: false })

  const stranger = await under(99)
  for (const [step, command] of [
    ['board', { type: 'write', text: 'one of many', kind: 'thought' }],
    ['moments', { type: 'mark', moment: 'reminding' }],
    [undefined, { type: 'call.raise', what: 'slow-down' }],
  ] as const) expect(await stranger.act(step, command)).toEqual({ ok: false, code: 'too-many' })
  await stranger.done('answers', { type: 'write', text: 'signed' })
  await stranger.done(undefined, { type: 'call.raise', what: 'find-me' })

  const known = await under(0)
  await known.done('check-in', { type: 'answer', weather: 'rainy' })
  await until(() => known.view('mine')?.steps['check-in'])
})

test('AU8 of very many people those who spoke last are known', () => {
  const veils = openVeils()
  for (const veil of ['a', 'b', 'c']) expect(veils.admit('ana', veil)).toBe(true)
  for (let i = 0; i < 60_000; i += 1) {
    veils.admit(`person ${i}`, 'one')
    if (i % 10_000 === 0) expect(veils.admit('ana', 'd')).toBe(false)
  }
  expect(veils.admit('ana', 'a')).toBe(true)
})

/** Servers whose hints come when they are let. */
function servers(count: number) {
  const waiting: (() => void)[] = []
  const all: Veils[] = Array.from({ length: count }, () => openVeils((person, hash) => {
    const told = all.filter((other) => other !== all[at])
    for (const other of told) waiting.push(() => heardBy(other, person, hash))
  }))
  let at = 0
  function heardBy(server: Veils, person: string, hash: string) {
    at = all.indexOf(server)
    server.heard(person, hash)
  }
  return {
    admit(server: number, veil: string) {
      at = server
      return all[server]?.admit('ana', veil)
    },
    hints() {
      for (let told = 0; waiting.length > 0; told += 1) {
        if (told > 100) throw new Error('They never end telling each other')
        waiting.shift()?.()
      }
    },
    /** The same server, with nothing in its memory. */
    restart(server: number) {
      all[server] = openVeils((person, hash) => all.forEach((other, i) => { if (i !== server) waiting.push(() => heardBy(other, person, hash)) }))
    },
  }
}

test('AU8 servers multiply nothing: who brings too many secrets to several at once, before those can tell each other, says nothing any more', () => {
  const it = servers(3)
  for (const [server, veil] of [[0, 'a'], [0, 'b'], [1, 'c'], [1, 'd'], [2, 'e'], [2, 'f']] as const) expect(it.admit(server, veil)).toBe(true)
  it.hints()
  for (const server of [0, 1, 2]) for (const veil of ['a', 'b', 'c', 'd', 'e', 'f', 'g']) expect(it.admit(server, veil)).toBe(false)
})

test('AU8 a server that has come anew hears whose secrets there are already as soon as it matters', () => {
  const it = servers(2)
  for (const veil of ['a', 'b', 'c']) it.admit(0, veil)
  it.hints()
  it.restart(1)
  expect(it.admit(1, 'a')).toBe(true)
  it.hints()
  expect(it.admit(1, 'b')).toBe(true)
  it.hints()
  for (const veil of ['a', 'b', 'c']) for (const server of [0, 1]) expect(it.admit(server, veil)).toBe(true)
  it.restart(1)
  expect(it.admit(1, 'd')).toBe(true)
  it.hints()
  expect(it.admit(1, 'd')).toBe(false)
})
