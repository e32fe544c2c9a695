/** "A different partner, please": an exchange with somebody of another group, from which nobody can tell who asked. */
import { accept, type Decision, type PersonId } from '../../activities/activity.ts'
import { random, shuffled } from '../../random.ts'
import { refuse } from '../../refusals.ts'
import type { SessionContext } from '../context.ts'
import type { SessionEvent } from '../events.ts'
import type { SessionState } from '../model.ts'
import { compare, exchanged } from './arrange.ts'
import { APART, bondsOf, weightAmong } from './bonds.ts'
import type { GroupId, Groups } from './model.ts'
import { groupingOf, groupOf } from './people.ts'

/** More than any meeting weighs, less than keeping apart: somebody of the same department takes the seat, if there is one. */
const OTHER_DEPARTMENT = 1000

type Asking = Pick<SessionContext, 'seed' | 'tag'>

/** The scope of an asker's tag: one a grouping, so that nobody asks twice. */
export function askScope(grouping: string): string {
  return `groups/${grouping}`
}

/** Another partner, once a person: exchanged with the pair whom it suits best. */
export function otherPartner(state: SessionState, grouping: string, by: PersonId, { seed, tag }: Asking): Decision<SessionEvent> {
  const { groups, asked } = groupingOf(state, grouping)
  const own = groupOf(groups, by)
  const asker = tag(askScope(grouping))
  if (asked[asker] !== undefined) return refuse('already')
  if (own === undefined) return refuse('not-open')
  const other = bestExchange(state, groups, own, by, seed)
  if (other === undefined) return refuse('not-found')
  const after = disguised(exchanged(groups, by, other.person), own, other.group, seed)
  const { groups: changed, people } = compare(groups, after)
  return accept<SessionEvent>({ type: 'groups.exchanged', grouping, groups: changed, people: people.sort() }, { type: 'groups.asked', grouping, by: asker })
}

function bestExchange(state: SessionState, groups: Groups, own: GroupId, by: PersonId, seed: string): { group: GroupId; person: PersonId } | undefined {
  const bonds = bondsOf(state)
  const mine = groups[own]?.members ?? []
  const company = mine.filter((member) => member !== by)
  const foreign = (person: PersonId, group: GroupId): number =>
    groups[group]?.department !== undefined && state.people[person]?.department !== groups[group]?.department ? OTHER_DEPARTMENT : 0
  const seats = Object.keys(groups)
    .sort()
    .filter((group) => group !== own)
    .flatMap((group) => (groups[group]?.members ?? []).map((person) => ({ group, person })))
  const weighed = shuffled(seats, random(seed)).map(({ group, person }) => {
    const theirs = (groups[group]?.members ?? []).filter((member) => member !== person)
    const weight = weightAmong(bonds, by, theirs) + weightAmong(bonds, person, company) + foreign(by, group) + foreign(person, own)
    return { group, person, weight }
  })
  return weighed.filter((seat) => seat.weight < APART).sort((a, b) => a.weight - b.weight)[0]
}

/**
 * Two pairs that exchanged one person could as well have exchanged the two others. Which of the two it looks like is tossed, so
 * that the console does not show who moved, and with that who may have asked.
 */
function disguised(groups: Groups, a: GroupId, b: GroupId, seed: string): Groups {
  const [one, two] = [groups[a], groups[b]]
  if (one?.members.length !== 2 || two?.members.length !== 2) return groups
  const dice = random(`${seed}/seats`)
  const [first, second] = dice.below(2) === 0 ? [one, two] : [two, one]
  return {
    ...groups,
    [a]: { ...one, members: shuffled(first.members, dice) },
    [b]: { ...two, members: shuffled(second.members, dice) },
  }
}
