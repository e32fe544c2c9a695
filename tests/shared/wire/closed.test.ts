/** WI7: nothing but the known shape gets in. A schema that is open at any depth lets anything at all into the log, and a view that reads it fails for everybody. */
import { expect, test } from 'vitest'
import { kinds } from '#shared/activities/registry.ts'
import { sessionCommands } from '#shared/session/commands.ts'
import { PlanSchema } from '#shared/session/plan.ts'
import { smartGoals } from '#shared/templates/smart-goals/plan.ts'
import { parse } from '#shared/wire/parse.ts'

/** What no schema can say of itself: each kind judges its own config (parseConfigs). */
const JUDGED_APART = /\.activity\.config$/u

function openPlaces(schema: unknown, path: string): string[] {
  if (typeof schema !== 'object' || schema === null || JUDGED_APART.test(path)) return []
  const { properties = {}, patternProperties = {}, items, anyOf = [], additionalProperties } = schema as Record<string, object> & { anyOf?: unknown[] }
  const isMap = 'properties' in schema || 'patternProperties' in schema || (schema as { type?: unknown }).type === 'object'
  const inner = [
    ...Object.entries(properties).flatMap(([key, value]) => openPlaces(value, `${path}.${key}`)),
    ...Object.values(patternProperties).flatMap((value) => openPlaces(value, `${path}.*`)),
    ...openPlaces(items, `${path}[]`),
    ...anyOf.flatMap((one) => openPlaces(one, path)),
  ]
  return isMap && (additionalProperties as unknown) !== false ? [path, ...inner] : inner
}

test('WI7 every schema of a plan, a config and a command is closed at every depth', () => {
  const schemas: [string, unknown][] = [
    ['plan', PlanSchema],
    ...Object.entries(sessionCommands),
    ...Object.entries(kinds).flatMap(([name, { config, commands }]): [string, unknown][] => [[`${name}.config`, config], ...Object.entries(commands).map(([type, command]): [string, unknown] => [`${name}.${type}`, command])]),
  ]
  expect(schemas.length).toBeGreaterThan(60)
  expect(schemas.flatMap(([name, schema]) => openPlaces(schema, name))).toEqual([])
})

test.each(['departments', 'keepApart', 'groupings', 'steps'] as const)('WI7 the plan’s %s take no key of another shape, whatever stands behind it', (field) => {
  for (const key of ['Upper Case', '1st', '<script>', 'a'.repeat(33), '']) {
    expect(parse(PlanSchema, { ...smartGoals, [field]: { ...smartGoals[field], [key]: null } })).toHaveProperty('refused', 'bad-shape')
  }
})
