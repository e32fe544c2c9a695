/**
 * One room in this process that has grown to a size, and what an act costs in it: the command parsed, decided, folded, committed to a
 * log in memory, every view made anew, diffed and encoded. No sockets and no disk: what does not grow would only hide what does.
 * Every act is a flush of its own, as in a calm room: the dearest that an act can be.
 *
 * Run as a process of its own: `growing.ts <which> <cards> <steps> <people>`; prints its figures as JSON.
 */
import { nanoid } from 'nanoid'
import { kindOf } from '#shared/activities/registry.ts'
import { decideActivity, decideJoin, decideSession } from '#shared/session/decide.ts'
import type { Plan } from '#shared/session/plan.ts'
import { smartGoals } from '#shared/templates/smart-goals/plan.ts'
import { parseCommand } from '#shared/wire/parse.ts'
import { Audiences } from '../../server/room/audience.ts'
import { DICE } from '../../server/room/dice.ts'
import { Room } from '../../server/room/room.ts'
import { memoryStore } from '../model/memory-log.ts'
import { configOf, GROWING, hasCards, write, type Growing } from './growing-kinds.ts'
import { past, type Member, type Past } from './past.ts'

export interface Size {
  cards: number
  steps: number
  people: number
}

export interface Grown {
  /** Processor milliseconds of one act, all threads of the process. */
  cpu: number
  /** Acts that were measured, and refused of all. */
  acts: number
  refused: number
  /** Patches that were encoded, and their bytes, of one act. */
  patches: number
  bytes: number
}

/** People who act; the others have acted before. */
const ACTORS = 100
const WARM = 300
const MEASURED = 600
/** No longer than this for one size, ms of processor. */
const ENOUGH_MS = 3_000
/** Longer than a room's window: an idle room sends at once. */
const CALM_MS = 60
const STEP = 'measured'

/**
 * What the step number `i` before the measured one is: every kind in turn, and what stays at hand for the rest of the session once, as in
 * any plan. A step in groups first: whether there are any must not hang on the number of steps.
 */
function kindBefore(i: number): Growing {
  const all = Object.values(GROWING).filter(({ session }) => session !== true)
  all.sort((a, b) => Number(b.place !== undefined) - Number(a.place !== undefined))
  const again = all.filter(({ kind }) => kindOf(kind)?.views.standing === undefined)
  return (i < all.length ? all[i] : again[(i - all.length) % again.length]) as Growing
}

function planOf(growing: Growing, steps: number): Plan {
  const plan: Plan = { ...smartGoals, k: 5, groupings: { partners: { order: 0, how: 'random', size: 2 } }, steps: {} }
  const add = (id: string, order: number, { kind, anonymous, place }: Growing) => {
    plan.steps[id] = { order, title: { en: `Step ${order}`, es: `Paso ${order}` }, minutes: 5, anonymous, ...(place === undefined ? {} : { place }), activity: { kind, config: configOf(kind) } }
  }
  for (let i = 0; i < steps - 1; i++) add(`step-${i}`, i, kindBefore(i))
  add(STEP, steps, growing)
  return plan
}

function lived(growing: Growing, { cards, steps, people }: Size): Past {
  const made = past(planOf(growing, steps), '12345678', Date.UTC(2026, 10, 24, 14))
  made.join(people)
  made.lead({ type: 'session.start' })
  for (let i = 0; i < steps - 1; i++) {
    const step = `step-${i}`
    const before = kindBefore(i)
    if (i > 0) made.lead({ type: 'flow.goto', step })
    before.open?.(made, step)
    // Twenty people have said something in each.
    for (let at = 0; at < Math.min(people, 20); at++) {
      if (before.fill !== undefined) before.fill(made, step, at)
      else if (hasCards(before)) write(made, step, at, at)
    }
  }
  if (steps > 1) made.lead({ type: 'flow.goto', step: STEP })
  growing.open?.(made, STEP)
  if (growing.fill !== undefined) for (let at = 0; at < people; at++) growing.fill(made, STEP, at)
  // The last hundred people act later, and write nothing now; where there are no others, one card each that they leave alone.
  const others = people - ACTORS
  const written = !hasCards(growing) ? 0 : growing.oneCard === true ? others : cards
  for (let n = 0; n < written; n++) write(made, STEP, n % (others || people), n)
  return made
}

export async function grow(which: string, size: Size): Promise<Grown> {
  const growing = GROWING[which]
  if (growing === undefined) throw new Error(`No such work: ${which}`)
  const { people } = size
  const made = lived(growing, size)
  const log = memoryStore().open(Date.now)
  await made.write(log)
  // Time stands still but for us: each act finds the window before it closed.
  let time = 0
  performance.now = () => time
  const room = await Room.load(made.id, { log, now: Date.now, dice: DICE, bug: (error) => { throw error } })
  if (room === undefined) throw new Error('The room is not there')
  let patches = 0
  let bytes = 0
  const audiences = new Audiences(room, (_channel, message) => {
    patches += 1
    bytes += JSON.stringify(message).length
  })
  const channels = await room.committed(() => {
    for (const audience of ['everyone', 'screen', 'facilitator'] as const) audiences.join(audience)
    return made.members.map(({ person, veil }) => audiences.joinOwn(person, veil).channel)
  })

  const lastMade = new Map<number, string>()
  const actors = Math.min(ACTORS, people)
  let refused = 0
  let at = 0
  const next = async (): Promise<void> => {
    const slot = at % actors
    const { by, do: command } = growing.act(at, actors, lastMade.get(slot))
    at += 1
    time += CALM_MS
    const who = typeof by === 'number' ? people - actors + by : undefined
    const member = who === undefined ? undefined : (made.members[who] as Member)
    const tag = who === undefined ? undefined : audiences.tagger(channels[who] as string)
    const answer = await room.submit({
      command: nanoid(),
      sender: by === 'facilitator' ? 'facilitator' : 'participant',
      ...(member === undefined ? {} : { person: member.person }),
      ...(tag === undefined ? {} : { tag }),
      decide(state, context) {
        // More people than a session lets in before somebody says so.
        if (by === 'door') return decideJoin({ ...state, most: 100_000 }, { type: 'person.join', person: context.id, name: `Latecomer ${at}` })
        const parsed = parseCommand(state, growing.session === true ? undefined : STEP, command)
        if ('refused' in parsed) return parsed
        if (['write', 'mark', 'call.raise'].includes(command.type)) lastMade.set(slot, context.id)
        return 'session' in parsed.value ? decideSession(state, parsed.value.session, context) : decideActivity(state, parsed.value.step, parsed.value.command, context)
      },
    })
    if (!answer.ok) refused += 1
  }

  const warm = process.cpuUsage()
  for (let i = 0; i < WARM && spent(warm) < ENOUGH_MS; i++) await next()
  patches = bytes = 0
  const began = process.cpuUsage()
  let acts = 0
  while (acts < MEASURED && spent(began) < ENOUGH_MS) {
    await next()
    acts += 1
  }
  const cpu = spent(began) / acts
  audiences.close()
  return { cpu, acts, refused, patches: patches / acts, bytes: bytes / acts }
}

/** Milliseconds of processor since then. */
function spent(since: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since)
  return (user + system) / 1_000
}

if (import.meta.main) {
  const [which = '', cards = 0, steps = 1, people = 100] = process.argv.slice(2)
  console.log(JSON.stringify(await grow(which, { cards: Number(cards), steps: Number(steps), people: Number(people) })))
}
