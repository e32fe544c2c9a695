import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, test } from 'vitest'
import { ROOT } from './graph.ts'
import { differences, literalWords } from './words.ts'

const text = (path: string): string => readFileSync(join(ROOT, path), 'utf8')

const speaks = (path: string): boolean => /export const en\b/.test(text(path)) || /export const es\b/.test(text(path))

const wordFiles = globSync('shared/**/words.ts', { cwd: ROOT })
const catalogues = [...globSync('client/messages/**/*.ts', { cwd: ROOT }).filter(speaks), ...wordFiles].sort()
const components = globSync('client/**/*.svelte', { cwd: ROOT }).sort()

describe('the catalogues', () => {
  test.each(catalogues)('%s says the same things in English and Spanish', async (path) => {
    const module = (await import(/* @vite-ignore */ pathToFileURL(join(ROOT, path)).href)) as { en?: unknown; es?: unknown }
    expect(Object.keys(module), 'exports en and es').toEqual(expect.arrayContaining(['en', 'es']))
    expect(differences(module.en, module.es)).toEqual([])
  })
})

describe('the components', () => {
  test('no visible word stands outside the catalogues', () => {
    const found = components.flatMap((path) => literalWords(text(path)).map((words) => `${path}, ${words}`))
    expect(found).toEqual([])
  })
})

describe('the checker itself', () => {
  const en = { hello: 'Hello', here: (n: number) => `${n} here`, weather: { foggy: 'Foggy' }, list: ['one', 'two'] }
  const es = { hello: 'Hola', here: (n: number) => `${n} aquí`, weather: { foggy: 'Con niebla' }, list: ['uno', 'dos'] }

  test('two complete catalogues pass', () => {
    expect(differences(en, es)).toEqual([])
  })

  test.each([
    ['a key missing in Spanish', { ...es, hello: undefined }, 'hello: not the same kind of value in both'],
    ['a key too many', { ...es, bye: 'Adiós' }, 'bye: missing in English'],
    ['a group with a hole', { ...es, weather: {} }, 'weather.foggy: missing in Spanish'],
    ['an empty word', { ...es, hello: ' ' }, 'hello: empty'],
    ['a function that takes less', { ...es, here: () => 'aquí' }, 'here: takes 1 in English, 0 in Spanish'],
    ['a list that is shorter', { ...es, list: ['uno'] }, 'list.1: missing in Spanish'],
    ['a gap that is lost', { ...es, hello: 'Hola {name}' }, 'hello: {…} in one and not in the other'],
  ])('%s is seen', (_name, wrong, expected) => {
    expect(differences(en, wrong)).toEqual([expected])
  })

  test('a sentence left in English is seen', () => {
    expect(differences({ a: 'You can change this later.' }, { a: 'You can change this later.' })).toEqual(['a: not translated'])
  })

  test.each([
    ['text', '<p>Hello there</p>', ['line 1: Hello there']],
    ['text inside a block', '{#if open}\n<b>{name} waits</b>\n{/if}', ['line 2: waits']],
    ['text inside a snippet', '{#snippet row()}<i>Row</i>{/snippet}', ['line 1: Row']],
    ['text inside a component', '<Button kind="next">Go on</Button>', ['line 1: Go on']],
    ['a spoken attribute', '<input placeholder="Your name" />', ['line 1: Your name']],
    ['a spoken attribute with a gap', '<button aria-label="Close {name}">×</button>', ['line 1: Close']],
  ])('%s in markup is seen', (_name, markup, expected) => {
    expect(literalWords(markup)).toEqual(expected)
  })

  test.each([
    ['words from a catalogue', '<p title={t.title} class="big wide">{t.hello} · {n} / {m}</p>'],
    ['styles and scripts', '<script lang="ts">\nconst a: string = "Hello"\n</script>\n<p>{a}</p>\n<style>p { color: red; }</style>'],
    ['the name of the product', '<svelte:head><title>Gatherwell</title></svelte:head>'],
    ['a style that is set by script', '<i style:transform="scaleX({share})"></i>'],
    ['comments and drawings', '<!-- a note --><svg viewBox="0 0 1 1"><path d="M0 0h1" /></svg>'],
    ['a choice between words', "<p>{open ? t.open : t.closed}</p>{#each list as one (one.id)}<b>{one.name}</b>{/each}"],
  ])('%s in markup pass', (_name, markup) => {
    expect(literalWords(markup)).toEqual([])
  })
})
