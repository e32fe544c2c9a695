/**
 * Markdown as data: a small closed tree that screen, phone, notes and documents each draw in their own way. There is no node for
 * HTML, so none can come through. Children are keyed "0", "1" … (whole-number keys keep their order in every engine), since merge
 * patches send arrays whole.
 */
import type { Lang, Localized } from '../localized.ts'

/** Children in order. */
export type Keyed<T> = Record<string, T>

export type Inline =
  | { is: 'text'; text: string }
  | { is: 'code'; text: string }
  | { is: 'break' }
  | { is: 'emphasis' | 'strong'; in: Keyed<Inline> }
  /** Never clickable: the words, and the address in print where it says more than they do. */
  | { is: 'link'; in: Keyed<Inline>; address?: string }
  | Picture

/** A picture that ships with the product, by its name alone. */
export interface Picture {
  is: 'image'
  name: string
  alt: string
}

export type Block =
  | { is: 'paragraph'; in: Keyed<Inline> }
  | { is: 'heading'; level: number; in: Keyed<Inline> }
  | { is: 'list'; ordered: boolean; items: Keyed<Tree> }
  | { is: 'quote'; in: Tree }
  | { is: 'code'; text: string }

export type Tree = Keyed<Block>

/** A text of the plan, as trees in the languages that it was written in. */
export type LocalizedTree = { [L in Lang]?: Tree }

/** Names of pictures: safe as a part of an address, and nothing but a name. */
export const PICTURE_NAME = '^[a-z0-9][a-z0-9-]{0,63}$'

/** The tree in `lang`, else in whatever language there is. */
export function sayTree(trees: LocalizedTree | undefined, lang: Lang): Tree | undefined {
  return trees?.[lang] ?? trees?.en ?? trees?.es
}

/** Whether a text says anything in any language. */
export function saysAnything(text: Localized | undefined): boolean {
  return Object.values(text ?? {}).some((words) => words !== undefined && words.trim() !== '')
}

/** The words of inline content without their marks, for places that know plain text only. */
export function plainText(inline: Keyed<Inline>): string {
  return Object.values(inline)
    .map((node) => {
      switch (node.is) {
        case 'text':
        case 'code':
          return node.text
        case 'break':
          return '\n'
        case 'image':
          return node.alt
        case 'link':
          return node.address === undefined ? plainText(node.in) : `${plainText(node.in)} (${node.address})`
        case 'emphasis':
        case 'strong':
          return plainText(node.in)
      }
    })
    .join('')
}
