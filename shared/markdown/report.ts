/** The tree as blocks of the notes: words, headings, lists and quotes. Marks inside a line are left to the screen. */
import type { Block as Noted, ListItem } from '../report/model.ts'
import { plainText, type Block, type Tree } from './tree.ts'

/** What the notes print of a Markdown text. */
export function notedBlocks(tree: Tree | undefined): Noted[] {
  return Object.values(tree ?? {}).flatMap(noted)
}

function noted(block: Block): Noted[] {
  switch (block.is) {
    case 'paragraph':
      return said(plainText(block.in)).map((text) => (isPicture(block.in) ? { type: 'text', text, style: 'note' } : { type: 'text', text }))
    case 'heading':
      return said(plainText(block.in)).map((text) => ({ type: 'heading', text }))
    case 'code':
      return said(block.text).map((text) => ({ type: 'text', text }))
    case 'quote':
      return wordsIn(block.in).map((text) => ({ type: 'text', text, style: 'quote' }))
    case 'list':
      return [{ type: 'list', ordered: block.ordered, items: items(block.items) }]
  }
}

/** A picture that stands alone is told by its words, as an aside. */
function isPicture(children: Extract<Block, { is: 'paragraph' }>['in']): boolean {
  const inlines = Object.values(children)
  return inlines.length === 1 && inlines[0]?.is === 'image'
}

function items(of: Record<string, Tree>): ListItem[] {
  return Object.values(of).map((tree) => {
    const inner = Object.values(tree).flatMap((block) => (block.is === 'list' ? items(block.items) : []))
    const words = Object.values(tree).flatMap((block) => (block.is === 'list' ? [] : wordsIn({ 0: block })))
    const item: ListItem = { text: words.join('\n') }
    if (inner.length > 0) item.items = inner
    return item
  })
}

function wordsIn(tree: Tree): string[] {
  return Object.values(tree).flatMap((block) => {
    switch (block.is) {
      case 'paragraph':
      case 'heading':
        return said(plainText(block.in))
      case 'code':
        return said(block.text)
      case 'quote':
        return wordsIn(block.in)
      case 'list':
        return Object.values(block.items).flatMap(wordsIn)
    }
  })
}

function said(text: string): string[] {
  const trimmed = text.trim()
  return trimmed === '' ? [] : [trimmed]
}
