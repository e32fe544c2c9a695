/** The neutral document that every export renders: plain data, no markup of any format. */
import type { Sky } from '../sky/sky.ts'

export type Block =
  | { type: 'text'; text: string; style?: 'quote' | 'note' | 'lead' }
  | { type: 'heading'; text: string }
  | { type: 'list'; ordered?: boolean; items: ListItem[] }
  /** `caption` stands over it; the first row is `head`. */
  | { type: 'table'; caption?: string; head: string[]; rows: string[][] }
  /** One or two skies of equal size side by side. `head` stands over the two columns of `shares`. */
  | { type: 'skies'; head: [string, string]; skies: NotedSky[] }

/** A sky with all of its words: for those who see the picture, and for formats that have none. */
export interface NotedSky {
  title: string
  sentence: string
  /** The same seed draws the same picture: that of the screen on the day. */
  seed: string
  sky: Sky
  /** Each weather with its share in words, the larger first. */
  shares: [string, string][]
}

export interface ListItem {
  text: string
  items?: ListItem[]
}

export interface Section {
  /** The step it reports on, or a part of the document, which begins with "_" as no step does. Stable: section ticks hang on it. */
  id: string
  title: string
  blocks: Block[]
  /** Gathered at the end with what other steps give to the same part, under the steps' titles. */
  gather?: 'parked'
}

export interface Document {
  title: string
  lang: 'en' | 'es'
  /** Under the title: what it is, date, hosts. */
  subtitle: string[]
  sections: Section[]
}
