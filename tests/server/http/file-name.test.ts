import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { attachment, fileName } from '../../../server/http/file-name.ts'

describe('a download’s name', () => {
  test('is made of title and date', () => {
    expect(fileName(['SMART goals: purpose/promise', '2026-11-24', ''], 'docx')).toBe('SMART goals purpose promise - 2026-11-24.docx')
    expect(fileName(['', '', ''], 'md')).toBe('notes.md')
    expect(fileName(['..', ''], 'md')).toBe('notes.md')
  })

  test('is safe whatever the title, and keeps its ending', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), fc.string({ unit: 'grapheme', maxLength: 200 }), (one, two) => {
        const name = fileName([one, two], 'docx')
        expect(name).toMatch(/^[^.\s].*\.docx$|^[^.\s]\.docx$/u)
        expect(name).not.toMatch(/[\p{C}\\/:*?"<>|%]/u)
        expect(Buffer.byteLength(name)).toBeLessThanOrEqual(2 * 60 * 4 + 8)
      }),
    )
  })

  test('stands in the header in full and in ASCII, and cannot end the header', () => {
    expect(attachment('Año (1).md')).toBe("attachment; filename=\"Ano (1).md\"; filename*=UTF-8''A%C3%B1o%20%281%29.md")
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (title) => {
        const header = attachment(fileName([title], 'md'))
        expect(header).toMatch(/^attachment; filename="[ !#-[\]-~]+"; filename\*=UTF-8''[\w.~%-]+$/u)
      }),
    )
  })
})
