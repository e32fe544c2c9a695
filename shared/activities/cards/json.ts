/**
 * A wall as JSON, put together from what was made of its cards before: who takes one of ten thousand back has the others written anew,
 * and making all of them into text cost ten times what the act did. Kept in parts beside the state and never in it. Whatever changes
 * cards, authors or the wall says so here.
 */
import type { CardsState } from './model.ts'

/** Keys in their order, in parts of which each has its text until something in it changes. */
interface Texts {
  keys: string[][]
  texts: (string | undefined)[]
  at: Map<string, number>
}

const PART = 32

const kept = new WeakMap<object, Texts>()

/** What `JSON.stringify` makes of it. */
export function cardsJson(state: CardsState): string {
  const { cards, people, wall } = state
  const members = Object.entries(state).map(([key, value]) => {
    const name = JSON.stringify(key)
    if (value === cards) return `${name}:{${textOf(cards, Object.keys, (id) => member(id, cards[id]))}}`
    if (value === people) return `${name}:{${textOf(people, Object.keys, (author) => member(author, people[author]))}}`
    if (value === wall) return `${name}:[${textOf(wall, (ids) => ids, (id) => JSON.stringify(id))}]`
    return member(key, value)
  })
  let json = ''
  // Not joined: that would copy all of it once more.
  for (const text of members) if (text !== '') json += `${json === '' ? '{' : ','}${text}`
  return `${json}}`
}

/** This one has come, has changed or, where it is not `there` any more, has gone. Who comes, comes at the end. */
export function jsonChanged(of: CardsState['cards' | 'people' | 'wall'], key: string, there = true): void {
  const known = kept.get(of)
  if (known === undefined) return
  const at = known.at.get(key)
  if (at === undefined) {
    if (there) add(known, key)
    return
  }
  known.texts[at] = undefined
  if (there) return
  known.at.delete(key)
  known.keys[at]?.splice(known.keys[at].indexOf(key), 1)
}

/** `to` is a copy of `from`, and takes its place: what is remembered of one is of the other from now on. */
export function moveJson<T extends CardsState['cards' | 'people' | 'wall']>(from: T, to: T): void {
  const known = kept.get(from)
  if (known === undefined) return
  kept.delete(from)
  kept.set(to, known)
}

function textOf<T extends object>(of: T, keys: (of: T) => readonly string[], text: (key: string) => string): string {
  let known = kept.get(of)
  if (known === undefined) {
    known = { keys: [], texts: [], at: new Map() }
    for (const key of keys(of)) add(known, key)
    kept.set(of, known)
  }
  const { texts } = known
  known.keys.forEach((part, at) => (texts[at] ??= part.map(text).join(',')))
  return texts.filter((part) => part !== '').join(',')
}

function add({ keys, texts, at }: Texts, key: string): void {
  const last = keys.at(-1)
  if (last === undefined || last.length >= PART) keys.push([key])
  else last.push(key)
  at.set(key, keys.length - 1)
  texts[keys.length - 1] = undefined
}

function member(key: string, value: unknown): string {
  return value === undefined ? '' : `${JSON.stringify(key)}:${JSON.stringify(value)}`
}
