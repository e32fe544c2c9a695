import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { EveryoneView } from '#shared/session/views/types.ts'
import { copyContent, type CopyContent } from '../../../../client/activities/kit/copy/content.ts'
import { copyFileName, copyPage } from '../../../../client/activities/kit/copy/page.ts'

const view = {
  title: { en: 'SMART goals', es: 'Metas SMART' },
  date: '2026-09-14',
  hosts: 'Ana & Ben',
  standing: {
    agreements: {
      kind: 'agreements',
      view: {
        step: 'agreements',
        asked: true,
        agreements: {
          b: { order: 1, name: { en: 'Stay engaged' }, text: { en: 'Remain here.' } },
          a: { order: 0, name: { en: 'Speak your truth' }, text: { en: 'Say what is so.' }, local: { en: 'with mercy' } },
        },
      },
    },
    moments: { kind: 'moments', view: {} },
  },
} as unknown as EveryoneView

const entry = (step: string, key: string, text: string) => ({ step, key, title: `Title of ${step}`, prompt: 'The question', text })
const parsed = (html: string) => new DOMParser().parseFromString(html, 'text/html')

describe('what a copy holds', () => {
  test('one’s own words by step, in the order in which they were kept, and the agreements with their local words', () => {
    const content = copyContent(view, [entry('weather', 'weather', 'Foggy'), entry('change', 'a', 'Slow'), entry('weather', 'second', 'Breathe')], 'en')
    expect(content).toEqual({
      title: 'SMART goals',
      date: 'September 14, 2026',
      hosts: 'Ana & Ben',
      steps: [
        { title: 'Title of weather', said: [{ prompt: 'The question', text: 'Foggy' }, { prompt: 'The question', text: 'Breathe' }] },
        { title: 'Title of change', said: [{ prompt: 'The question', text: 'Slow' }] },
      ],
      agreements: [
        { name: 'Speak your truth', text: 'Say what is so.\nwith mercy' },
        { name: 'Stay engaged', text: 'Remain here.' },
      ],
    })
  })

  test('the day of the plan is that day in Spanish too, and a session without a date has none', () => {
    expect(copyContent(view, [], 'es').date).toBe('14 de septiembre de 2026')
    expect(copyContent({ ...view, date: '' }, [], 'en').date).toBe('')
  })
})

describe('the page that is saved', () => {
  test('stands alone, speaks its language and is in good order for a screen reader', () => {
    const page = copyPage(copyContent(view, [entry('weather', 'weather', 'Foggy')], 'es'), 'es')
    const document = parsed(page)
    expect(document.documentElement.lang).toBe('es')
    expect(document.title).toBe('Metas SMART')
    expect([...document.querySelectorAll('h1, h2, h3')].map(({ tagName }) => tagName)).toEqual(['H1', 'H2', 'H3', 'H2'])
    expect(document.querySelectorAll('main, script, link, img')).toHaveLength(1)
    expect(page).not.toMatch(/https?:/)
  })

  test('no text that anybody typed becomes markup', () => {
    const nasty = fc.oneof(fc.string(), fc.constantFrom('<img src=x onerror=alert(1)>', '</blockquote><script>1</script>', '&lt;b&gt;', '"\'`'))
    fc.assert(
      fc.property(nasty, nasty, nasty, (title, prompt, text) => {
        const clean = (words: string) => words.replace(/\r\n?|\0/gu, '')
        const content: CopyContent = { title, date: '', hosts: '', steps: [{ title, said: [{ prompt, text }] }], agreements: [] }
        const document = parsed(copyPage(content, 'en'))
        expect(document.querySelectorAll('img, script, b')).toHaveLength(0)
        expect(clean(document.querySelector('blockquote')?.textContent ?? '')).toBe(clean(text))
        expect(clean(document.querySelector('h1')?.textContent ?? '')).toBe(clean(title))
      }),
    )
  })

  test('is named after its day', () => {
    expect(copyFileName('2026-09-14', 'en')).toBe('my-copy-2026-09-14.html')
    expect(copyFileName('', 'es')).toBe('mi-copia.html')
  })
})
