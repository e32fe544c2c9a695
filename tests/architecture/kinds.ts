/** Sentences about kinds, rules and names: what each file must have or must not say, beyond whom it imports. */
import ts from 'typescript'
import type { SourceFile } from './graph.ts'
import { kindsOf, type Rule } from './rules.ts'

const SURFACES = { Phone: 'phone', Console: 'console', Screen: 'screen', Editor: 'editor' } as const

/** What a kind owes besides its rules: shared/activities/README.md says the same to people. */
const kindsAreWhole: Rule = {
  sentence: 'every kind has its four surfaces, a line for each in the registries, its words and its tests',
  broken: (files) => {
    const paths = new Set(files.map(({ path }) => path))
    const imports = (from: string) => files.find(({ path }) => path === from)?.imports.map(({ target }) => target) ?? []
    return [...kindsOf(files)].flatMap((kind) => {
      const owed = [`client/messages/${kind}.ts`, `tests/shared/activities/${kind}/arbitrary.ts`]
      const missing = owed.filter((path) => !paths.has(path)).map((path) => `${kind}: ${path} is missing`)
      for (const [surface, registry] of Object.entries(SURFACES)) {
        const component = `client/activities/${kind}/${surface}.svelte`
        if (!paths.has(component)) missing.push(`${kind}: ${component} is missing`)
        if (!imports(`client/activities/${registry}.ts`).includes(component)) missing.push(`${kind}: client/activities/${registry}.ts has no line for it`)
      }
      for (const tested of ['shared', 'client']) {
        const folder = `tests/${tested}/activities/${kind}/`
        const tests = files.filter(({ path }) => path.startsWith(folder) && path.endsWith('.test.ts'))
        if (tests.length === 0) missing.push(`${kind}: no test in ${folder}`)
        // The list of rules and its tests are held to each other by tests/shared/spec.test.ts.
        if (tested === 'shared' && !tests.some(({ text }) => /['"`][A-Z]{2}\d+ /u.test(text))) missing.push(`${kind}: no test in ${folder} carries a rule of shared/SPEC.md`)
      }
      return missing
    })
  },
}

/** Rules that look at one file's syntax: what `look` returns for a node is why it breaks the sentence. */
function perNode(sentence: string, of: (path: string) => boolean, look: (node: ts.Node, files: SourceFile[]) => string | undefined): Rule {
  return {
    sentence,
    broken: (files) =>
      files.filter(({ path }) => of(path)).flatMap(({ path, text }) => {
        const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true, ts.ScriptKind.TS)
        const found: string[] = []
        const visit = (node: ts.Node): void => {
          const why = look(node, files)
          if (why !== undefined) found.push(`${path}:${source.getLineAndCharacterOfPosition(node.getStart()).line + 1}: ${why}`)
          ts.forEachChild(node, visit)
        }
        visit(source)
        return found
      }),
  }
}

const serverKnowsNoKind = perNode(
  'nothing in the server names a kind',
  (path) => path.startsWith('server/') && path.endsWith('.ts'),
  (node, files) => {
    if (!ts.isStringLiteralLike(node)) return undefined
    const kind = [...kindsOf(files)].find((one) => node.text === one || node.text.includes(`shared/activities/${one}/`))
    // A word may also be a field of something else: only what is compared with a kind, or passed as one, names it.
    return kind === undefined || (ts.isBinaryExpression(node.parent) && node.parent.operatorToken.kind === ts.SyntaxKind.InKeyword) ? undefined : `names ${kind}`
  },
)

/** With a default, an event that somebody adds and forgets here would be lost in silence. */
const evolveNamesAll = perNode(
  '`switch` in `evolve` has no default',
  (path) => path.startsWith('shared/'),
  (node) => (ts.isDefaultClause(node) && /^(evolve|fold)/.test(functionAround(node)) ? 'a default hides an event that was forgotten' : undefined),
)

function functionAround(node: ts.Node): string {
  for (let at: ts.Node | undefined = node.parent; at !== undefined; at = at.parent) {
    if ((ts.isFunctionDeclaration(at) || ts.isMethodDeclaration(at)) && at.name !== undefined) return at.name.getText()
    if ((ts.isVariableDeclaration(at) || ts.isPropertyAssignment(at)) && at.initializer !== undefined && ts.isArrowFunction(at.initializer)) return at.name.getText()
  }
  return ''
}

/** A spread compiles whatever state holds tomorrow. Texts of the plan may be copied whole: everybody may read them. */
const viewsSpreadNoState = perNode(
  'views are built field by field, never by spreading state',
  (path) => /^shared\/(activities\/[^/]+|session\/(views|groups))\/(views?|wall)\.ts$/.test(path),
  (node) => (ts.isSpreadAssignment(node) && /^(state|run|person|card|mark|grouping|group)\b(?!\.plan\b)(?!.*\()/.test(node.expression.getText()) ? `spreads ${node.expression.getText()}` : undefined),
)

const oneReaderOfTheEnvironment = perNode(
  'config.ts is the only reader of the environment; main and the command hand it over',
  (path) => path.startsWith('server/') && path.endsWith('.ts') && !['server/main.ts', 'server/gatherwell.ts'].includes(path),
  (node) => (ts.isPropertyAccessExpression(node) && node.getText() === 'process.env' ? 'take it from the config' : undefined),
)

const UI_MAY_DRAW = /^shared\/(sky|markdown)\//

const uiDrawsData: Rule = {
  sentence: 'of shared, client/ui takes the sky and the Markdown tree: data that it draws',
  broken: (files) =>
    files.filter(({ path }) => path.startsWith('client/ui/')).flatMap(({ path, imports }) =>
      imports.flatMap(({ target, specifier }) => (target?.startsWith('shared/') && !UI_MAY_DRAW.test(target) ? [`${path}: imports ${specifier}`] : [])),
    ),
}

const socketsInOnePlace: Rule = {
  sentence: 'only server/socket knows Socket.IO',
  broken: (files) =>
    files.filter(({ path }) => path.startsWith('server/') && !path.startsWith('server/socket/')).flatMap(({ path, imports }) =>
      imports.flatMap(({ specifier }) => (/^socket\.io/.test(specifier) ? [`${path}: imports ${specifier}`] : [])),
    ),
}

const NAMED = /^(?:[a-z0-9]+(?:-[a-z0-9]+)*(?:\.svelte)?(?:\.(?:test|config))?\.(?:ts|mjs)|[A-Z][A-Za-z0-9]*\.svelte)$/

const namesOfFiles: Rule = {
  sentence: 'files are kebab-case.ts, components PascalCase.svelte, and runes stand in .svelte.ts only',
  broken: (files) =>
    files.flatMap(({ path, text }) => {
      const name = path.slice(path.lastIndexOf('/') + 1)
      const wrong = NAMED.test(name) ? [] : [`${path}: another name`]
      const runes = /^\w[\w/-]*\.ts$/.test(path) && path.startsWith('client/') && /\$(state|derived|effect)\b/.test(text)
      return runes ? [...wrong, `${path}: runes do nothing here`] : wrong
    }),
}

export const KIND_RULES: Rule[] = [
  kindsAreWhole,
  serverKnowsNoKind,
  evolveNamesAll,
  viewsSpreadNoState,
  oneReaderOfTheEnvironment,
  uiDrawsData,
  socketsInOnePlace,
  namesOfFiles,
]
