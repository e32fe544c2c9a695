import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isTrivial, newCode, normaliseCode } from '../../../server/access/codes.ts'

const free = () => Promise.resolve(false)
const thrown = (...numbers: number[]) => () => numbers.shift() ?? NaN

describe('a new code', () => {
  test('has eight digits, of all hundred million, small numbers too', async () => {
    expect(await newCode(free, thrown(4_711))).toBe('00004711')
    const asked: number[] = []
    await newCode(free, (n) => { asked.push(n); return 20_304_050 })
    expect(asked).toEqual([100_000_000])
  })

  test('is neither taken nor trivial', async () => {
    const taken = (code: string) => Promise.resolve(code === '20304050')
    expect(await newCode(taken, thrown(12_345_678, 20_304_050, 0, 20_304_051))).toBe('20304051')
  })

  test('is not sought for ever', async () => {
    await expect(newCode(() => Promise.resolve(true))).rejects.toThrow('No code is free')
  })

  test('from the system’s dice is never the same in a thousand draws, and every digit comes in every place', async () => {
    const codes = await Promise.all(Array.from({ length: 1000 }, () => newCode(free)))
    expect(new Set(codes).size).toBeGreaterThan(995)
    for (const place of Array(8).keys()) expect(new Set(codes.map((code) => code[place])).size).toBe(10)
  })

  test.each(['00000000', '77777777', '12345678', '01234567', '87654321', '90123456', '13579135', '12121212', '12341234', '11112222', '10000000'])(
    '%s is trivial', (code) => { expect(isTrivial(code)).toBe(true) },
  )
  test.each(['20304050', '00004711', '12345679', '12344321', '31415926'])('%s is not trivial', (code) => { expect(isTrivial(code)).toBe(false) })
})

describe('what somebody types', () => {
  test.each([
    ['12345678', 'plain'],
    ['1234 5678', 'as shown'],
    ['  1234-5678\n', 'dash and blanks around'],
    ['1234\u00a05678', 'no-break space'],
    ['1234\u202f5678', 'narrow no-break space'],
    ['12–34—56−78', 'typographic dashes and a minus'],
    ['12.34.56.78', 'dots'],
    ['\u200e1234\u200b5678\ufeff', 'invisible marks'],
    ['١٢٣٤٥٦٧٨', 'Arabic-Indic'],
    ['۱۲۳۴ ۵۶۷۸', 'Persian'],
    ['१२३४५६७८', 'Devanagari'],
    ['１２３４５６７８', 'full width'],
  ])('%j is the code (%s)', (input) => { expect(normaliseCode(input)).toBe('12345678') })

  test.each(['', '1234567', '123456789', '1234567a', '1234/5678', '12345678 x', '1e345678', '+12345678', '1234567\u00b2x', ' '.repeat(100) + '12345678'])(
    '%j is no code', (input) => { expect(normaliseCode(input)).toBeUndefined() },
  )

  const code = fc.integer({ min: 0, max: 99_999_999 }).map((n) => String(n).padStart(8, '0'))

  test('as shown it is read again', () => {
    fc.assert(fc.property(code, (each) => normaliseCode(`${each.slice(0, 4)} ${each.slice(4)}`) === each))
  })

  test('separators anywhere change nothing', () => {
    const separator = fc.stringMatching(/^[ \-\u00a0\u2009.–]{0,3}$/)
    fc.assert(fc.property(code, fc.array(separator, { minLength: 9, maxLength: 9 }), (each, between) => {
      const typed = between.map((text, i) => text + (each[i] ?? '')).join('')
      expect(normaliseCode(typed)).toBe(each)
    }))
  })

  test('whatever comes, the answer is eight ASCII digits or nothing', () => {
    fc.assert(fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[\d\u0660-\u0669 x-]{6,12}$/)), (input) => {
      expect(normaliseCode(input) ?? '00000000').toMatch(/^[0-9]{8}$/)
    }))
  })
})
