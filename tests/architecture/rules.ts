import type { Import, SourceFile } from './graph.ts'

/** One sentence of the architecture and how to find what breaks it: "file: why". */
export interface Rule {
  sentence: string
  broken: (files: SourceFile[]) => string[]
}

type Verdict = string | undefined

/** A rule that looks at one import at a time. */
function perImport(sentence: string, judge: (file: SourceFile, imported: Import, files: SourceFile[]) => Verdict): Rule {
  return {
    sentence,
    broken: (files) =>
      files.flatMap((file) =>
        file.imports.flatMap((imported) => {
          const why = judge(file, imported, files)
          return why === undefined ? [] : [`${file.path}: imports ${imported.specifier}: ${why}`]
        }),
      ),
  }
}

const within = (path: string | undefined, ...folders: string[]): boolean =>
  path !== undefined && folders.some((folder) => path === folder || path.startsWith(`${folder}/`))

const tree = (path: string): string => path.split('/')[0] ?? ''

/** Which layer a path belongs to: the position of the first pattern that fits, or undefined for what has no layer. */
const layerIn = (layers: RegExp[][], path: string): number | undefined => {
  const position = layers.findIndex((patterns) => patterns.some((pattern) => pattern.test(path)))
  return position === -1 ? undefined : position
}

/** Layers from the innermost outwards: each may import its own and what stands before it. */
function layered(sentence: string, layers: RegExp[][]): Rule {
  return perImport(sentence, (file, imported) => {
    if (imported.target === undefined) return undefined
    const from = layerIn(layers, file.path)
    const to = layerIn(layers, imported.target)
    return from !== undefined && to !== undefined && to > from ? 'it points outwards' : undefined
  })
}

/** Where the kinds are listed: once in shared, once a surface in the client, so that a phone loads no other surface's. */
const SHARED_REGISTRY = /^shared\/activities\/registry/
const CLIENT_REGISTRIES = /^client\/activities\/(registry|phone|console|screen|editor|standing|strip|at-hand)\.ts$/

/** The folder or single file under `base` that holds one activity, without its ending. */
function unitUnder(base: string, path: string): string | undefined {
  if (!path.startsWith(`${base}/`)) return undefined
  return path.slice(base.length + 1).split('/')[0]?.replace(/\.(svelte\.)?ts$/, '')
}

/** The kinds: what the registry imports. Other files beside it help all kinds. */
export function kindsOf(files: SourceFile[]): Set<string> {
  const registry = files.find((file) => file.path === 'shared/activities/registry.ts')
  const units = (registry?.imports ?? []).map((imported) => imported.target && unitUnder('shared/activities', imported.target))
  return new Set(units.filter((unit) => unit !== undefined && unit !== 'activity' && unit !== 'registry') as string[])
}

const kindsApart = perImport('activities never import one another', (file, imported, files) => {
  for (const base of ['shared/activities', 'client/activities']) {
    const from = unitUnder(base, file.path)
    const to = imported.target && unitUnder(base, imported.target)
    if (from === undefined || !to || from === to || SHARED_REGISTRY.test(file.path) || CLIENT_REGISTRIES.test(file.path)) continue
    if (kindsOf(files).has(to)) return `${to} is another activity; only the registry imports it`
  }
  return undefined
})

const DOORS = ['client/phone', 'client/host', 'client/screen']

const doorsApart = perImport('doors never import one another', (file, imported) => {
  const door = DOORS.find((folder) => within(file.path, folder))
  const other = DOORS.find((folder) => within(imported.target, folder))
  return door && other && door !== other ? 'a door of its own' : undefined
})

const sharedIsPure = perImport('shared imports nothing but shared, typebox and mdast', (file, imported) => {
  if (tree(file.path) !== 'shared' || within(imported.target, 'shared')) return undefined
  return /^(typebox|mdast)(\/|$)|^mdast-util-/.test(imported.specifier) ? undefined : 'not pure'
})

const treesApart = perImport('server and client meet only in shared, and nothing imports the tests', (file, imported) => {
  const from = tree(file.path)
  if (from === 'tests' || imported.target === undefined) return undefined
  const to = tree(imported.target)
  // What is neither of the three trees (package.json for its version) belongs to everybody.
  if (to === from || to === 'shared' || !['server', 'client', 'tests'].includes(to)) return undefined
  return `${from} may not import ${to}`
})

const adapter = /^server\/log\/(sqlite|postgres)/

const adaptersByApp = perImport('adapters are imported by app and the command alone', (file, imported) => {
  if (!imported.target || !adapter.test(imported.target)) return undefined
  const allowed = ['server/app.ts', 'server/gatherwell.ts'].includes(file.path) || adapter.test(file.path) || tree(file.path) === 'tests'
  return allowed ? undefined : 'an adapter; depend on the port'
})

const serverLayers = layered('server: ports ← room ← socket, http, export ← app ← main', [
  [/^server\/(log|keep)\//],
  [/^server\/(room|access)\//, /^server\/config\.ts$/],
  [/^server\/(socket|http|export)\//],
  [/^server\/app\.ts$/],
  [/^server\/(main|gatherwell)\.ts$/],
])

const gatewaysApart = perImport('socket, http and export stand side by side; http alone may ask export for a document', (file, imported) => {
  const gateways = ['server/socket', 'server/http', 'server/export']
  const from = gateways.find((folder) => within(file.path, folder))
  const to = gateways.find((folder) => within(imported.target, folder))
  if (!from || !to || from === to) return undefined
  return from === 'server/http' && to === 'server/export' ? undefined : `${from} and ${to} know nothing of each other`
})

const sharedLayers = layered('shared: activities ← registry ← session ← wire', [
  [/^shared\/activities\/(?!registry)/],
  [SHARED_REGISTRY],
  [/^shared\/session\//],
  [/^shared\/wire\//],
])

const reportIsNeutral = perImport('the document model knows nothing of sessions and activities', (file, imported) =>
  within(file.path, 'shared/report') && within(imported.target, 'shared/activities', 'shared/session', 'shared/wire')
    ? 'the model is neutral'
    : undefined,
)

const clientLayers = layered('client: ui, live ← activities ← registry ← the three doors', [
  [/^client\/(ui|live|styles|messages)\//],
  [/^client\/activities\/(?!(registry|phone|console|screen|editor|standing|strip|at-hand)\.ts$)/],
  [CLIENT_REGISTRIES],
  [/^client\/(phone|host|screen)\//],
])

const uiIsPlain = perImport('ui knows nothing of sessions, live nothing of activities', (file, imported) => {
  if (within(file.path, 'client/ui') && within(imported.target, 'client/live', 'shared/activities', 'shared/session', 'shared/wire')) {
    return 'ui knows nothing of sessions'
  }
  const activity = imported.target && unitUnder('shared/activities', imported.target)
  if (within(file.path, 'client/live') && activity && activity !== 'activity' && activity !== 'registry') {
    return 'live knows no single kind'
  }
  return undefined
})

const oneSocketFile = perImport('client/live/connection.svelte.ts is the only file that knows Socket.IO', (file, imported) =>
  tree(file.path) === 'client' && /^socket\.io/.test(imported.specifier) && file.path !== 'client/live/connection.svelte.ts'
    ? 'go through the connection'
    : undefined,
)

/** Run-time schemas weigh more than all that a phone shows first. */
const lightPhone: Rule = {
  sentence: 'the phone never loads typebox with its page',
  broken: (files) => {
    const byPath = new Map(files.map((file) => [file.path, file]))
    const seen = new Set<string>()
    const walk = (path: string, trail: string[]): string[] => {
      const file = byPath.get(path)
      if (!file || seen.has(path)) return []
      seen.add(path)
      return file.imports
        .filter((imported) => !imported.typeOnly && !imported.dynamic)
        .flatMap((imported) => {
          const here = [...trail, path]
          if (/^typebox(\/|$)/.test(imported.specifier)) return [`${here.join(' → ')}: imports ${imported.specifier}`]
          return imported.target === undefined ? [] : walk(imported.target, here)
        })
    }
    return walk('client/phone/main.ts', [])
  },
}

const LONG = 300

/** "Over 300 lines, because …": the first comment of a long file says so in these words or in "long". */
const longFilesSayWhy: Rule = {
  sentence: `no file over ${LONG} lines without a sentence at its top that says why`,
  broken: (files) =>
    files.flatMap(({ path, text }) => {
      const lines = text.trimEnd().split('\n').length
      if (lines <= LONG) return []
      const top = /^\s*(?:(?:\/\/[^\n]*\n)+|\/\*[\s\S]*?\*\/|<!--[\s\S]*?-->)/.exec(text)?.[0] ?? ''
      return /\b(lines|long)\b/i.test(top) ? [] : [`${path}: ${lines} lines, and its first comment does not say why it is so long`]
    }),
}

export const RULES: Rule[] = [
  sharedLayers,
  kindsApart,
  sharedIsPure,
  reportIsNeutral,
  serverLayers,
  gatewaysApart,
  adaptersByApp,
  clientLayers,
  uiIsPlain,
  doorsApart,
  treesApart,
  oneSocketFile,
  lightPhone,
  longFilesSayWhy,
]
