import fc from 'fast-check'
import JSZip from 'jszip'
import { describe, expect, test } from 'vitest'
import type { Block, Document } from '#shared/report/model.ts'
import { facilitatorRecord, notesToSend } from '#shared/session/report.ts'
import { docxOf } from '../../../server/export/docx.ts'
import { columnWidths } from '../../../server/export/docx/table.ts'
import { linesOf } from '../../../server/export/text.ts'
import { CANARY, fullSession } from '../../support/full-session.ts'
import { elementsOf, wordsOf } from './xml.ts'

const holding = (...blocks: Block[]): Document => ({ title: 'Notes', lang: 'en', subtitle: ['Hosted by Ana'], sections: [{ id: 'a', title: 'Step', blocks }] })
const list = (...texts: string[]): Block => ({ type: 'list', items: texts.map((text) => ({ text })) })

async function partsOf(bytes: Buffer): Promise<Map<string, string>> {
  const zip = await JSZip.loadAsync(bytes)
  const parts = new Map<string, string>()
  for (const [name, file] of Object.entries(zip.files)) parts.set(name, await file.async(name.endsWith('.png') ? 'base64' : 'string'))
  return parts
}

/** What a picture holds besides its dots would stand in chunks of its own. */
function chunksOf(png: Buffer): string[] {
  const chunks: string[] = []
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at)) chunks.push(png.toString('latin1', at + 4, at + 8))
  return chunks
}

const bodyOf = async (document: Document): Promise<string> => (await partsOf(await docxOf(document))).get('word/document.xml') ?? ''

describe('NT9 the file', () => {
  test('is the same bytes for the same session, also when others are written between', async () => {
    const { state } = fullSession()
    const first = await docxOf(notesToSend(state))
    await docxOf(holding(list('another')))
    expect((await docxOf(notesToSend(state))).equals(first)).toBe(true)
  })

  test('says nothing of who made it and when, in no part of it', async () => {
    const bytes = await docxOf(notesToSend(fullSession().state))
    const parts = await partsOf(bytes)
    const core = parts.get('docProps/core.xml') ?? ''
    expect(elementsOf(core)).toEqual(['cp:coreProperties', 'dc:title', 'dc:language'])
    const year = String(new Date().getFullYear())
    for (const [name, text] of parts) {
      if (name.endsWith('.png')) continue
      expect(text, name).not.toMatch(/creator|lastModifiedBy|revision>|w:rsid|w:author|Un-named/iu)
      // Namespaces carry years of their own; a date has a month.
      expect(text, name).not.toMatch(new RegExp(`${year}-\\d\\d-\\d\\dT`, 'u'))
    }
    for (const file of Object.values((await JSZip.loadAsync(bytes)).files)) expect(file.date.getUTCFullYear()).toBe(1980)
  })

  test('leads nowhere: no outside relationship, no field but page numbers', async () => {
    for (const [name, text] of await partsOf(await docxOf(notesToSend(fullSession().state)))) {
      expect(text.includes('TargetMode="External"'), name).toBe(false)
      expect(text, name).not.toMatch(/w:fldSimple|w:hyperlink|w:altChunk/u)
      for (const [, field] of text.matchAll(/<w:instrText[^>]*>([^<]*)</gu)) expect(field).toBe('PAGE')
    }
  })
})

describe('NT4, NT5 what is private', () => {
  test('no part of the notes to send has a canary, a tag or an id', async () => {
    for (const ended of [false, true]) {
      for (const [name, text] of await partsOf(await docxOf(notesToSend(fullSession({ ended }).state)))) {
        if (name.endsWith('.png')) {
          expect(chunksOf(Buffer.from(text, 'base64')).filter((chunk) => !['IHDR', 'IDAT', 'IEND'].includes(chunk)), name).toEqual([])
          continue
        }
        for (const canary of Object.values(CANARY)) expect(text.includes(canary), `${name}: ${canary}`).toBe(false)
        expect(text, name).not.toMatch(/tag(?:<|&lt;|&#60;)|\bid-\d|\bp\d\b|seed-/u)
      }
    }
  })

  test('two anonymous authors exchanged make the same bytes, live and ended', async () => {
    for (const ended of [false, true]) {
      const [one, other] = [fullSession({ ended }), fullSession({ ended, swapped: true })]
      expect((await docxOf(notesToSend(other.state))).equals(await docxOf(notesToSend(one.state)))).toBe(true)
      expect((await docxOf(facilitatorRecord(other.state, other.now))).equals(await docxOf(facilitatorRecord(one.state, one.now)))).toBe(true)
    }
  })

  test('the record has what was hidden', async () => {
    const run = fullSession()
    expect(wordsOf(await bodyOf(facilitatorRecord(run.state, run.now)))).toContain(CANARY.hidden)
  })
})

describe('NT10 whatever is typed', () => {
  const typed = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.constantFrom('<w:t>', '</w:p>', ']]>', '&amp;', '&#0;', '"\'', '\u0000\u0008\u000b\u001f\u007f', '\ud800', '\ufffe\uffff', 'a\n\nb', '  two  blanks  ', 'مرحبا بكم', 'שלום', '\u202eevil', '👩‍👩‍👧‍👦🏳️‍🌈', 'é̵̡̢̛', 'x'.repeat(400)),
  )

  test('comes out of the file as it went in, and every part stays whole', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(typed, { minLength: 1, maxLength: 3 }), typed, async (texts, title) => {
        const parts = await partsOf(await docxOf({ ...holding(list(...texts), { type: 'table', head: ['H', title], rows: [texts] }), title }))
        for (const [name, text] of parts) if (/\.(xml|rels)$/u.test(name)) elementsOf(text)
        const lines = wordsOf(parts.get('word/document.xml') ?? '')
        for (const text of texts) for (const line of linesOf(text)) expect(lines).toContain(line)
      }),
      { numRuns: 60 },
    )
  })

  test('is read from right to left where it is written so', async () => {
    const xml = await bodyOf(holding(list('مرحبا بكم', 'hello')))
    expect(xml.match(/<w:bidi\/>/gu)).toHaveLength(1)
    expect(xml.match(/<w:rtl\/>/gu)).toHaveLength(1)
  })
})

describe('what Word shows', () => {
  test('headings, tables with heads that repeat, lists, styles and the language are real ones', async () => {
    const parts = await partsOf(await docxOf(notesToSend(fullSession().state, 'es')))
    const xml = parts.get('word/document.xml') ?? ''
    for (const style of ['Title', 'Subtitle', 'Heading1', 'Heading2', 'Lead', 'Note', 'TableHead', 'TableText', 'Caption']) expect(xml, style).toContain(`<w:pStyle w:val="${style}"/>`)
    expect(xml).toContain('<w:tblHeader/>')
    expect(xml).toContain('<w:numPr>')
    expect(parts.get('word/styles.xml')).toContain('w:val="es-MX"')
    const headers = [...parts].filter(([name]) => /^word\/header\d\.xml$/u.test(name)).map(([, text]) => wordsOf(text).join(''))
    expect(headers).toContain('Metas SMART: propósito y promesa')
    expect(headers).toContain('')
  })

  test('two skies hang side by side, of equal size, each told in words', async () => {
    const parts = await partsOf(await docxOf({ ...notesToSend(fullSession().state), sections: notesToSend(fullSession().state).sections.filter(({ id }) => id === 'closing-weather') }))
    const xml = parts.get('word/document.xml') ?? ''
    const sizes = [...xml.matchAll(/<wp:extent cx="(\d+)" cy="(\d+)"/gu)].map(([, width, height]) => `${width} ${height}`)
    expect(sizes).toHaveLength(2)
    expect(new Set(sizes).size).toBe(1)
    expect([...xml.matchAll(/<wp:docPr [^>]*descr="([^"]*)"/gu)].map(([, said]) => said)).toEqual(['Most of us: several weathers. Many of us: rainy.', 'Many of us: foggy, rainbow.'])
    expect([...parts.keys()].filter((name) => name.endsWith('.png'))).toHaveLength(2)
  })

  test('columns are as wide as the page together, and a word has room', () => {
    fc.assert(
      fc.property(fc.array(fc.array(fc.string({ maxLength: 200 }), { minLength: 3, maxLength: 3 }), { maxLength: 5 }), (rows) => {
        const widths = columnWidths(['One', 'Two', 'Three'], rows)
        expect(widths.reduce((sum, width) => sum + width, 0)).toBe(9360)
        for (const width of widths) expect(width).toBeGreaterThan(400)
      }),
    )
    const [step = 0, minutes = 0] = columnWidths(['Step', 'Min'], [['A rather long title of a step that we took', '7']])
    expect(step).toBeGreaterThan(2 * minutes)
  })
})
