/** What goes wrong among several servers on one storage, besides all that goes wrong with one. */
import { pick } from './generator.ts'
import { FAULTS, type Fault } from './nemesis.ts'
import { outside } from './process.ts'

export const SERVER_FAULTS: Readonly<Record<string, Fault>> = {
  ...FAULTS,
  // What servers tell each other comes late and out of order, for a while (F41).
  'hints come late': ({ world }, dice) => {
    const late = dice.below(2_000)
    world.hints.delay = () => dice.below(late + 1)
    outside(() => setTimeout(() => (world.hints.delay = () => dice.below(30)), 1_000 + dice.below(5_000)))
  },
  // Some of it never comes, and nobody knows.
  'hints are lost': ({ world }, dice) => {
    world.hints.delay = () => (dice.below(3) === 0 ? undefined : dice.below(300))
    outside(() => setTimeout(() => (world.hints.delay = () => dice.below(30)), 1_000 + dice.below(5_000)))
  },
  // The channel is down: each server goes by what it finds when it looks (F41).
  'servers cannot hear each other': ({ world }, dice) => {
    world.hints.up = false
    outside(() => setTimeout(() => (world.hints.up = true), 500 + dice.below(8_000)))
  },
  // The channel comes and goes.
  'the channel flaps': ({ world }, dice) => {
    for (let i = 0; i < 10; i += 1) outside(() => setTimeout(() => (world.hints.up = i % 2 === 1), 200 * i + dice.below(20)))
  },
  // One server stands still, longer or shorter than it may have a session alone (F3).
  'a server freezes': ({ world }, dice) => {
    const which = pick(dice, world.running)
    if (which === undefined) return
    world.freeze(which)
    outside(() => setTimeout(() => world.thaw(which), [300, 3_000, 7_000, 25_000][dice.below(4)]))
  },
  // One server does not reach storage, the others do (F43).
  'a server is cut off from storage': ({ world }, dice) => {
    const cut = pick(dice, world.running)
    const before = world.storage
    const now = (world.storage = (call, which) => (which === cut ? 'refused' : before(call, which)))
    outside(() => setTimeout(() => world.storage === now && (world.storage = () => 'kept'), 500 + dice.below(4_000)))
  },
  'all servers die': ({ world }, dice) => {
    for (const which of world.running) {
      world.kill(which)
      outside(() => setTimeout(() => !world.running.includes(which) && world.start(which), 100 + dice.below(2_000)))
    }
  },
}
