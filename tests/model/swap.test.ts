/** F4, F5, F6, F55: two anonymous authors exchanged, and nobody else is sent, told or left anything that differs. */
import { expect, test } from 'vitest'
import { kindOf, kinds } from '#shared/activities/registry.ts'
import { random } from '#shared/random.ts'
import { shareOf } from '../torture/share.ts'
import { memoryStore } from './memory-log.ts'
import { exchanged, improvised, PAIR, scopesOf, type Lived } from './swap.ts'

const share = shareOf('swap')
/** Its turns are places in a group, which people see; an anonymous step of it takes nothing from anybody. */
const NOBODY_UNNAMED = ['talk']

const memory = () => memoryStore().open(() => 0)

/** The scopes that are exchanged in this case: some of those in which either of the two did anything. */
function chosen(seed: number, lived: Lived): Set<string> {
  const dice = random(`scopes/${seed}`)
  const scopes = scopesOf(lived)
  const some = scopes.filter(() => dice.below(3) > 0)
  return new Set(some.length > 0 ? some : scopes)
}

/** What everybody but the two was sent, by whom it was sent to. */
function heard({ sent }: Lived): Record<string, string[]> {
  const by: Record<string, string[]> = {}
  for (const { to, after, message } of sent) {
    if (PAIR.some((person) => to === `phone ${person}`)) continue
    ;(by[to] ??= []).push(`${after} ${JSON.stringify(message)}`)
  }
  return by
}

/** The live log as it would be if in these scopes each of the two had the other's tag: nothing else in it may differ. */
function retagged({ before, room }: Lived, scopes: ReadonlySet<string>): string[] {
  const [a, b] = PAIR
  const other = new Map([...scopes].flatMap((scope) => [[room.tag(a, scope), room.tag(b, scope)], [room.tag(b, scope), room.tag(a, scope)]]))
  const swap = (value: unknown, key = ''): unknown => {
    if (typeof value === 'string') return other.get(value) ?? value
    // Authors whose own views an event changes stand in the order of their tags, which says nothing.
    if (Array.isArray(value)) return key === 'by' ? value.map((inner) => swap(inner)).sort() : value.map((inner) => swap(inner))
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [other.get(name) ?? name, swap(inner, name)]))
  }
  return before.map(({ at, step, data }) => JSON.stringify([at, step, swap(JSON.parse(data))]))
}

function compare(seed: number, once: Lived, again: Lived, scopes: ReadonlySet<string>): void {
  const of = `seed ${seed}, exchanged in ${[...scopes].join(', ')}`
  expect(again.answers, of).toEqual(once.answers)
  expect(heard(again), of).toEqual(heard(once))
  expect(again.files, of).toEqual(once.files)
  expect(retagged(again, scopes), `live log of ${of}`).toEqual(retagged(once, new Set()))
  expect(again.after, `sealed log of ${of}`).toEqual(once.after)
  expect(again.receipts, of).toEqual(once.receipts)
  const tags = scopesOf(once).flatMap((scope) => PAIR.map((person) => once.room.tag(person, scope)))
  const left = JSON.stringify([once.after, once.files])
  for (const tag of tags) expect(left.includes(tag), `a tag is left: ${of}`).toBe(false)
}

test.skipIf(share.count === 0)('F4 F5 F6 F55 AU4 two anonymous authors exchanged in any session: the same frames, files and sealed log to the byte', async () => {
  const driven = new Set<string>()
  let acts = 0
  for (const seed of share.seeds) {
    const once = await improvised(seed, memory())
    const scopes = chosen(seed, once)
    for (const kind of once.tagged) driven.add(kind)
    acts += once.moves.filter((move) => 'act' in move && scopes.has(move.scope ?? '') && (PAIR as readonly unknown[]).includes(move.act.by)).length
    compare(seed, once, await exchanged(seed, once.moves, scopes, memory()), scopes)
  }
  const asking = Object.keys(kinds).filter((kind) => Object.values(kindOf(kind)?.may ?? {}).some((senders) => senders.includes('participant')))
  if (share.count >= 100) expect(asking.filter((kind) => !driven.has(kind)), 'kinds that nobody drove without a name').toEqual(NOBODY_UNNAMED)
  expect(acts).toBeGreaterThan(share.count)
  share.report({ sessions: share.count, exchanged: acts, different: 0 })
}, share.timeout(250))
