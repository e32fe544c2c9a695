/** Who is told of what: servers that say which sessions they follow, on a channel and a clock that the test has in hand. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openWanted, type Wanted, type Wants } from '../../../server/log/postgres-wanted.ts'

interface Server {
  name: string
  wanted: Wanted
  follows: Set<string>
  newcomers: string[]
  hears: boolean
}

describe('of servers on one channel', () => {
  let now = 0
  let servers: Server[] = []
  beforeEach(() => ([now, servers] = [0, []]))
  afterEach(() => servers.forEach(({ wanted }) => wanted.close()))

  /** As PostgreSQL does: everybody hears it, in the order in which it was said. */
  const queue: (() => void)[] = []
  function say(from: string, message?: Wants): void {
    queue.push(() => {
      for (const { name, wanted, hears } of servers) {
        if (name === from || !hears) continue
        if (message !== undefined) wanted.heard(message, from)
        wanted.alive(from)
      }
    })
    if (queue.length === 1) for (; queue.length > 0; queue.shift()) queue[0]?.()
  }

  function server(name: string, ...sessions: string[]): Server {
    const follows = new Set(sessions)
    const newcomers: string[] = []
    const wanted = openWanted({ now: () => now, tell: (message) => say(name, message), own: () => [...follows], newcomer: (added) => newcomers.push(...added) })
    const made = { name, wanted, follows, newcomers, hears: true }
    servers.push(made)
    wanted.channelBegan()
    return made
  }
  /** Time in which everybody is heard every two seconds. */
  function pass(ms: number, ...silent: Server[]): void {
    for (const end = now + ms; now < end; ) {
      now += Math.min(2_000, end - now)
      for (const one of servers) if (!silent.includes(one)) say(one.name)
    }
  }

  test('each is told of what it follows, and of nothing else', () => {
    const [a, b, c] = [server('a', 'one', 'two'), server('b', 'two'), server('c')]
    expect(a.wanted.byOthers('one')).toBe(true)
    pass(2_000)
    expect(['one', 'two'].map(a.wanted.byOthers)).toEqual([false, true])
    expect(['one', 'two'].map(b.wanted.byOthers)).toEqual([true, true])
    b.wanted.left('two')
    expect([a.wanted.byOthers('two'), c.wanted.byOthers('two')]).toEqual([false, true])
    c.wanted.began('one')
    expect(a.wanted.byOthers('one')).toBe(true)
    expect(a.newcomers).toContain('one')
  })

  test('one that tells of nothing, as an older one, is told of everything', () => {
    const a = server('a', 'one')
    pass(2_000)
    expect(a.wanted.byOthers('one')).toBe(false)
    say('older')
    expect(a.wanted.byOthers('one')).toBe(true)
    pass(4_000)
    expect(a.wanted.byOthers('one')).toBe(true)
    pass(20_000)
    expect(a.wanted.byOthers('one')).toBe(false)
  })

  test('one that was frozen is forgotten, and is told again once it is heard', () => {
    const [a, b] = [server('a', 'one', 'two'), server('b', 'one')]
    pass(20_000, b)
    expect(a.wanted.byOthers('one')).toBe(false)
    a.newcomers.length = 0
    pass(2_000)
    expect(['one', 'two'].map(a.wanted.byOthers)).toEqual([true, false])
    expect(a.newcomers).toEqual(['one'])
  })

  test('one that heard nothing for a while knows again what the others follow, and is told of all until then', () => {
    const [a, b] = [server('a', 'one', 'two'), server('b')]
    pass(2_000)
    a.hears = false
    b.follows.add('one')
    b.wanted.began('one')
    expect(a.wanted.byOthers('one')).toBe(false)
    a.hears = true
    a.wanted.channelBegan()
    expect(['one', 'two'].map(a.wanted.byOthers)).toEqual([true, true])
    pass(2_000)
    expect(['one', 'two'].map(a.wanted.byOthers)).toEqual([true, false])
  })
})
