/** How people are called in groups: by their name, or by the number on their phone. */
import type { Lang } from '#shared/localized.ts'
import { inOrder } from '#shared/ordered.ts'
import type { FacilitatorGroupView, PersonInGroups } from '#shared/session/groups/views.ts'

interface Words {
  number: (number: number) => string
  table: (table: number) => string
}

/** What a person goes by: the name that they gave, else their number. */
export function called(person: { name?: string; number: number }, words: Words): string {
  return person.name ?? words.number(person.number)
}

/** "Ana, Ben and number 42". */
export function listed(names: string[], lang: Lang): string {
  return new Intl.ListFormat(lang, { type: 'conjunction' }).format(names)
}

/** Members in their order. */
export function membersOf(group: FacilitatorGroupView): [string, PersonInGroups][] {
  return inOrder(group.members)
}

/** What facilitators call a group: a pair by its people, more by their table. */
export function groupCalled(group: FacilitatorGroupView, size: number, words: Words, lang: Lang): string {
  if (size > 2 || group.department !== undefined) return words.table(group.table)
  return listed(membersOf(group).map(([, person]) => called(person, words)), lang)
}
