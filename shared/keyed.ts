/** Keyed maps of the plan: closed, so that a key of another shape is refused instead of carrying anything at all past its schema. */
import Type, { type TSchema, type TString } from 'typebox'

/** A map whose keys match `key` and whose values match `value`, and nothing besides. */
export function keyed<Value extends TSchema>(key: TString, value: Value, size: { minProperties?: number; maxProperties?: number } = {}) {
  return Type.Record(key, value, { ...size, additionalProperties: false })
}
