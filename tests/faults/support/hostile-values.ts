/** Commands by somebody who has read the schemas and means harm: right in most fields, and wrong where it might hurt. */
import type { TSchema } from 'typebox'
import type { Random } from '#shared/random.ts'

/** What a JSON schema of ours is made of. */
interface Shape {
  type?: string
  const?: unknown
  enum?: unknown[]
  anyOf?: Shape[]
  properties?: Record<string, Shape>
  required?: string[]
  patternProperties?: Record<string, Shape>
  items?: Shape
  pattern?: string
  minimum?: number
  maximum?: number
  maxLength?: number
}

const NAMES = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'valueOf', 'then', 'length', '', 'admin', 'role', 'sender', 'person', 'author', 'by', 'tag', 'seq', 'id', 'at', 'sealed', 'anonymous', 'k', 'people']
const TEXTS = ['', ' ', '\u0000', '\ud800', '\u202e\u202d\u2066', 'a\u0301'.repeat(60), '👩‍👩‍👧‍👦'.repeat(600), '__proto__', 'constructor', '../../etc/passwd', '<img src=x onerror=alert(1)>', '${7*7}{{7*7}}', "'; DROP TABLE log_1; --", '=HYPERLINK("http://evil.example")', '\r\nSet-Cookie: a=b', 'null', 'undefined', 'NaN', '-1', '1e400', 'x'.repeat(1_999), 'x'.repeat(2_001), 'facilitators', '@calls', 'id-1']
const NUMBERS = [0, -1, 1, 0.5, -0, 2 ** 31, 2 ** 53, -(2 ** 53), 1e308, 4_294_967_296, 65_536]

const any = <T>(things: readonly T[], dice: Random): T => things[dice.below(things.length)] as T

/** A value of this schema, or one that is almost of it. `ids`: things that are really there, of this room and others. */
export function hostileValue(schema: TSchema, dice: Random, ids: readonly string[]): unknown {
  return value(schema as Shape, dice, ids, 0)
}

function value(shape: Shape, dice: Random, ids: readonly string[], depth: number): unknown {
  // One leaf in twelve is something else altogether.
  if (depth > 0 && dice.below(12) === 0) return anything(dice, ids, 0)
  if (shape.const !== undefined) return shape.const
  if (shape.enum !== undefined) return any(shape.enum, dice)
  if (shape.anyOf !== undefined) return value(any(shape.anyOf, dice), dice, ids, depth)
  switch (shape.type) {
    case 'string': return dice.below(5) === 0 ? any(TEXTS, dice) : dice.below(3) > 0 ? any(ids, dice) : shape.pattern === undefined ? 'said' : 'step'
    case 'integer':
    case 'number': return dice.below(4) === 0 ? any(NUMBERS, dice) : any([shape.minimum ?? 0, shape.maximum ?? 1, (shape.minimum ?? 0) - 1, (shape.maximum ?? 0) + 1], dice)
    case 'boolean': return dice.below(2) === 0
    case 'array': return Array.from({ length: dice.below(dice.below(20) === 0 ? 500 : 4) }, () => value(shape.items ?? {}, dice, ids, depth + 1))
    case 'object': return object(shape, dice, ids, depth)
    default: return anything(dice, ids, depth)
  }
}

function object(shape: Shape, dice: Random, ids: readonly string[], depth: number): unknown {
  const fields: [string, unknown][] = []
  for (const [name, inner] of Object.entries(shape.properties ?? {})) {
    const needed = shape.required?.includes(name) ?? false
    if (dice.below(needed ? 20 : 3) > 0) fields.push([name, value(inner, dice, ids, depth + 1)])
  }
  for (const inner of Object.values(shape.patternProperties ?? {})) {
    for (let i = dice.below(3); i > 0; i -= 1) fields.push([dice.below(4) === 0 ? any(NAMES, dice) : any(ids, dice), value(inner, dice, ids, depth + 1)])
  }
  // A field that nobody asked for.
  if (dice.below(6) === 0) fields.push([any(NAMES, dice), anything(dice, ids, 0)])
  return withOwn(fields)
}

function anything(dice: Random, ids: readonly string[], depth: number): unknown {
  switch (dice.below(depth > 4 ? 5 : 8)) {
    case 0: return null
    case 1: return any(TEXTS, dice)
    case 2: return any(NUMBERS, dice)
    case 3: return dice.below(2) === 0
    case 4: return any(ids, dice)
    case 5: return Array.from({ length: dice.below(4) }, () => anything(dice, ids, depth + 1))
    case 6: return withOwn([[any(NAMES, dice), anything(dice, ids, depth + 1)]])
    default: return nested(dice.below(40))
  }
}

/** As it would come out of JSON: "__proto__" is an own field, not a parent. */
function withOwn(fields: readonly [string, unknown][]): unknown {
  const made: Record<string, unknown> = {}
  for (const [name, inner] of fields) Object.defineProperty(made, name, { value: inner, enumerable: true, configurable: true, writable: true })
  return made
}

function nested(depth: number): unknown {
  let made: unknown = 'deep'
  for (let i = 0; i < depth; i += 1) made = i % 2 === 0 ? [made] : { a: made }
  return made
}
