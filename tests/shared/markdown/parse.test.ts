import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { localizedMarkdown, markdown } from '#shared/markdown/parse.ts'
import { notedBlocks } from '#shared/markdown/report.ts'
import { plainText, sayTree, type Tree } from '#shared/markdown/tree.ts'

const text = (words: string) => ({ is: 'text', text: words })

describe('what people write', () => {
  test('paragraphs, emphasis and strong words', () => {
    expect(markdown('Walk *before* we **run**.\n\nTogether.')).toEqual({
      0: {
        is: 'paragraph',
        in: {
          0: text('Walk '),
          1: { is: 'emphasis', in: { 0: text('before') } },
          2: text(' we '),
          3: { is: 'strong', in: { 0: text('run') } },
          4: text('.'),
        },
      },
      1: { is: 'paragraph', in: { 0: text('Together.') } },
    })
  })

  test('headings keep their rank, lists their kind and their nesting', () => {
    expect(markdown('## Now\n\n1. look\n   - twice\n2. act')).toEqual({
      0: { is: 'heading', level: 2, in: { 0: text('Now') } },
      1: {
        is: 'list',
        ordered: true,
        items: {
          0: {
            0: { is: 'paragraph', in: { 0: text('look') } },
            1: { is: 'list', ordered: false, items: { 0: { 0: { is: 'paragraph', in: { 0: text('twice') } } } } },
          },
          1: { 0: { is: 'paragraph', in: { 0: text('act') } } },
        },
      },
    })
  })

  test('more than ten children stay in their order', () => {
    const lines = Array.from({ length: 12 }, (_, at) => `line ${at}`)
    const tree = markdown(lines.join('\n\n'))
    expect(Object.values(tree).map((block) => (block.is === 'paragraph' ? plainText(block.in) : ''))).toEqual(lines)
  })

  test('quotes and code are words, a line between parts is nothing', () => {
    expect(markdown('> said\n\n---\n\n    a < b\n\nuse `x`')).toEqual({
      0: { is: 'quote', in: { 0: { is: 'paragraph', in: { 0: text('said') } } } },
      1: { is: 'code', text: 'a < b' },
      2: { is: 'paragraph', in: { 0: text('use '), 1: { is: 'code', text: 'x' } } },
    })
  })

  test('a link shows its address unless its words are the address', () => {
    expect(markdown('[the report](https://example.org/r) and <https://example.org>')).toEqual({
      0: {
        is: 'paragraph',
        in: {
          0: { is: 'link', in: { 0: text('the report') }, address: 'https://example.org/r' },
          1: text(' and '),
          2: { is: 'link', in: { 0: text('https://example.org') } },
        },
      },
    })
  })
})

describe('what must not come through', () => {
  test('HTML is words', () => {
    expect(markdown('<script>alert(1)</script>')).toEqual({ 0: { is: 'paragraph', in: { 0: text('<script>alert(1)</script>') } } })
    expect(markdown('so <b>bold</b>')).toEqual({ 0: { is: 'paragraph', in: { 0: text('so '), 1: text('<b>'), 2: text('bold'), 3: text('</b>') } } })
  })

  test('pictures come by name alone; any address leaves the words that stood for it', () => {
    expect(markdown('![Two shelves](equity-not-equality)')).toEqual({
      0: { is: 'paragraph', in: { 0: { is: 'image', name: 'equity-not-equality', alt: 'Two shelves' } } },
    })
    for (const address of ['https://example.org/x.png', '//example.org/x', '../secret', 'data:image/png;base64,AA', 'a/b', 'A.svg']) {
      expect(markdown(`![words](${address})`)).toEqual({ 0: { is: 'paragraph', in: { 0: text('words') } } })
    }
  })

  const KINDS = ['paragraph', 'heading', 'list', 'quote', 'code', 'text', 'break', 'emphasis', 'strong', 'link', 'image']

  /** The deepest nesting of nodes; throws at anything that a view may not carry. */
  function depth(value: unknown): number {
    expect(value).not.toBeNull()
    expect(Array.isArray(value)).toBe(false)
    expect(value).not.toBeUndefined()
    if (typeof value !== 'object') return 0
    const entries = Object.entries(value as object)
    const is = (value as { is?: unknown }).is
    if (is !== undefined) expect(KINDS).toContain(is)
    return 1 + Math.max(0, ...entries.map(([, inner]) => depth(inner)))
  }

  test('any text gives a shallow tree that a view may carry', () => {
    const mark = fc.constantFrom('*', '**', '_', '`', '> ', '- ', '1. ', '# ', '\n', '\n\n', '[', '](', ')', '![', '<b>', '<!--', '&amp;', '    ', '|', 'words')
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.array(mark, { maxLength: 80 }).map((parts) => parts.join(''))), (source) => {
        const tree = markdown(source)
        expect(depth(tree)).toBeLessThan(40)
        expect(JSON.parse(JSON.stringify(tree))).toEqual(tree)
      }),
    )
  })

  test.each([
    ['quotes', '>'.repeat(4000)],
    ['lists', '- '.repeat(2000)],
    ['emphasis', '*a '.repeat(1300)],
    ['strong and emphasis', '*a **b '.repeat(550)],
    ['links', '['.repeat(4000)],
    ['pictures in links', '[!['.repeat(1300)],
    ['entities', '&'.repeat(4000)],
  ])('deeply nested %s are flattened, not followed', (_name, source) => {
    expect(depth(markdown(source))).toBeLessThan(40)
  })

  test('a tree is shared by views, so nobody can write into it', () => {
    const tree = markdown('shared')
    expect(markdown('shared')).toBe(tree)
    expect(() => {
      ;(tree as Record<string, unknown>)['0'] = 'other'
    }).toThrow(TypeError)
  })

  test('what was remembered longest ago is forgotten first', () => {
    const first = markdown('the first of many')
    for (let at = 0; at < 600; at += 1) markdown(`text ${at}`)
    expect(markdown('the first of many')).not.toBe(first)
    expect(markdown('the first of many')).toEqual(first)
  })
})

describe('two languages', () => {
  test('an empty text is no text', () => {
    expect(localizedMarkdown(undefined)).toBeUndefined()
    expect(localizedMarkdown({ en: '', es: '  ' })).toBeUndefined()
    expect(localizedMarkdown({ en: 'Hi', es: '' })).toEqual({ en: markdown('Hi') })
  })

  test('a reader gets their own language, else the one there is', () => {
    const trees = localizedMarkdown({ es: 'Hola' })
    expect(sayTree(trees, 'en')).toEqual(markdown('Hola'))
    expect(sayTree(undefined, 'en')).toBeUndefined()
  })
})

describe('in the notes', () => {
  test('marks inside lines fall away, structure stays', () => {
    const tree: Tree = markdown('# Why\n\nIt **matters**: [data](https://example.org).\n\n> Stay.\n\n- one\n  - inner\n- two *now*\n\n![Shelves](equity-not-equality)')
    expect(notedBlocks(tree)).toEqual([
      { type: 'heading', text: 'Why' },
      { type: 'text', text: 'It matters: data (https://example.org).' },
      { type: 'text', text: 'Stay.', style: 'quote' },
      { type: 'list', ordered: false, items: [{ text: 'one', items: [{ text: 'inner' }] }, { text: 'two now' }] },
      { type: 'text', text: 'Shelves', style: 'note' },
    ])
    expect(notedBlocks(undefined)).toEqual([])
  })
})
