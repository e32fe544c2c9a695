/**
 * Closed schemas of all that the server sends, read out of the TypeScript types of the views themselves: what a type does not name,
 * no frame may carry. There is no second list that could drift, and a new kind has its schemas by being registered.
 */
import ts from 'typescript'
import type { Schema, Schemas } from './schemas.ts'

// Tests run from the top of the repository, and where Vite serves them import.meta.url is no path.
const root = `${process.cwd()}/`
const AUDIENCES = ['everyone', 'screen', 'facilitator', 'mine'] as const
type Shared = 'everyone' | 'screen' | 'facilitator'

/** Reads them with the compiler: two seconds. Throws where a view is not closed (`unknown`, `any`, a function …), naming the place. */
export function schemasFromTypes(): Schemas {
  const options: ts.CompilerOptions = { strict: true, exactOptionalPropertyTypes: true, noEmit: true, target: ts.ScriptTarget.ES2024, lib: ['lib.es2024.d.ts'], types: [], module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext, allowImportingTsExtensions: true, skipLibCheck: true }
  const files = ['shared/session/views/types.ts', 'shared/activities/registry.ts', 'shared/wire/protocol.ts'].map((path) => root + path)
  const program = ts.createProgram(files, options)
  const checker = program.getTypeChecker()
  const $defs: Record<string, Schema> = {}

  function exported(path: string, name: string): ts.Type {
    const source = program.getSourceFile(root + path)
    const module_ = source && checker.getSymbolAtLocation(source)
    const symbol = module_ && checker.getExportsOfModule(module_).find((one) => one.name === name)
    if (symbol === undefined) throw new Error(`${path} exports no ${name}`)
    return symbol.flags & ts.SymbolFlags.Variable ? checker.getTypeOfSymbol(symbol) : checker.getDeclaredTypeOfSymbol(symbol)
  }

  function member(type: ts.Type, name: string): ts.Type | undefined {
    const property = type.getProperty(name)
    return property && checker.getTypeOfSymbol(property)
  }

  /** `inPlaceOf`: what stands where a type says `unknown` on purpose, by its path from here. */
  function schemaOf(type: ts.Type, path: string, inPlaceOf: Record<string, Schema> = {}): Schema {
    const known = inPlaceOf[path]
    if (known !== undefined) return known
    const { flags } = type
    if (flags & ts.TypeFlags.Boolean) return { type: 'boolean' }
    if (flags & ts.TypeFlags.String) return { type: 'string' }
    if (flags & ts.TypeFlags.Number) return { type: 'number' }
    if (type.isLiteral() || flags & ts.TypeFlags.BooleanLiteral) return { const: flags & ts.TypeFlags.BooleanLiteral ? checker.typeToString(type) === 'true' : (type as ts.LiteralType).value }
    if (type.isUnion()) return { anyOf: type.types.filter((one) => !(one.flags & ts.TypeFlags.Undefined)).map((one) => schemaOf(one, path, inPlaceOf)) }
    if (flags & ts.TypeFlags.Object || type.isIntersection()) return named(type, path, inPlaceOf)
    throw new Error(`${path}: a view may not hold ${checker.typeToString(type)}: what it sends would be anybody's guess`)
  }

  /** Written down once and referred to: a tree of text holds itself. */
  function named(type: ts.Type, path: string, inPlaceOf: Record<string, Schema>): Schema {
    if (Object.keys(inPlaceOf).length > 0) return objectOf(type, path, inPlaceOf)
    const key = `t${String((type as unknown as { id: number }).id)}`
    if ($defs[key] === undefined) {
      $defs[key] = {}
      $defs[key] = objectOf(type, path, inPlaceOf)
    }
    return { $ref: `#/$defs/${key}` }
  }

  function objectOf(type: ts.Type, path: string, inPlaceOf: Record<string, Schema>): Schema {
    if (checker.isArrayType(type)) return { type: 'array', items: schemaOf(checker.getTypeArguments(type as ts.TypeReference)[0] as ts.Type, `${path}[]`, inPlaceOf) }
    if (type.getCallSignatures().length > 0) throw new Error(`${path}: a view may not hold a function`)
    const keyed = checker.getIndexInfosOfType(type)[0]
    // Record<string, never> is an object without anything.
    const rest = keyed === undefined || keyed.type.flags & ts.TypeFlags.Never ? false : schemaOf(keyed.type, `${path}.*`, inPlaceOf)
    const properties: Record<string, Schema> = {}
    const required: string[] = []
    for (const property of checker.getPropertiesOfType(type)) {
      properties[property.name] = schemaOf(checker.getTypeOfSymbol(property), `${path}.${property.name}`, inPlaceOf)
      if (!(property.flags & ts.SymbolFlags.Optional)) required.push(property.name)
    }
    return { type: 'object', properties, required, additionalProperties: rest }
  }

  /** The views of every kind, by what they are called in its `Views`. */
  const kinds: Record<string, Record<string, Schema>> = {}
  const registry = exported('shared/activities/registry.ts', 'kinds')
  for (const property of checker.getPropertiesOfType(registry)) {
    const views = checker.getTypeArguments(checker.getTypeOfSymbol(property) as ts.TypeReference)[4]
    if (views === undefined) throw new Error(`${property.name} is no Activity`)
    const mine: Record<string, Schema> = (kinds[property.name] = {})
    for (const view of checker.getPropertiesOfType(views)) mine[view.name] = schemaOf(checker.getTypeOfSymbol(view), `${property.name}.${view.name}`)
  }

  const ofKinds = (view: (kind: string) => Schema | undefined, around: (kind: string, view: Schema) => Schema): Schema => ({
    anyOf: Object.keys(kinds).flatMap((kind) => {
      const found = view(kind)
      return found === undefined ? [] : [around(kind, found)]
    }),
  })

  function sharedView(audience: Shared): Schema {
    const type = member(exported('shared/session/views/types.ts', 'Views'), audience) as ts.Type
    const step = exported('shared/session/views/types.ts', 'StepView')
    const steps = ofKinds((kind) => kinds[kind]?.[audience], (kind, activity) => schemaOf(step, 'step', { 'step.kind': { const: kind }, 'step.activity': activity }))
    const atHand = (kind: string) => (audience === 'facilitator' ? kinds[kind]?.standingForFacilitators : undefined) ?? kinds[kind]?.standing
    const standing = ofKinds(atHand, (kind, view) => ({ type: 'object', properties: { kind: { const: kind }, view }, required: ['kind', 'view'], additionalProperties: false }))
    return schemaOf(type, audience, { [`${audience}.step`]: steps, [`${audience}.standing.*`]: standing })
  }

  function mineView(): Schema {
    const type = member(exported('shared/session/views/types.ts', 'Views'), 'mine') as ts.Type
    return schemaOf(type, 'mine', { 'mine.steps.*': ofKinds((kind) => kinds[kind]?.mine, (_kind, view) => view) })
  }

  /** What each event carries besides views, which have schemas of their own. */
  function events(): Record<string, Schema> {
    const told: Record<string, Schema> = {}
    const sent = exported('shared/wire/protocol.ts', 'ServerEvents')
    for (const event of checker.getPropertiesOfType(sent)) {
      const listener = checker.getTypeOfSymbol(event).getCallSignatures()[0]
      const carried = listener?.getParameters()[0]
      if (carried === undefined) throw new Error(`${event.name} carries nothing that has a type`)
      told[event.name] = schemaOf(checker.getTypeOfSymbol(carried), event.name, { 'view.view': {}, 'patch.patch': {} })
    }
    told.answer = schemaOf(exported('shared/wire/protocol.ts', 'Answer'), 'answer')
    return told
  }

  const shared = Object.fromEntries((['everyone', 'screen', 'facilitator'] as const).map((audience) => [audience, sharedView(audience)]))
  const views = { ...shared, mine: mineView() } as Schemas['views']
  for (const audience of AUDIENCES) if (views[audience] === undefined) throw new Error(`No schema for ${audience}`)
  return { $defs, views, kinds, events: events() }
}
