/** From Markdown to the tree. Runs on the server when a view or a report is made, so that phones never load the parser. */
import type { Nodes, Parents, PhrasingContent, RootContent } from 'mdast'
import { fromMarkdown } from 'mdast-util-from-markdown'
import type { Localized } from '../localized.ts'
import { PICTURE_NAME, type Block, type Inline, type Keyed, type LocalizedTree, type Tree } from './tree.ts'

/** Deeper nesting than this is flattened to its words: nobody writes it, and what draws the tree walks it recursively. */
const DEEPEST = 8
/** A plan has some dozens of texts; this holds those of many sessions and stays below a few megabytes. */
const REMEMBERED = 500

const pictureName = new RegExp(PICTURE_NAME)
const remembered = new Map<string, Tree>()

/** The tree of a Markdown text. Remembered by its text, and therefore frozen: views share it. */
export function markdown(text: string): Tree {
  const known = remembered.get(text)
  if (known !== undefined) return known
  const tree = freeze(blocks(fromMarkdown(text).children, 0))
  const oldest = remembered.size < REMEMBERED ? undefined : remembered.keys().next().value
  if (oldest !== undefined) remembered.delete(oldest)
  remembered.set(text, tree)
  return tree
}

/** The trees of a text of the plan; undefined where it says nothing in any language. */
export function localizedMarkdown(text: Localized | undefined): LocalizedTree | undefined {
  const trees: LocalizedTree = {}
  if (text?.en !== undefined && text.en.trim() !== '') trees.en = markdown(text.en)
  if (text?.es !== undefined && text.es.trim() !== '') trees.es = markdown(text.es)
  return trees.en === undefined && trees.es === undefined ? undefined : trees
}

function blocks(nodes: readonly RootContent[], depth: number): Tree {
  const out: Block[] = []
  for (const node of nodes) {
    const made = block(node, depth)
    if (made !== undefined) out.push(made)
  }
  return keyed(out)
}

function block(node: RootContent, depth: number): Block | undefined {
  if (depth >= DEEPEST) return paragraph([{ is: 'text', text: wordsOf(node) }])
  switch (node.type) {
    case 'paragraph':
      return paragraph(inlines(node.children, depth + 1))
    case 'heading':
      return { is: 'heading', level: node.depth, in: keyed(inlines(node.children, depth + 1)) }
    case 'list':
      return { is: 'list', ordered: node.ordered === true, items: keyed(node.children.map((item) => blocks(item.children, depth + 1))) }
    case 'blockquote':
      return { is: 'quote', in: blocks(node.children, depth + 1) }
    case 'code':
      return { is: 'code', text: node.value }
    // They have no words: a line between parts, and an address that other words refer to.
    case 'thematicBreak':
    case 'definition':
      return undefined
    // HTML and whatever an extension may add: the words as they were typed.
    default:
      return paragraph([{ is: 'text', text: wordsOf(node) }])
  }
}

function paragraph(inline: Inline[]): Block | undefined {
  return inline.length === 0 ? undefined : { is: 'paragraph', in: keyed(inline) }
}

function inlines(nodes: readonly PhrasingContent[], depth: number): Inline[] {
  return nodes.flatMap((node) => {
    const made = inline(node, depth)
    return made.is === 'text' && made.text === '' ? [] : [made]
  })
}

function inline(node: PhrasingContent, depth: number): Inline {
  if (depth >= DEEPEST) return { is: 'text', text: wordsOf(node) }
  switch (node.type) {
    case 'emphasis':
    case 'strong':
      return { is: node.type, in: keyed(inlines(node.children, depth + 1)) }
    case 'inlineCode':
      return { is: 'code', text: node.value }
    case 'break':
      return { is: 'break' }
    case 'link': {
      const said = wordsOf(node)
      const link: Inline = { is: 'link', in: keyed(inlines(node.children, depth + 1)) }
      if (node.url !== '' && node.url !== said && node.url !== `mailto:${said}`) link.address = node.url
      return link
    }
    case 'image':
      if (!pictureName.test(node.url)) return { is: 'text', text: node.alt ?? '' }
      return { is: 'image', name: node.url, alt: node.alt ?? '' }
    default:
      return { is: 'text', text: wordsOf(node) }
  }
}

/** All words below a node, without recursion: hostile text may be nested thousands deep. */
function wordsOf(node: Nodes): string {
  const words: string[] = []
  const waiting: Nodes[] = [node]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if ('value' in next) words.push(next.value)
    else if ('alt' in next) words.push(next.alt ?? '')
    else if ('children' in next) waiting.push(...[...(next as Parents).children].reverse())
  }
  return words.join('')
}

function keyed<T>(items: readonly T[]): Keyed<T> {
  const out: Keyed<T> = {}
  items.forEach((item, at) => {
    out[String(at)] = item
  })
  return out
}

function freeze<T extends object>(tree: T): T {
  for (const inner of Object.values(tree)) if (typeof inner === 'object' && inner !== null) freeze(inner as object)
  return Object.freeze(tree)
}
