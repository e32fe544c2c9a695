/** The plainest value that a closed schema takes: for tests that ask who may, not what happens. */
type Schema = Record<string, unknown> & { properties?: Record<string, Schema>; required?: string[]; anyOf?: Schema[] }

const TEXTS = ['words', 'step', '2026-01-31', '']

export function sample(schema: unknown): unknown {
  const { const: literal, enum: options, anyOf, type, properties = {}, required = [], pattern, minimum } = schema as Schema
  if (literal !== undefined) return literal
  if (Array.isArray(options)) return options[0]
  if (anyOf !== undefined) return sample(anyOf[0])
  if (type === 'object') return Object.fromEntries(required.map((key) => [key, sample(properties[key])]))
  if (type === 'boolean') return true
  if (type === 'integer' || type === 'number') return typeof minimum === 'number' ? minimum : 1
  if (type === 'string') return TEXTS.find((text) => typeof pattern !== 'string' || new RegExp(pattern, 'u').test(text))
  return undefined
}
