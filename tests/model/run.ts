/**
 * One session of some fifty acts on a failing network, beside the model: everything follows from the seed, and an act or fault
 * that is left out leaves the others as they were drawn, so that a failure can be made small.
 */
import { random, type Random } from '#shared/random.ts'
import { diff } from '#shared/wire/merge-patch.ts'
import type { Audience } from '#shared/session/views/types.ts'
import type { Answer } from '#shared/wire/protocol.ts'
import type { Command } from '../support/line.ts'
import { Coverage, nextAct, pick, type Seen } from './generator.ts'
import { Model, same } from './model.ts'
import { FAULTS, type Fault } from './nemesis.ts'
import type { Page, Who } from './page.ts'
import { openWorld, SESSION, type World } from './world.ts'

/** After the network has healed, ms. */
const AGREE_WITHIN = 5_000
/** Acts of one page that wait for an answer: more people do not have on their minds. */
const OPEN_ACTS = 4
const MOST_PAGES = 11

export interface Run {
  world: World
  model: Model
  /** What all its dice are of. */
  name: string
  /** Acts that a page has sent and not been answered. */
  open: Map<Page, number>
  marks: number
  /** What was done and what went wrong, in order. */
  story: string[]
}

/** Where a session is run. */
export interface Setting {
  /** A run's dice are of its seed and of this. */
  name: string
  servers: number
  faults: Readonly<Record<string, Fault>>
}

const ONE: Setting = { name: 'model', servers: 1, faults: FAULTS }

export interface Outcome {
  problems: string[]
  story: string[]
  acts: number
  acknowledged: number
  /** How long after the network had healed all views agreed, ms. */
  agreed: number
}

export async function runSession(seed: number, operations: number, coverage: Coverage, skip: ReadonlySet<number> = new Set(), setting: Setting = ONE): Promise<Outcome> {
  const { name, servers } = setting
  const world = await openWorld(`${name}/${seed}`, { servers })
  const run: Run = { world, name: `${name}/${seed}`, model: new Model(SESSION, world.store, world.thrown), open: new Map(), marks: 0, story: [] }
  run.model.forgiven = (receipt) => world.hints.unheard.has(receipt)
  try {
    await begin(run)
    for (let i = 0; i < operations; i += 1) {
      const dice = random(`${name}/${seed}/${i}`)
      if (!skip.has(i)) await (i === Math.floor(operations / 2) ? moveOn(run, dice) : operation(run, dice, setting.faults))
      await world.clock.pass(dice.below(150))
    }
    const agreed = await end(run)
    // What is stored was accepted, also where its sender was let go by it and never told.
    for (const { act, answer, commit } of run.model.acts.values()) coverage.count(act, run.model.state.steps[act.step ?? '']?.kind, answer ?? (commit === undefined ? { ok: false, code: 'storage' } : { ok: true, at: 0 }))
    return { problems: [...run.model.problems, ...world.bugs], story: run.story, acts: run.model.acts.size, acknowledged: run.model.done.length, agreed }
  } finally {
    world.close()
  }
}

/** The operations that a failing run cannot do without, and what goes wrong with them alone. */
export async function smallest(seed: number, operations: number, setting: Setting = ONE): Promise<string> {
  const skip = new Set<number>()
  let { problems, story } = await runSession(seed, operations, new Coverage(), skip, setting)
  for (let i = operations - 1; i >= 0; i -= 1) {
    const fewer = await runSession(seed, operations, new Coverage(), new Set([...skip, i]), setting)
    if (fewer.problems.length === 0) continue
    skip.add(i)
    ;({ problems, story } = fewer)
  }
  const needed = Array.from({ length: operations }, (_, i) => i).filter((i) => !skip.has(i))
  return `seed ${seed}, operations ${needed.join(' ')} of ${operations}: ${story.join(', ')}\n${problems.join('\n').slice(0, 6_000)}`
}

/** Opens the doors, lets a few people in, and goes to the step that most of it will be about. */
async function begin(run: Run): Promise<void> {
  const { world, model } = run
  const dice = random(`${run.name}/begin`)
  const console = world.open({ door: 'console' })
  world.open({ door: 'screen' })
  await ready(run, console)
  await done(run, console, undefined, { type: 'session.open' })
  for (let i = 3 + dice.below(5); i > 0; i -= 1) await come(run, dice)
  await done(run, console, undefined, { type: 'session.start' })
  const steps = Object.keys(model.state.plan.steps)
  await done(run, console, undefined, { type: 'flow.goto', step: pick(dice, steps) ?? '' })
}

/** Half-way through, the room goes elsewhere: what was collected before is looked at from there. */
function moveOn(run: Run, dice: Random): void {
  const console = pick(dice, run.world.pages.filter((page) => page.who.door === 'console' && isIn(run.model, page)))
  const step = pick(dice, Object.keys(run.model.state.plan.steps))
  if (console !== undefined) void send(run, console, undefined, { type: 'flow.goto', step })
}

async function operation(run: Run, dice: Random, faults: Setting['faults']): Promise<void> {
  const { world } = run
  const pages = world.pages.filter((page) => !page.gone && page.who.door !== 'screen' && page.live.connection.bye === undefined)
  const at = dice.below(100)
  if (at < 80) {
    const consoles = pages.filter(({ who }) => who.door === 'console')
    const phones = pages.filter(({ who }) => who.door === 'phone')
    const page = pick(dice, dice.below(10) < 4 ? consoles : phones) ?? pick(dice, pages)
    if (page !== undefined && (run.open.get(page) ?? 0) < OPEN_ACTS) ask(run, page, dice)
  } else if (at < 85) {
    if (pages.length < MOST_PAGES && world.rooms !== undefined) await come(run, dice)
  } else if (at < 90) move(run, pick(dice, pages), dice)
  else {
    const name = pick(dice, Object.keys(faults)) ?? ''
    run.story.push(name)
    faults[name]?.(run, dice)
  }
}

/** Reloads a page, opens a second tab or console, or closes a page for good. */
function move(run: Run, page: Page | undefined, dice: Random): void {
  if (page === undefined) return
  const how = dice.below(4)
  run.story.push(`${page.who.door} ${['opens a second page', 'reloads', 'reloads', 'closes'][how] ?? ''}`)
  if (how !== 0) page.vanish()
  if (how !== 3 || page.who.door === 'console') run.world.open(page.who, page)
}

async function come({ world, model }: Run, dice: Random): Promise<void> {
  const name = ['Ana', 'Ben', 'Chus', 'Dia'][dice.below(4)] ?? ''
  const department = dice.below(2) === 0 ? pick(dice, Object.keys(model.state.plan.departments)) : undefined
  let who: Who | undefined
  // The door answers within a second, or never: then nobody has come in, whatever is stored.
  const joining = world.join(name, department, (person) => model.joining(person, name, department)).then((came) => (who = came), () => undefined)
  await world.clock.until(() => who !== undefined, 1_000)
  void joining
  if (who !== undefined) world.open(who)
}

function ask(run: Run, page: Page, dice: Random): void {
  const seen = seenBy(run, page)
  const asked = nextAct(dice, seen, () => `w${(run.marks += 1)}z`)
  if (asked === undefined) return
  run.story.push(`${page.who.door === 'phone' ? page.who.person : page.who.door} asks ${asked.step ?? 'session'}/${asked.do.type}`)
  void send(run, page, asked.step, asked.do)
}

export function seenBy({ model }: Run, page: Page): Seen {
  return page.who.door === 'phone'
    ? { door: 'phone', view: page.held('everyone')?.view as never, mine: page.held('mine')?.view as never }
    : { door: 'console', view: page.held('facilitator')?.view as never, plan: model.state.plan }
}

/** Asks for something as a page does, and tells the model. */
export function send(run: Run, page: Page, step: string | undefined, command: Command, heard: (answer: Answer) => void = () => undefined): Promise<Answer> {
  const box = `gw/${SESSION}/out/`
  const answered = page.act(step, command)
  const key = page.device.keys(box).at(-1)
  const act = JSON.parse(page.device.get(key ?? '') ?? 'null') as { id: string; do: object } | null
  if (act === null || !same(act.do, command)) return answered
  run.model.sent(act as never, page.who)
  run.open.set(page, (run.open.get(page) ?? 0) + 1)
  void answered.then((answer) => {
    run.open.set(page, (run.open.get(page) ?? 1) - 1)
    run.model.answered(act.id, answer)
    heard(answer)
  })
  return answered
}

async function done(run: Run, page: Page, step: string | undefined, command: Command): Promise<void> {
  let answer: Answer | undefined
  void send(run, page, step, command, (is) => (answer = is))
  await run.world.clock.until(() => answer !== undefined, 5_000)
  // A late console may meet a room that is already there.
  await run.world.clock.pass(100)
}

async function ready({ world, model }: Run, page: Page): Promise<void> {
  await world.clock.until(() => audiencesOf(page, model).every((audience) => page.held(audience) !== undefined), 5_000)
}

function audiencesOf({ who }: Page, { state }: Pick<Model, 'state'>): Audience[] {
  if (who.door === 'phone' && state.people[who.person] === undefined) return ['door']
  return who.door === 'phone' ? ['everyone', 'mine'] : [who.door === 'console' ? 'facilitator' : 'screen']
}

/** The network heals, latecomers come; within five seconds everything has arrived and everybody sees the same (A1 to A3, F9). */
async function end(run: Run): Promise<number> {
  const { world, model } = run
  const dice = random(`${run.name}/end`)
  if (dice.below(3) === 0) {
    const console = world.pages.find((page) => !page.gone && page.who.door === 'console' && page.live.connection.bye === undefined)
    if (console !== undefined) void send(run, console, undefined, { type: 'session.end' })
    await world.clock.pass(dice.below(100))
  }
  world.storage = () => 'kept'
  world.hints.delay = () => dice.below(30)
  world.hints.up = true
  for (let which = 0; which < world.servers; which += 1) {
    if (!world.running.includes(which)) world.start(which)
    world.thaw(which)
  }
  world.network.heal()
  const healed = world.clock.now()
  for (const page of world.pages) if (!page.gone) page.wake()
  world.open({ door: 'screen' })
  const late = world.pages.find((page) => page.who.door === 'phone' && page.live.connection.bye === undefined)
  if (late !== undefined) world.open(late.who)
  let wrong = ['nothing was looked at']
  while (wrong.length > 0 && world.clock.now() - healed < AGREE_WITHIN) {
    await world.clock.until(() => world.pages.every((page) => !isIn(model, page) || (page.live.waiting === 0 && page.live.connection.state === 'on')), healed + AGREE_WITHIN - world.clock.now())
    await world.clock.pass(Math.min(150, healed + AGREE_WITHIN - world.clock.now()))
    model.follow()
    wrong = disagreements(run)
  }
  model.problems.push(...wrong)
  model.checkLog()
  model.checkWords()
  model.checkHidden()
  checkSettled(run)
  return world.clock.now() - healed
}

/** Still has a place in the session: not closed, not let go, and not erased while it was away. */
export function isIn({ state }: Model, { who, gone, live }: Page): boolean {
  // Who was never let in is nobody once the session is over.
  const forgotten = who.door === 'phone' && (state.people[who.person] === undefined ? state.phase === 'ended' : state.people[who.person]?.erased === true)
  return !gone && live.connection.bye === undefined && !(forgotten && live.connection.refused === 'unknown')
}

/** Pages whose view is not the one made from scratch from the model. */
function disagreements({ world, model }: Run): string[] {
  const wanted = new Map<string, unknown>()
  return world.pages.flatMap((page) => {
    if (!isIn(model, page)) return []
    if (page.live.connection.state !== 'on') return [`A3 ${JSON.stringify(page.who)} has no line`]
    return audiencesOf(page, model).flatMap((audience) => {
      const key = audience === 'mine' || audience === 'door' ? JSON.stringify(page.who) : audience
      if (!wanted.has(key)) wanted.set(key, model.view(audience, page.who))
      const held = page.held(audience)
      if (same(held?.view, wanted.get(key))) return []
      return [`A3 ${key}, held at ${held?.at ?? 'no version'}, lacks ${JSON.stringify(diff(held?.view, wanted.get(key)))}`]
    })
  })
}

/** Every act is stored, or still on its device, or was refused, with its words where its author finds them (A1, F61). */
function checkSettled({ world, model }: Run): void {
  const devices = new Map(world.pages.map(({ who, device }) => [device, who]))
  const kept = new Set([...devices.keys()].flatMap((device) => [...device.keys(`gw/${SESSION}/out/`), ...device.keys(`gw/${SESSION}/refused/`)].map((key) => key.slice(key.lastIndexOf('/') + 1))))
  for (const { act, answer, commit } of model.acts.values()) {
    const words = [act.do.text, act.do.note].some((text) => typeof text === 'string' && text.trim() !== '')
    if (commit === undefined && answer === undefined && words && !kept.has(act.id)) model.problems.push(`A1 the words of ${JSON.stringify(act)} are neither stored nor on their device`)
  }
}
