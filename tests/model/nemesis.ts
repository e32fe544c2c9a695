/** What goes wrong while people write: each fault draws its own times, and ends by itself or with the run. */
import type { Random } from '#shared/random.ts'
import { pick } from './generator.ts'
import type { Fate as StorageFate } from './memory-log.ts'
import type { Fate, Link, Seen } from './network.ts'
import { outside } from './process.ts'
import type { Run } from './run.ts'

export type Fault = (run: Run, dice: Random) => void

const line = ({ world }: Run, dice: Random): Link | undefined => pick(dice, [...world.network.links])
/** Soon, late, or not before the line has been silent too long. */
const learns = (dice: Random): number | undefined => [0, 50, 2_000, undefined][dice.below(4)]

/** Does something to one frame of a kind, once. */
export function once({ world }: Pick<Run, 'world'>, way: Seen['way'], event: string, fate: Fate): void {
  const before = world.network.fate
  world.network.fate = (seen) => {
    if (seen.way !== way || seen.event !== event) return before(seen)
    world.network.fate = before
    return fate
  }
}

/** Storage answers so for some calls. */
export function storage({ world }: Run, call: 'append' | 'read', fate: StorageFate, times: number): void {
  let left = times
  world.storage = (asked) => {
    if (asked !== call || left === 0) return 'kept'
    left -= 1
    return fate
  }
}

/** Kills one of the servers; it comes back after a while. */
export function die({ world }: Run, which: number | undefined, after: number): void {
  if (which === undefined) return
  world.kill(which)
  outside(() => setTimeout(() => !world.running.includes(which) && world.start(which), after))
}

export const FAULTS: Readonly<Record<string, Fault>> = {
  // A line breaks; each end learns it in its own time.
  'line breaks': (run, dice) => line(run, dice)?.cut(learns(dice), learns(dice)),
  'line breaks unnoticed by the server': (run, dice) => line(run, dice)?.cut(0, undefined),
  // One direction, or both, carry nothing for a while; then what was held arrives, also when the page has long had another line.
  'line stalls': (run, dice) => {
    const link = line(run, dice)
    link?.stall(...([['up'], ['down'], ['up', 'down']] as const)[dice.below(3)] ?? ['up'])
    if (link !== undefined) setTimeout(() => link.flow(), 200 + dice.below(3_000) + 12_000 * dice.below(2))
  },
  // An answer is lost, and its line with it, after the act was stored (F2).
  'ack lost': (run) => once(run, 'down', 'ack', 'cut'),
  'act doubled': (run) => once(run, 'up', 'act', 'double'),
  'act lost': (run) => once(run, 'up', 'act', 'cut'),
  // A broadcast is lost on a line that goes on (F3, F44).
  'patch lost': (run) => once(run, 'down', 'patch', 'lose'),
  'patch doubled': (run) => once(run, 'down', 'patch', 'double'),
  'view lost': (run) => once(run, 'down', 'view', 'cut'),
  // Nobody reaches the server for a while, and all lines are gone (F7).
  'network gone': (run, dice) => {
    const { network } = run.world
    network.reachable = false
    for (const link of [...network.links]) link.cut(learns(dice), learns(dice))
    setTimeout(() => (network.reachable = true), 500 + dice.below(4_000))
  },
  // The server dies, before or after what it was writing was stored (F17).
  'server dies': (run, dice) => {
    die(run, pick(dice, run.world.running), 100 + dice.below(2_000))
  },
  'server dies while it writes': (run, dice) => {
    const { world } = run
    const fate = dice.below(2) === 0 ? 'lost' : 'unheard'
    world.storage = (call, which) => {
      if (call === 'read') return 'kept'
      world.storage = () => 'kept'
      die(run, which, 100 + dice.below(2_000))
      return fate
    }
  },
  // Somebody sets the server's clock, mostly back (F38).
  'clock is set': (run, dice) => { run.world.skew += [-60_000, -2_000, -2_000, 5_000][dice.below(4)] ?? 0 },
  // Storage refuses, before or after it has kept what it was given, or cannot be read (F18, F19).
  'storage refuses': (run, dice) => storage(run, 'append', 'refused', 1 + dice.below(3)),
  'storage keeps and refuses': (run) => storage(run, 'append', 'doubt', 1),
  'storage cannot be read': (run, dice) => {
    storage(run, 'append', 'refused', 1)
    const refusing = run.world.storage
    let left = 1 + dice.below(3)
    run.world.storage = (call, which) => {
      if (call === 'append') return refusing(call, which)
      return (left -= 1) >= 0 ? 'refused' : 'kept'
    }
  },
}
