/** The full run as a table for people. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { faultsPage } from './faults.ts'
import { slicesOf, together } from './kept.ts'
import { PARTS } from './parts.ts'

const FROM = '<!-- torture: written by npm run torture -->'
const TO = '<!-- /torture -->'

const number = (value: number) => (Number.isInteger(value) ? value : Number(value.toFixed(2))).toLocaleString('en-US')

/** "worstBackMs" → "worst back ms". */
const words = (name: string) => name.replace(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`)

/** One row a part: what, how many of how many cases, the figures, when and at which commit. */
export function table(): string {
  const rows = PARTS.map((part) => {
    const slices = slicesOf(part.id)
    const done = slices.reduce((sum, { count }) => sum + count, 0)
    const figures = Object.entries(together(slices.map((slice) => slice.figures))).map(([name, value]) => `${words(name)} ${number(value)}`).join(', ')
    const last = slices.at(-1)
    const when = last === undefined ? 'not run yet' : `${last.date}, ${[...new Set(slices.map(({ commit }) => commit))].join(' ')}`
    return `| ${part.what} | ${number(done)} of ${number(part.full)} | ${figures || '–'} | ${when} |`
  })
  const machines = [...new Set(PARTS.flatMap(({ id }) => slicesOf(id).map((slice) => slice.machine)))]
  return ['| what is done to it | cases | counted | when, commit |', '|---|---|---|---|', ...rows, '', machines.length > 0 ? `Machine: ${machines.join('; ')}.` : ''].join('\n').trimEnd()
}

/** Writes the page of faults, and puts the table where the README has room for it; true if there was. */
export function writeTable(readme = join(import.meta.dirname, '../../README.md')): boolean {
  writeFileSync(join(import.meta.dirname, '../faults/README.md'), faultsPage())
  const text = readFileSync(readme, 'utf8')
  const [start, end] = [text.indexOf(FROM), text.indexOf(TO)]
  if (start === -1 || end < start) return false
  writeFileSync(readme, `${text.slice(0, start + FROM.length)}\n${table()}\n${text.slice(end)}`)
  return true
}
