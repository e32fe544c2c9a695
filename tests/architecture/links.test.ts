/** What the pages for people link to is there: files, and headings within them. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
const pages = ['README.md', 'SECURITY.md', ...readdirSync(join(root, 'docs')).filter((name) => name.endsWith('.md')).map((name) => join('docs', name))]

/** The anchors of a page, as they are made from its headings. */
const anchorsOf = (text: string) => [...text.matchAll(/^#+ (.+)$/gmu)].map(([, heading = '']) => heading.toLowerCase().replace(/[^\p{L}\p{N}\s_-]/gu, '').replace(/ /gu, '-'))

test.each(pages)('every link of %s leads somewhere', (page) => {
  const links = [...readFileSync(join(root, page), 'utf8').matchAll(/\]\((?!https?:)([^)\s]+)\)/gu)].map(([, link]) => link as string)
  const dead = links.filter((link) => {
    const [path = '', anchor] = link.split('#')
    const target = path === '' ? join(root, page) : join(root, dirname(page), path)
    if (!existsSync(target)) return true
    return anchor !== undefined && target.endsWith('.md') && !anchorsOf(readFileSync(target, 'utf8')).includes(anchor)
  })
  expect(dead).toEqual([])
})

test('every line of the standard stands once on its page', () => {
  const lines = [...readFileSync(join(root, 'docs/asvs.md'), 'utf8').matchAll(/^\| ((?:\d+\.\d+\.\d+(?:, )?)+) \|/gmu)].flatMap(([, row = '']) => row.split(', '))
  expect(lines.length).toBeGreaterThan(200)
  expect(lines.filter((line, i) => lines.indexOf(line) !== i)).toEqual([])
})
