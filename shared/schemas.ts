/** The shapes that every plan and every command are made of, closed at every depth: what a schema does not name is refused. */
import Type, { type TLiteral, type TObject, type TProperties, type TSchema, type TString } from 'typebox'

/** An object with these fields and no other. */
export function closed<P extends TProperties>(fields: P): TObject<P> {
  return Type.Object(fields, { additionalProperties: false })
}

/** A command of this type with these fields and no other. */
export function command<T extends string>(type: T): TObject<{ type: TLiteral<T> }>
export function command<T extends string, P extends TProperties>(type: T, fields: P): TObject<{ type: TLiteral<T> } & P>
export function command(type: string, fields: TProperties = {}): TObject {
  return closed({ type: Type.Literal(type), ...fields })
}

/** An id that people may read in a link or a log: steps, kinds, departments, what an editor adds. */
export const PlainId = Type.String({ pattern: '^[a-z][a-z0-9-]{0,31}$' })

/** An id that the server made. */
export const MadeId = Type.String({ minLength: 1, maxLength: 40 })

/** A map whose keys match `key` and whose values match `value`, and nothing besides: a key of another shape carries nothing past its schema. */
export function keyed<V extends TSchema>(key: TString, value: V, size: { minProperties?: number; maxProperties?: number } = {}) {
  return Type.Record(key, value, { ...size, additionalProperties: false })
}
