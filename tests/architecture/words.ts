import { parse, type AST } from 'svelte/compiler'

/** A catalogue: words by key, possibly in groups; a word with something in it is a function. */
type Catalogue = { [key: string]: unknown }

/** What differs between a catalogue in English and in Spanish, as sentences; nothing when both say the same things. */
export function differences(en: unknown, es: unknown, path = ''): string[] {
  if (isGroup(en) && isGroup(es)) {
    const keys = [...new Set([...Object.keys(en), ...Object.keys(es)])].sort()
    return keys.flatMap((key) => {
      const here = path === '' ? key : `${path}.${key}`
      if (!(key in en)) return [`${here}: missing in English`]
      if (!(key in es)) return [`${here}: missing in Spanish`]
      return differences(en[key], es[key], here)
    })
  }
  if (typeof en !== typeof es || Array.isArray(en) !== Array.isArray(es)) return [`${path}: not the same kind of value in both`]
  if (typeof en === 'function' && typeof es === 'function') {
    return en.length === es.length ? [] : [`${path}: takes ${en.length} in English, ${es.length} in Spanish`]
  }
  if (typeof en === 'string' && typeof es === 'string') return wordsDiffer(en, es, path)
  return []
}

const SAME_IS_A_MISTAKE_FROM_WORDS = 5

function wordsDiffer(en: string, es: string, path: string): string[] {
  const empty = en.trim() === '' || es.trim() === ''
  if (empty) return [`${path}: empty`]
  const gaps = (text: string): string => (text.match(/\{\w+\}/g) ?? []).sort().join(' ')
  if (gaps(en) !== gaps(es)) return [`${path}: {…} in one and not in the other`]
  const words = en.match(/\p{L}{2,}/gu)?.length ?? 0
  return en === es && words >= SAME_IS_A_MISTAKE_FROM_WORDS ? [`${path}: not translated`] : []
}

/** Groups of words, and lists of them (Object.keys gives a list's positions). */
function isGroup(value: unknown): value is Catalogue {
  return typeof value === 'object' && value !== null
}

const SPOKEN_ATTRIBUTES = new Set(['aria-label', 'aria-description', 'aria-roledescription', 'aria-valuetext', 'title', 'placeholder', 'alt', 'label'])

/** The product's name is the same in every language. */
const NAMES = /\bGatherwell\b/g

const hasLetters = (text: string): boolean => /\p{L}/u.test(text.replace(NAMES, ''))

type Node = { type: string; start: number; name?: string; data?: string }

/** Words written into a component's markup instead of a catalogue: "line 12: text". */
export function literalWords(source: string): string[] {
  const found: string[] = []
  const note = (node: Node, words: string): void => {
    found.push(`line ${source.slice(0, node.start).split('\n').length}: ${words.trim()}`)
  }
  const visit = (value: unknown, spoken: boolean): void => {
    if (Array.isArray(value)) return value.forEach((one) => visit(one, spoken))
    if (!isNode(value)) return
    if (value.type === 'Text') {
      if (spoken && hasLetters(value.data ?? '')) note(value, value.data ?? '')
      return
    }
    // Expressions speak through catalogues; what they say is theirs to test. Styles and scripts are not markup.
    if (/Expression|^Script$|^StyleSheet$|^Literal$/.test(value.type) && value.type !== 'ExpressionTag') return
    const speaks = value.type === 'Attribute' ? SPOKEN_ATTRIBUTES.has(value.name ?? '') : spoken && !/Directive$|^ExpressionTag$/.test(value.type)
    for (const child of Object.values(value)) if (typeof child === 'object') visit(child, speaks)
  }
  const { fragment }: AST.Root = parse(source, { modern: true })
  visit(fragment, true)
  return found
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && (!('type' in value) || typeof value.type === 'string')
}
