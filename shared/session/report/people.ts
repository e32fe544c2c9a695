/** Who took part, as the naming allows. */
import type { Lang } from '../../localized.ts'
import { idsInOrder } from '../../ordered.ts'
import type { Block, Section } from '../../report/model.ts'
import { en, es } from '../../report/words.ts'
import { say } from '../../say.ts'
import type { Person, SessionState } from '../model.ts'

/** Nothing where no names were asked for. Who was removed is left out. */
export function peopleSection(state: SessionState, lang: Lang): Section[] {
  const { plan } = state
  const people = Object.values(state.people).filter((person) => person.removed !== true && person.name !== undefined)
  if (plan.naming === 'none' || people.length === 0) return []
  const words = lang === 'es' ? es : en
  const title = words.people
  // A department that only a step asked for was asked for that step, and is told nowhere else.
  if (!plan.askDepartment || !people.some((person) => isOf(person, plan.departments))) {
    return [{ id: '_people', title, blocks: [{ type: 'text', text: names(people, lang) }] }]
  }
  const items = idsInOrder(plan.departments).flatMap((id) => line(say(plan.departments[id]?.name, lang), people.filter((person) => person.department === id), lang))
  const elsewhere = line(words.elsewhere, people.filter((person) => !isOf(person, plan.departments)), lang)
  const blocks: Block[] = [{ type: 'list', items: [...items, ...elsewhere] }]
  return [{ id: '_people', title, blocks }]
}

function isOf(person: Person, departments: Readonly<Record<string, unknown>>): boolean {
  return person.department !== undefined && Object.hasOwn(departments, person.department)
}

function line(department: string, people: readonly Person[], lang: Lang): { text: string }[] {
  return people.length === 0 ? [] : [{ text: `${department}: ${names(people, lang)}` }]
}

/** By the alphabet of the language: the order of joining is nobody's business. */
function names(people: readonly Person[], lang: Lang): string {
  return people
    .map((person) => person.name ?? '')
    .sort((a, b) => a.localeCompare(b, lang) || (a < b ? -1 : 1))
    .join(', ')
}
