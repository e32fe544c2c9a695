/** F25 F28: everybody × everything, from the contract itself (contract.ts): every route, event and command, with ids of their own, of others and of nobody. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { HEARD, TOLD, type Answer } from '#shared/wire/protocol.ts'
import type { DeclaredRoute } from '../../../server/http/access.ts'
import { startApp, type TestApp } from '../../support/app.ts'
import type { Line } from '../../support/line.ts'
import { canonical, until } from '../../support/until.ts'
import type { Reply } from '../../support/visit.ts'
import { apiRoutes, COMMANDS, DOOR, holds, IDENTITIES, LET_IN, mayAct, pageOfRights, type AskedCommand, type Who } from './contract.ts'
import { signedIn, world, type Things, type World } from './world.ts'

let it: TestApp
let host: string
let all: World
/** Every reading of the clock is a moment later: limits of speed are not what is tested here. */
let clock = 1_800_000_000_000
beforeAll(async () => {
  it = await startApp({ now: () => (clock += 250), env: { METRICS_KEY: 'a-key-that-only-a-watcher-has' } })
  host = await signedIn(it)
  all = await world(it, host)
}, 60_000)
afterAll(async () => { await it.close() })

const NOBODYS = 'there-is-no-such-1'

/** A body that a route takes; those that cost a third of a second of hashing are asked with one that it does not. */
const BODIES: Record<string, unknown> = {
  'PUT /api/addresses': { current: 'http://nowhere.test' },
  'POST /api/sessions': { template: 'smart-goals' },
  'PUT /api/sessions/:id/plan': {},
  'POST /api/sessions/:id/links': { role: 'cofacilitator', name: 'Co' },
  'POST /api/keys/exchange': { key: 'x'.repeat(43) },
  'POST /api/join': { code: '00000000' },
  'POST /api/rejoin/code': { device: 'x'.repeat(43) },
}

function ask({ method, url }: Pick<DeclaredRoute, 'method' | 'url'>, headers: Record<string, string>, ids: Record<string, string>): Promise<Reply> {
  const path = url.replace(/:(\w+)/gu, (_all, name: string) => ids[name] ?? NOBODYS)
  return it.nobody(method, path, method === 'GET' || method === 'DELETE' ? undefined : (BODIES[`${method} ${url}`] ?? {}), headers)
}

/** Ids of this session's things, by what a route calls them. */
const idsOf = (session: string, { people, handles }: Things): Record<string, string> => ({ id: session, person: people[0] ?? '', handle: handles[0] ?? '' })
const told = ({ status, text }: Reply) => ({ status, text })

/** All that the two sessions are: what nobody who was refused may have changed. Links name the server that was asked, unless PUBLIC_URL does. */
async function everything(): Promise<string> {
  const parts = [all.session.id, all.other.id].map(async (id) => [await it.app.deps.log.read(id), (await it.host('GET', `/api/sessions/${id}/links`)).body, (await it.host('GET', `/api/sessions/${id}`)).body])
  return canonical(await Promise.all(parts)).replaceAll(/http:\/\/[\d.]+:\d+\//gu, '/')
}

test('F25 RI6 the page about rights says what the contract says', async () => {
  await expect(pageOfRights(it.app.routes())).toMatchFileSnapshot('../../../docs/rights.md')
})

test('F25 HT1 every route of the API’s own description declares whom it is for, and the other way round', async () => {
  const { paths } = (await it.nobody('GET', '/docs/json')).body as { paths: Record<string, object> }
  const described = Object.entries(paths).flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/gu, ':$1')}`))
  expect(apiRoutes(it.app.routes()).map(({ method, url }) => `${method} ${url}`).sort()).toEqual(described.sort())
})

test('F25 RI6 a route that says nothing of who may use it ends the start of the server', async () => {
  const { default: fastify } = await import('fastify')
  const { declaredRoutes } = await import('../../../server/http/access.ts')
  const app = fastify()
  declaredRoutes(app)
  expect(() => app.get('/api/secrets', async () => 'x')).toThrow('does not say who may use it')
  expect(() => app.post('/upload', async () => 'x')).toThrow('does not say who may use it')
  app.get('/page', async () => 'x')
  await app.close()
})

describe('over HTTP', () => {
  /** The routes that need somebody to be somebody. */
  const guarded = () => apiRoutes(it.app.routes()).filter((route): route is DeclaredRoute & { access: keyof typeof LET_IN } => route.access in LET_IN)
  const allowed = (who: Who, { access, url }: DeclaredRoute & { access: keyof typeof LET_IN }, of: 'own' | 'other' | 'none') =>
    LET_IN[access].includes(who) && (of === 'own' || who === 'the host' || !url.includes(':id'))

  test.each(IDENTITIES)('F25 HT2 %s is refused what is not theirs in the same words, whether it exists or not, and changes nothing', async (who) => {
    const before = await everything()
    let refused = 0
    for (const route of guarded()) {
      for (const of of ['own', 'other', 'none'] as const) {
        if (allowed(who, route, of)) continue
        const ids = of === 'own' ? idsOf(all.session.id, all.of) : of === 'other' ? idsOf(all.other.id, all.ofOther) : {}
        const reply = await ask(route, all.headers(who), ids)
        const what = `${route.method} ${route.url} of ${of}: ${reply.text}`
        // Who helps to lead this session knows that it is there; all others learn nothing.
        const known = of === 'own' && who === 'a co-facilitator' && route.access === 'lead'
        expect([reply.status, reply.body?.code], what).toEqual(known ? [404, 'not-permitted'] : [401, 'not-signed-in'])
        if (!known) expect(told(reply), what).toEqual(told(await ask(route, all.headers(who), {})))
        refused += 1
      }
    }
    if (who !== 'the host') expect(refused).toBeGreaterThan(30)
    expect(await everything()).toBe(before)
  }, 60_000)

  test.each(['a co-facilitator', 'a facilitator', 'the host'] as const)('F25 %s is let in where the contract lets them, and finds nothing of another session under the own one’s address', async (who) => {
    for (const route of guarded()) {
      if (!allowed(who, route, 'own') || route.url === '/api/host/sign-out') continue
      const { headers, session, of, ofOther } = changes(route) ? await world(it, host) : all
      // First with another session's things under this one's address: as with nobody's.
      for (const name of ['handle', 'person'] as const) {
        if (!route.url.includes(`:${name}`)) continue
        const [theirs, nobodys] = [await ask(route, headers(who), { ...idsOf(session.id, of), [name]: idsOf('', ofOther)[name] ?? '' }), await ask(route, headers(who), { ...idsOf(session.id, of), [name]: NOBODYS })]
        expect(told(theirs), `${route.method} ${route.url}`).toEqual(told(nobodys))
        expect(theirs.status).toBe(404)
      }
      const reply = await ask(route, headers(who), idsOf(session.id, of))
      const refusedForRole = who === 'a co-facilitator' && `${route.method} ${route.url}` === 'POST /api/sessions/:id/links'
      expect([401, 403].includes(reply.status) || reply.body?.code === 'not-permitted', `${route.method} ${route.url}: ${reply.text.slice(0, 200)}`).toBe(refusedForRole)
      expect(reply.status).toBeLessThan(500)
    }
  }, 120_000)

  const changes = ({ method, url }: DeclaredRoute) => method === 'DELETE' || /\/(end|renew|code)$/u.test(url)

  test('F25 HT3 what is for anybody answers everybody alike, and gives nothing of a session away', async () => {
    for (const route of apiRoutes(it.app.routes()).filter(({ access }) => access === 'anybody')) {
      const replies = []
      for (const who of IDENTITIES) replies.push(told(await ask(route, all.headers(who), {})))
      // Whether one is signed in is one's own.
      const texts = replies.map(({ status, text }) => `${status} ${text.replace('"signedIn":true', '"signedIn":false')}`)
      expect(new Set(texts).size, `${route.method} ${route.url}: ${texts.join('\n')}`).toBe(1)
      expect(replies[0]?.status).toBeLessThan(500)
      for (const secret of [all.session.id, all.session.code, all.session.joinToken]) expect(texts.join('')).not.toContain(secret)
    }
  })

  test('F25 how long a no takes does not tell whether the session exists', async () => {
    const route = { method: 'GET', url: '/api/sessions/:id' }
    const times: Record<string, number[]> = { there: [], absent: [] }
    for (let round = 0; round < 300; round += 1) {
      for (const [name, id] of [['there', all.session.id], ['absent', NOBODYS.padEnd(16, 'x').slice(0, 16)]] as const) {
        const began = performance.now()
        await it.app.http.inject({ method: 'GET', url: route.url.replace(':id', id), headers: all.headers('a screen') })
        times[name]?.push(performance.now() - began)
      }
    }
    const median = (of: number[] = []) => [...of].sort((a, b) => a - b)[of.length >> 1] ?? 0
    expect(Math.abs(median(times.there) - median(times.absent))).toBeLessThan(1)
  })
})

describe('over a line', () => {
  /** In, with all that this door is told, or not in. */
  async function settled(who: Who): Promise<Line> {
    const line = all.line(who)
    const door = DOOR[who]
    if (door !== undefined) await line.ready(...holds(who))
    else await until(() => line.refused ?? line.byes[0], `${who} to be refused`)
    return line
  }

  /** What stands where a command names something: made-up, or another's. */
  function naming({ schema, command }: AskedCommand, id: string): AskedCommand['command'] {
    const { properties = {} } = schema as { properties?: Record<string, { minLength?: number; maxLength?: number; type?: string }> }
    const named = Object.entries(properties).filter(([, { type, minLength, maxLength }]) => type === 'string' && minLength === 1 && maxLength === 40)
    const plain = command.type === 'plan.change' ? { ...command, plan: { ...all.plan, steps: { welcome: all.plan.steps.welcome } } } : command
    return { ...plain, ...Object.fromEntries(named.map(([field]) => [field, id])) }
  }

  /** What ends the session, or the one who asks. */
  const LAST = ['plan.change', 'own.erase', 'session.end']
  /** What a role may send and a step need not take: only where neighbours find each other by numbers. */
  const BY_NUMBERS = ['groups.pair', 'groups.leave']
  const inOrder = [...COMMANDS].sort((a, b) => LAST.indexOf(a.type) - LAST.indexOf(b.type))
  const title = ({ kind, type }: AskedCommand) => `${kind ?? 'session'}: ${type}`

  test('F25 every command is for somebody', () => {
    expect(COMMANDS.filter(({ may }) => may.length === 0).map(title)).toEqual([])
  })

  test.each(IDENTITIES.filter((who) => DOOR[who] === undefined))('F25 %s is not let in, learns nothing, and is not heard', async (who) => {
    const line = await settled(who)
    expect(line.hello).toBeUndefined()
    for (const audience of ['everyone', 'mine', 'screen', 'facilitator'] as const) expect(line.held(audience)).toBeUndefined()
    const absent = it.line({ auth: { v: 1, door: 'console', session: NOBODYS } })
    await until(() => absent.refused)
    if (who !== 'a removed participant') expect(line.refused).toBe(absent.refused)
    else expect(line.byes).toEqual(['removed'])
    await expect(line.send({ id: 'x'.repeat(20), do: { type: 'flow.next' } }, 200)).rejects.toThrow()
  })

  test.each(IDENTITIES.filter((who) => DOOR[who] !== undefined))('F25 F28 %s is told what their door is told, and no other view however they ask', async (who) => {
    const line = await settled(who)
    const door = DOOR[who] as NonNullable<(typeof DOOR)[Who]>
    const heard = new Set<string>()
    line.socket.onAny((event: string) => heard.add(event))
    for (const audience of ['everyone', 'mine', 'screen', 'facilitator', 'host', `${all.other.id}/facilitator`, { own: 'x' }, '__proto__']) line.socket.emit('view', audience)
    // What is asked for last is answered last.
    line.socket.emit('view', holds(who)[0])
    const wholes = line.wholes
    await until(() => line.wholes > wholes)
    expect((['everyone', 'mine', 'door', 'screen', 'facilitator'] as const).filter((audience) => line.held(audience) !== undefined).sort()).toEqual([...holds(who)].sort())
    expect(line.hello?.join === undefined).toBe(door === 'phone')
    expect(line.hello?.session).toBe(who === 'a participant of another session' ? all.other.id : all.session.id)
    for (const event of heard) expect(TOLD[event as keyof typeof TOLD], event).toContain(door)
    expect(line.here !== undefined).toBe(TOLD.here.includes(door))
  })

  test('F25 the server listens to the events of the protocol and to no other', async () => {
    const line = await settled('a participant')
    const theirs = it.homeOf(line).gateway.io.sockets.sockets.get(line.socket.id ?? '')
    // Socket.IO listens to one of its own besides, and does nothing with it.
    expect(theirs?.eventNames().map(String).sort()).toEqual([...Object.keys(HEARD), 'disconnect', 'error'].sort())
    expect(theirs?.listenersAny()).toEqual([])
  })

  test.each(IDENTITIES.filter((who) => DOOR[who] !== undefined))('F25 RI1 %s: what the contract lets them send, and nothing else, whatever it names', async (who) => {
    all = await world(it, host)
    const line = await settled(who)
    const things = Object.values(all.of).flat().slice(0, 40)
    const some = [all.of.people[0], all.of.groups[0], all.of.cards[0], all.of.calls[0], all.ofOther.people[0], all.ofOther.cards[0]].filter((id) => id !== undefined)
    expect(things.length).toBeGreaterThan(10)
    for (const asked of inOrder.filter((one) => !mayAct(who, one))) {
      const codes = new Set<string>()
      for (const id of [NOBODYS, ...some]) {
        const answer = await line.act(asked.kind, naming(asked, id))
        codes.add(answer.ok ? 'ok' : `${answer.code} ${answer.path ?? ''}`.trim())
      }
      expect([...codes], title(asked)).toEqual(['not-permitted'])
    }
    for (const asked of inOrder.filter((one) => mayAct(who, one))) {
      // Who has erased themselves is let go, maybe before the answer.
      const answer = await line.act(asked.kind, naming(asked, NOBODYS)).catch((error: Error) => {
        if (asked.type !== 'own.erase') throw error
        return { ok: true }
      }) as Answer
      expect(answer.ok ? 'ok' : answer.code, title(asked)).not.toMatch(BY_NUMBERS.includes(asked.type) ? /bad-shape|too-fast/u : /not-permitted|bad-shape|too-fast/u)
    }
  }, 60_000)

  test('F25 RI2 in one’s own session, another session’s things are as absent as nobody’s', async () => {
    all = await world(it, host)
    const console = await it.facilitator(all.other)
    const before = canonical(await it.app.deps.log.read(all.session.id))
    const lines: [Line, 'phone' | 'console'][] = [[await settled('a participant of another session'), 'phone'], [console, 'console']]
    for (const [line, door] of lines) {
      for (const asked of inOrder.filter(({ may, type }) => may.includes(door === 'console' ? 'facilitator' : 'participant') && !LAST.includes(type))) {
        const answers = new Set<string>()
        for (const id of [NOBODYS, ...[all.of.people[0], all.of.groups[0], all.of.cards[0], all.of.calls[0]].filter((one) => one !== undefined)]) {
          const command = naming(asked, id)
          if (canonical(command) === canonical(asked.command)) break
          const answer = await line.act(asked.kind, command)
          answers.add(answer.ok ? 'ok' : answer.code)
        }
        expect(answers.size, `${title(asked)}: ${[...answers].join()}`).toBeLessThanOrEqual(1)
      }
    }
    expect(canonical(await it.app.deps.log.read(all.session.id))).toBe(before)
  }, 60_000)
})
