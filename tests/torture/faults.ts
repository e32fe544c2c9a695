/** Which test proves which fault: read from the tests' own titles, so that the table cannot say what no test does. */
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { CATALOGUE } from './catalogue.ts'
import { slicesOf } from './kept.ts'
import { PARTS, type Part } from './parts.ts'

const root = join(import.meta.dirname, '../..')
const HEAD = `# What goes wrong, and the test that proves it does not

Written by \`npm run torture -- --table\` from the titles of the tests; a test fails when it is stale, or when a fault has neither test
nor reason. All of these run in every \`npm test\`; those with "full run" besides have many more cases in \`npm run torture\`.
`

export interface Proof {
  /** Path from the top of the repository. */
  file: string
  title: string
}

/** Every title that begins with the name of a fault or of a rule: "F17 ID1 killed …". */
export function provenBy(): Map<string, Proof[]> {
  const proofs = new Map<string, Proof[]>()
  const tests = join(root, 'tests')
  const files = readdirSync(tests, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.test.ts')).sort()
  for (const path of files) {
    const text = readFileSync(join(tests, path), 'utf8')
    for (const [, , names = '', rest = ''] of text.matchAll(/\(\s*(['"`])((?:(?:F\d{1,2}|[A-Z]{2}\d+),? )+)((?:(?!\1)[^\n\\]|\\.)*)\1/gu)) {
      for (const [name] of names.matchAll(/[A-Z]{1,2}\d+/gu)) {
        const proof = { file: relative(root, join(tests, path)), title: rest.replaceAll('\\', '') }
        proofs.set(name, [...(proofs.get(name) ?? []), proof])
      }
    }
  }
  return proofs
}

/** Faults without any proof or reason; none is right. */
export function unproven(): string[] {
  const proofs = provenBy()
  return Object.entries(CATALOGUE).flatMap(([name, { rules = [], not }]) => ([name, ...rules].some((one) => proofs.has(one)) || not !== undefined ? [] : [name]))
}

/** Names of faults in titles that the catalogue does not have. */
export function unknown(): string[] {
  return [...provenBy().keys()].filter((name) => /^F\d/u.test(name) && !(name in CATALOGUE))
}

/** The page tests/faults/README.md. */
export function faultsPage(): string {
  const proofs = provenBy()
  const rows = Object.entries(CATALOGUE).map(([name, { is, rules = [], not }]) => {
    const own = proofs.get(name) ?? []
    const others = rules.flatMap((rule) => (proofs.get(rule) ?? []).map((proof) => ({ ...proof, title: `${rule} ${proof.title}` }))).filter(({ file }) => !own.some((one) => one.file === file))
    const said = [...own, ...others].map(({ file, title }) => `[${cell(title)}](../../${file})`)
    const results = [...new Set(own.map(({ file }) => file))].flatMap((file) => PARTS.filter((part) => part.file === file).map(resultOf))
    return `| ${name} | ${is} | ${said.join('<br>') || '–'} | ${[...(said.length > 0 ? ['passes'] : []), ...results, ...(not === undefined ? [] : [not])].join('<br>')} |`
  })
  return `${HEAD}\n| fault | is | tests | result |\n|---|---|---|---|\n${rows.join('\n')}\n`
}

function resultOf(part: Part): string {
  const done = slicesOf(part.id).reduce((sum, { count }) => sum + count, 0)
  return `full run: ${done.toLocaleString('en-US')} of ${part.full.toLocaleString('en-US')} (${part.id})`
}

const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('[', '\\[').replaceAll(']', '\\]').replace(/\$\{[^}]*\}|%[sjd]/gu, '…')
