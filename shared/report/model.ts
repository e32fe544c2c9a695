/** The neutral document that every export renders: plain data, no markup of any format. */
import type { Sky } from '../sky/sky.ts'

export type Block =
  | { type: 'text'; text: string; style?: 'quote' | 'note' | 'lead' }
  | { type: 'heading'; text: string }
  | { type: 'list'; ordered?: boolean; items: ListItem[] }
  /** `caption` stands over it; the first row is `head`. */
  | { type: 'table'; caption?: string; head: string[]; rows: string[][] }
  /** One or two skies of equal size side by side; `sentence` is the words for each. */
  | { type: 'skies'; skies: { title: string; sentence: string; sky: Sky }[] }

export interface ListItem {
  text: string
  items?: ListItem[]
}

export interface Section {
  /** The step it reports on, or the name of a part of the document ("people", "about"). Stable: section ticks hang on it. */
  id: string
  title: string
  blocks: Block[]
}

export interface Document {
  title: string
  lang: 'en' | 'es'
  /** Under the title: date, hosts, people. */
  subtitle: string[]
  sections: Section[]
}
