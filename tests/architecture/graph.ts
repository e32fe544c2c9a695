import { existsSync, globSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'

export const ROOT = fileURLToPath(new URL('../../', import.meta.url))

/** One `import`, `export … from`, `import()` or `import('…')` type. */
export interface Import {
  specifier: string
  /** Path from the top of the repository, or undefined for a package or a built-in module. */
  target: string | undefined
  /** Leaves no trace at run time. `import { type A }` does leave one: verbatimModuleSyntax keeps the module loaded. */
  typeOnly: boolean
  /** Fetched when it is needed, not when the importing module is. */
  dynamic: boolean
}

export interface SourceFile {
  /** Path from the top of the repository, with forward slashes. */
  path: string
  text: string
  imports: Import[]
}

const CODE = '{shared,server,client,tests}/**/*.{ts,svelte,mjs}'

/** Every source file of the product and its tests, as it is on disk. */
export function readTree(): SourceFile[] {
  return globSync(CODE, { cwd: ROOT })
    .map((path) => path.replaceAll('\\', '/'))
    .sort()
    .map((path) => sourceFile(path, readFileSync(join(ROOT, path), 'utf8')))
}

/** A file with its imports parsed; `path` need not exist, so that tests can make trees up. */
export function sourceFile(path: string, text: string): SourceFile {
  const code = path.endsWith('.svelte') ? scriptsOf(text) : text
  return { path, text, imports: importsOf(path, code) }
}

function scriptsOf(component: string): string {
  const scripts = component.matchAll(/<script\b[^>]*>([\s\S]*?)<\/script>/g)
  return Array.from(scripts, (match) => match[1]).join('\n;\n')
}

function importsOf(path: string, code: string): Import[] {
  const found: Import[] = []
  const add = (specifier: ts.Node | undefined, typeOnly: boolean, dynamic: boolean): void => {
    if (!specifier || !ts.isStringLiteralLike(specifier)) return
    found.push({ specifier: specifier.text, target: resolve(path, specifier.text), typeOnly, dynamic })
  }
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) {
      add(node.moduleSpecifier, node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword, false)
    } else if (ts.isExportDeclaration(node)) {
      add(node.moduleSpecifier, node.isTypeOnly, false)
    } else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
      add(node.argument.literal, true, false)
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      add(node.arguments[0], false, true)
    }
    ts.forEachChild(node, visit)
  }
  visit(ts.createSourceFile(path, code, ts.ScriptTarget.Latest, false, ts.ScriptKind.TS))
  return found
}

function resolve(from: string, specifier: string): string | undefined {
  if (specifier.startsWith('#')) return specifier.slice(1)
  if (specifier.startsWith('.')) return posix.join(posix.dirname(from), specifier)
  return undefined
}

/** True when an import points at a file that is not there; assets behind a query (`?url`) count as their file. */
export function isMissing(imported: Import): boolean {
  return imported.target !== undefined && !existsSync(join(ROOT, imported.target.replace(/\?.*$/, '')))
}
