import fc from 'fast-check'
import { render, screen } from '@testing-library/svelte'
import { describe, expect, test } from 'vitest'
import { markdown } from '#shared/markdown/parse.ts'
import { PICTURES, pictureAddress } from '../../../client/ui/pictures.ts'
import Rich from '../../../client/ui/Rich.svelte'

/** The markup without what the compiler adds. */
function drawn(source: string, props: { level?: number; pictures?: boolean } = {}): string {
  const { container } = render(Rich, { tree: markdown(source), ...props })
  return (container.querySelector('.rich')?.innerHTML ?? '')
    .replace(/<!--.*?-->/gs, '')
    .replace(/ class="[^"]*"/g, '')
}

describe('a tree on the page', () => {
  test('keeps the blanks between its words', () => {
    expect(drawn('Walk *before* we **run**, then `stop`.')).toBe('<p>Walk <em>before</em> we <strong>run</strong>, then <code>stop</code>.</p>')
  })

  test('fits its headings into the ranks of the page', () => {
    expect(drawn('# Why\n\n## How', { level: 3 })).toBe('<h3>Why</h3><h4>How</h4>')
    expect(drawn('###### Deep', { level: 4 })).toBe('<h6>Deep</h6>')
  })

  test('draws lists, quotes and code', () => {
    expect(drawn('1. one\n2. two\n\n> said\n\n- x')).toBe('<ol><li><p>one</p></li><li><p>two</p></li></ol><blockquote><p>said</p></blockquote><ul><li><p>x</p></li></ul>')
    expect(drawn('```\na < b\n```')).toBe('<pre>a &lt; b</pre>')
  })

  test('prints a link with its address, and has nothing to click', () => {
    const { container } = render(Rich, { tree: markdown('[data](https://example.org)') })
    expect(container.textContent).toBe('data (https://example.org)')
    expect(container.querySelector('a')).toBeNull()
  })
})

describe('pictures', () => {
  test('come with their words, by name', () => {
    render(Rich, { tree: markdown('![Three gaps](equity-not-equality)') })
    expect(screen.getByRole('img', { name: 'Three gaps' })).toHaveAttribute('src', pictureAddress('equity-not-equality'))
  })

  test('of which there is none leave their words', () => {
    expect(drawn('![Three gaps](no-such-picture)')).toBe('<figure>Three gaps</figure>')
    expect(pictureAddress('constructor')).toBeUndefined()
  })

  test('may be left out, where they are shown beside', () => {
    expect(drawn('![Three gaps](equity-not-equality)\n\nWords', { pictures: false })).toBe('<p>Words</p>')
  })

  test('that ship are named as the plans name them', () => {
    expect(PICTURES).toEqual(['equity-not-equality', 'walk-before-running'])
  })
})

test('whatever somebody writes, nothing on the page runs, loads or links', () => {
  const mark = fc.constantFrom('<script>', '<img src=x onerror=alert(1)>', '<a href="javascript:1">', '[a](javascript:1)', '![a](https://x.y/z.png)', '**', '\n\n', '> ', 'words ')
  fc.assert(
    fc.property(fc.array(mark, { maxLength: 20 }), (parts) => {
      const { container, unmount } = render(Rich, { tree: markdown(parts.join('')) })
      expect(container.querySelector('script, img, a, [onerror], [href], iframe')).toBeNull()
      unmount()
    }),
    { numRuns: 50 },
  )
})
