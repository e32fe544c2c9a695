import { describe, expect, test } from 'vitest'
import { dateInWords } from '#shared/report/date.ts'
import type { Block, Section } from '#shared/report/model.ts'
import { ticked, tidy } from '#shared/report/tidy.ts'

const section = (...blocks: Block[]): Section => ({ id: 'a', title: 'Why are we here?', blocks })

describe('tidying', () => {
  test('drops what is empty, headings that lead nowhere, and sections that are left with nothing', () => {
    const tidied = tidy([
      section({ type: 'text', text: '  ' }, { type: 'heading', text: 'Nothing below' }, { type: 'list', items: [] }),
      section({ type: 'heading', text: 'First' }, { type: 'heading', text: 'Second' }, { type: 'text', text: 'words' }),
      section({ type: 'table', head: ['a'], rows: [] }, { type: 'skies', head: ['', ''], skies: [] }),
    ])
    expect(tidied).toEqual([section({ type: 'heading', text: 'Second' }, { type: 'text', text: 'words' })])
  })

  test('a question that is the title of its step is not asked twice; what else stands with it stays', () => {
    const asked = tidy([section({ type: 'text', text: 'Why are we here?\nA word is enough.', style: 'lead' }, { type: 'text', text: 'Why are we here?' })])
    expect(asked).toEqual([section({ type: 'text', text: 'A word is enough.', style: 'lead' }, { type: 'text', text: 'Why are we here?' })])
  })
})

test('ticks keep the order of the document and pass over what is not in it; without ticks all stay', () => {
  const document = { sections: ['a', 'b', 'c'].map((id) => ({ ...section(), id })) }
  expect(ticked(document, ['c', 'a', 'gone']).sections.map(({ id }) => id)).toEqual(['a', 'c'])
  expect(ticked(document, []).sections).toEqual([])
  expect(ticked(document, undefined)).toBe(document)
})

describe('dates', () => {
  test('are said in the language, whatever the machine’s time zone', () => {
    expect(dateInWords('2026-11-24', 'en')).toBe('Tuesday, November 24, 2026')
    expect(dateInWords('2026-11-24', 'es')).toBe('martes, 24 de noviembre de 2026')
  })

  test.each(['', '2026-02-31', '2026-13-01', 'soon', '0-0-0'])('"%s" is none', (date) => {
    expect(dateInWords(date, 'en')).toBe('')
  })
})
