/** Every registered kind with a config and with anything that people may send to it, as its own tests give them. */
import { readdirSync } from 'node:fs'
import type fc from 'fast-check'
import { kinds, type Kind } from '#shared/activities/registry.ts'
import type { Plan } from '#shared/session/plan.ts'
import type { Command } from './line.ts'

export interface Arbitrary {
  kind: Kind
  config: unknown
  participant: fc.Arbitrary<Command>
  facilitator: fc.Arbitrary<Command>
}

const folder = new URL('../shared/activities/', import.meta.url)
const found = await Promise.all(
  readdirSync(folder)
    .filter((name) => Object.hasOwn(kinds, name))
    .map(async (name) => ((await import(new URL(`${name}/arbitrary.ts`, folder).pathname)) as { arbitrary: Arbitrary }).arbitrary),
)

/** A kind without an arbitrary is missing here: a test says so. */
export const arbitraries: readonly Arbitrary[] = found

/** A plan with one step a kind, named after it; every second one anonymous unless said otherwise. */
export function planOf(shipped: Plan, anonymous: (kind: Kind, i: number) => boolean = (_kind, i) => i % 2 === 0): Plan {
  const steps: Plan['steps'] = {}
  arbitraries.forEach(({ kind, config }, i) => {
    steps[kind] = { order: i, title: { en: `Step ${kind}`, es: `Paso ${kind}` }, minutes: 5, anonymous: anonymous(kind, i), activity: { kind, config } }
  })
  if (steps.talk !== undefined) steps.talk.place = 'partners'
  return { ...shipped, k: 3, groupings: { partners: { order: 0, how: 'random', size: 2 } }, steps }
}

/** A plan of one step of one kind, called `step`. */
export function planWith(kind: Kind, { anonymous = false, config }: { anonymous?: boolean; config?: unknown } = {}) {
  return (shipped: Plan): Plan => ({
    ...shipped,
    k: 3,
    steps: {
      step: {
        order: 0, title: { en: 'The step' }, minutes: 5, anonymous,
        activity: { kind, config: config ?? arbitraries.find((each) => each.kind === kind)?.config },
      },
    },
  })
}
