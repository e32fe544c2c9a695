import fc from 'fast-check'
import { fromMarkdown } from 'mdast-util-from-markdown'
import type { Nodes } from 'mdast'
import { describe, expect, test } from 'vitest'
import type { Block, Document } from '#shared/report/model.ts'
import { notesToSend } from '#shared/session/report.ts'
import { skyOf, type Sky } from '#shared/sky/sky.ts'
import { markdownOf } from '../../../server/export/markdown.ts'
import { linesOf } from '../../../server/export/text.ts'
import { fullSession } from '../../support/full-session.ts'

const holding = (...blocks: Block[]): Document => ({ title: 'Notes', lang: 'en', subtitle: [], sections: [{ id: 'a', title: 'Step', blocks }] })
const body = (...blocks: Block[]) => markdownOf(holding(...blocks)).split('## Step\n\n')[1]?.trimEnd()
const list = (...texts: string[]): Block => ({ type: 'list', items: texts.map((text) => ({ text })) })

function nodesIn(node: Nodes): Nodes[] {
  return [node, ...('children' in node ? node.children.flatMap(nodesIn) : [])]
}
const wordsIn = (node: Nodes): string => nodesIn(node).map((one) => (one.type === 'text' ? one.value : one.type === 'break' ? '\n' : '')).join('')

/** What people type to be funny, or by accident, and what a renderer could take for something. */
const nasty = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 30 }),
  fc.constantFrom('# head', '- item', '1. one', '1) one', '+ x', '> quote', '---', '===', '***', '```', '    code', '\tcode', '<script>alert(1)</script>', '<b>', '&lt;b&gt;', '&copy', '&#42;', '[a](b)', '![a](b)', '[a]: http://b', '`x`', '*a*', '__a__', '~~a~~', '$x$', 'a | b', '|', '\\', 'a\\', 'http://evil.example/?a=b', 'https://x.y', 'www.x.y', 'a@b.c', 'line\nbreak', 'a\n\nb', 'a\u2028b', '\u0000\u0007', '\u202eabc', 'مرحبا', '👩‍👩‍👧‍👦', '<!-- x', ']]>', ':', ': x'),
)
const text = fc.array(nasty, { minLength: 1, maxLength: 4 }).map((parts) => parts.join(' '))

describe('NT10 in Markdown', () => {
  test('whatever is typed into a list stays the words of one item', () => {
    fc.assert(
      fc.property(text, text, (one, other) => {
        fc.pre(linesOf(one).length > 0 && linesOf(other).length > 0)
        const tree = fromMarkdown(body(list(one, other)) ?? '')
        expect([...new Set(nodesIn(tree).map(({ type }) => type))].filter((type) => !['root', 'list', 'listItem', 'paragraph', 'text', 'break'].includes(type))).toEqual([])
        const [first, second, ...more] = nodesIn(tree).filter(({ type }) => type === 'listItem')
        expect(more).toEqual([])
        expect(first && wordsIn(first)).toBe(linesOf(one).join('\n'))
        expect(second && wordsIn(second)).toBe(linesOf(other).join('\n'))
      }),
      { numRuns: 2_000 },
    )
  })

  test('whatever is typed stays one plain, strong, slanted or quoted paragraph, as its style says', () => {
    const inside = { lead: 'strong', note: 'emphasis', quote: 'blockquote', none: 'paragraph' } as const
    fc.assert(
      fc.property(text, fc.constantFrom('lead' as const, 'note' as const, 'quote' as const, 'none' as const), (typed, style) => {
        fc.pre(linesOf(typed).length > 0)
        const tree = fromMarkdown(body(style === 'none' ? { type: 'text', text: typed } : { type: 'text', text: typed, style }) ?? '')
        const types = new Set(nodesIn(tree).map(({ type }) => type))
        expect([...types].filter((type) => !['root', 'paragraph', 'text', 'break', inside[style]].includes(type))).toEqual([])
        expect(wordsIn(tree)).toBe(linesOf(typed).join('\n'))
      }),
      { numRuns: 2_000 },
    )
  })

  test('a table keeps its columns whatever stands in them', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(text, text), { minLength: 1, maxLength: 3 }), (rows) => {
        const lines = (body({ type: 'table', head: ['One', 'Two'], rows }) ?? '').split('\n')
        expect(lines).toHaveLength(2 + rows.length)
        for (const line of lines) expect(line.match(/(?<!\\)(?:\\\\)*\|/gu)).toHaveLength(3)
      }),
    )
  })

  test('an address stays words, also for readers who would make it a link', () => {
    expect(body(list('see http://a.example, www.b.example or c@d.example'))).toBe('- see http\\://a.example, www\\.b.example or c\\@d.example')
  })

  test('titles and names stay on their line', () => {
    const document = { ...holding(list('x')), title: 'One\n# Two', subtitle: ['Hosted by <b>\n- A'] }
    expect(markdownOf(document)).toBe('# One / # Two\n\nHosted by &lt;b&gt; / - A\n\n## Step\n\n- x\n')
  })
})

describe('what it looks like', () => {
  test('lists nest, tables have a caption, quotes are quotes', () => {
    expect(body({ type: 'list', ordered: true, items: [{ text: 'one', items: [{ text: 'inner' }] }, { text: 'two\nlines' }] })).toBe('1. one\n   - inner\n2. two\\\n   lines')
    expect(body({ type: 'table', caption: 'By step', head: ['Step', 'What'], rows: [['A', '']] })).toBe('**By step**\n\n| Step | What |\n| --- | --- |\n| A |  |')
    expect(body({ type: 'text', text: 'a\nb', style: 'quote' })).toBe('> a\\\n> b')
  })

  test('a sky is its sentence and its shares in words', () => {
    const sky = skyOf({ foggy: 6, rainy: 4 }, 5) as Sky
    expect(body({ type: 'skies', head: ['Weather', 'Share'], skies: [{ title: 'Now', sentence: 'Most of us: foggy.', seed: 's', sky, shares: [['Foggy', 'about 6 in 10'], ['Rainy', 'about 4 in 10']] }] })).toBe(
      '**Now**\n\nMost of us: foggy.\n\n| Weather | Share |\n| --- | --- |\n| Foggy | about 6 in 10 |\n| Rainy | about 4 in 10 |',
    )
  })
})

test('NT5 exchanged authors make the same bytes', () => {
  expect(markdownOf(notesToSend(fullSession({ swapped: true }).state))).toBe(markdownOf(notesToSend(fullSession().state)))
})
