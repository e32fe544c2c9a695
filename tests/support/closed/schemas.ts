/** F28: the closed schema of every audience, event and kind, and what a frame holds that its schema does not name. */
import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Compile } from 'typebox/schema'
import type { Audience } from '#shared/session/views/types.ts'

/** JSON Schema, as far as the types of views need it. */
export interface Schema {
  type?: string
  const?: unknown
  anyOf?: Schema[]
  items?: Schema
  properties?: Record<string, Schema>
  required?: string[]
  additionalProperties?: boolean | Schema
  $ref?: string
}

export interface Schemas {
  $defs: Record<string, Schema>
  views: Record<Audience, Schema>
  /** By kind, then by the name of the view. */
  kinds: Record<string, Record<string, Schema>>
  events: Record<string, Schema>
}

// Tests run from the top of the repository, and where Vite serves them import.meta.url is no path.
const shared = join(process.cwd(), 'shared')
const maker = join(process.cwd(), 'tests/support/closed/from-types.ts')

/** The compiler needs two seconds, and many files of tests need the schemas: they are kept under the hash of what they were read from. */
async function kept(): Promise<Schemas> {
  const hash = createHash('sha256')
  const sources = readdirSync(shared, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.ts')).sort()
  for (const path of sources) hash.update(path).update(readFileSync(join(shared, path)))
  hash.update(readFileSync(maker))
  const folder = join(tmpdir(), `gatherwell-schemas-${String(process.getuid?.() ?? '')}`)
  const file = join(folder, `${hash.digest('hex').slice(0, 32)}.json`)
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Schemas
  } catch {
    const { schemasFromTypes } = await import('./from-types.ts')
    const made = schemasFromTypes()
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    // Two files of tests may come here at once.
    const ours = `${file}.${String(process.pid)}`
    writeFileSync(ours, JSON.stringify(made))
    renameSync(ours, file)
    return made
  }
}

export const schemas: Schemas = await kept()

const compiled = new Map<Schema, ReturnType<typeof Compile>>()

/** Where `value` is not what `schema` says, as "step.activity: …"; undefined where it is. */
export function strayIn(schema: Schema, value: unknown): string | undefined {
  let validator = compiled.get(schema)
  if (validator === undefined) compiled.set(schema, (validator = Compile({ ...schema, $defs: schemas.$defs } as object)))
  if (validator.Check(value)) return undefined
  const [, errors] = validator.Errors(value)
  const deepest = [...errors].sort((a, b) => b.instancePath.split('/').length - a.instancePath.split('/').length)[0]
  return `${deepest?.instancePath ?? ''}: ${JSON.stringify(deepest?.params ?? {})} ${deepest?.message ?? ''}`
}

/** What one audience holds, held against its closed schema. */
export function strayInView(audience: Audience, view: unknown): string | undefined {
  return strayIn(schemas.views[audience], view)
}

/** What an event carries (a view and a patch apart: what they make is looked at as a view). Events without a schema are strays. */
export function strayInEvent(event: string, carried: unknown): string | undefined {
  const schema = schemas.events[event]
  return schema === undefined ? `${event} is no event of the protocol` : strayIn(schema, carried)
}
