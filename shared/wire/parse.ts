/** Parsing at the edge, once: inside, types are true. Texts are cleaned before their length is judged. */
import type { TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import { kindOf } from '../activities/registry.ts'
import { refuse, type Refusal } from '../refusals.ts'
import { sessionCommands, type SessionCommand } from '../session/commands.ts'
import type { SessionState } from '../session/model.ts'
import type { Plan } from '../session/plan.ts'
import { cleanText, lengthOf } from '../text.ts'
import { TEXT_LENGTH } from './protocol.ts'

/** No command of ours is deeper; deeper ones are not looked at. */
const DEPTH = 12

export type Parsed<T> = { value: T } | Refusal

const compiled = new WeakMap<TSchema, ReturnType<typeof Compile>>()

/** Checks a value against a closed schema, after cleaning its texts; says where it fails as "answers.2.text". */
export function parse<T>(schema: TSchema, raw: unknown): Parsed<T> {
  const value = clean(raw, '', 0)
  if ('refused' in value) return value
  let validator = compiled.get(schema)
  if (validator === undefined) compiled.set(schema, (validator = Compile(schema)))
  if (validator.Check(value.value)) return { value: value.value as T }
  const errors = validator.Errors(value.value).filter((error) => !isOnlyLongInCode(error, value.value))
  const first = errors.find(({ keyword }) => keyword !== 'maxLength') ?? errors[0]
  if (first === undefined) return { value: value.value as T }
  return refuse(first.keyword === 'maxLength' ? 'too-long' : 'bad-shape', keysOf(first.instancePath).join('.'))
}

/** The schema counts code points, people count characters: a family is one of these and seven of those. */
function isOnlyLongInCode({ keyword, instancePath, params }: { keyword: string; instancePath: string; params: object }, value: unknown): boolean {
  if (keyword !== 'maxLength') return false
  const text = keysOf(instancePath).reduce<unknown>((inner, key) => (inner as Record<string, unknown> | undefined)?.[key], value)
  return typeof text === 'string' && lengthOf(text) <= (params as { limit: number }).limit
}

function keysOf(instancePath: string): string[] {
  return instancePath.split('/').slice(1)
}

/** A command to the session (`step` absent) or to a step's activity. */
export function parseCommand(
  state: SessionState,
  step: string | undefined,
  raw: { type: string },
): Parsed<{ session: SessionCommand } | { step: string; command: { type: string } }> {
  if (step === undefined) {
    if (!Object.hasOwn(sessionCommands, raw.type)) return refuse('bad-shape', 'type')
    const parsed = parse<SessionCommand>(sessionCommands[raw.type as SessionCommand['type']], raw)
    if ('refused' in parsed) return parsed
    if (parsed.value.type === 'plan.change') {
      const plan = parseConfigs(parsed.value.plan)
      if (plan !== undefined) return plan
    }
    return { value: { session: parsed.value } }
  }
  const kind = Object.hasOwn(state.steps, step) ? kindOf(state.steps[step]?.kind ?? '') : undefined
  if (kind === undefined) return refuse('not-open')
  if (!Object.hasOwn(kind.commands, raw.type)) return refuse('bad-shape', 'type')
  const parsed = parse<{ type: string }>(kind.commands[raw.type] as TSchema, raw)
  return 'refused' in parsed ? parsed : { value: { step, command: parsed.value } }
}

/** Checks the config of every step against its kind's schema. Undefined: all are right. */
export function parseConfigs(plan: Plan): Refusal | undefined {
  for (const [id, step] of Object.entries(plan.steps)) {
    const kind = kindOf(step.activity.kind)
    if (kind === undefined) return refuse('bad-shape', `plan.steps.${id}.activity.kind`)
    const config = parse(kind.config, step.activity.config)
    if ('refused' in config) return refuse(config.refused, `plan.steps.${id}.activity.config.${config.path ?? ''}`)
  }
  return undefined
}

function clean(raw: unknown, path: string, depth: number): Parsed<unknown> {
  if (typeof raw === 'string') {
    const text = cleanText(raw)
    return text.length > TEXT_LENGTH && lengthOf(text) > TEXT_LENGTH ? refuse('too-long', path) : { value: text }
  }
  if (typeof raw !== 'object' || raw === null) return { value: raw }
  if (depth >= DEPTH) return refuse('bad-shape', path)
  const out: Record<string, unknown> | unknown[] = Array.isArray(raw) ? [] : {}
  for (const [key, inner] of Object.entries(raw)) {
    if (key === '__proto__' || key === 'constructor' || key === 'prototype') return refuse('bad-shape', key)
    const value = clean(inner, path === '' ? key : `${path}.${key}`, depth + 1)
    if ('refused' in value) return value
    ;(out as Record<string, unknown>)[key] = value.value
  }
  return { value: out }
}
