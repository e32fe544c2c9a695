import { describe, expect, test } from 'vitest'
import { checkPassphrase, hashPassphrase, PASSPHRASE_MAX, passphraseTrouble } from '../../../server/access/passphrase.ts'

describe('a new passphrase', () => {
  test.each([
    ['ninechars', 'too-short'],
    ['   blank   ', 'too-short'],
    ['👩‍👩‍👧‍👦'.repeat(9), 'too-short'],
    ['x'.repeat(PASSPHRASE_MAX + 1), 'too-long'],
    ['x'.repeat(10_000_000), 'too-long'],
    ['1234567890', 'too-common'],
    ['QwertyUiop', 'too-common'],
    [' qwertyuiop ', 'too-common'],
    ['ababababab', 'too-common'],
    ['Gatherwell2026', 'too-common'],
    ['school district', 'too-common'],
    ['ten chars!', undefined],
    ['correct horse battery staple', undefined],
    ['nine quiet rivers', undefined],
    ['12345678 '.repeat(PASSPHRASE_MAX / 9), undefined],
    ['👩‍👩‍👧‍👦'.repeat(10), undefined],
  ])('%.30j is %s', async (passphrase, trouble) => { expect(await passphraseTrouble(passphrase)).toBe(trouble) })
})

describe('a stored passphrase', () => {
  test('admits the same words and no others', async () => {
    const stored = await hashPassphrase('correct horse battery')
    expect(await checkPassphrase('correct horse battery', stored)).toBe(true)
    expect(await checkPassphrase('correct horse battery ', stored)).toBe(false)
    expect(await checkPassphrase('', stored)).toBe(false)
  })

  test('tells its cost and salt, and neither the words nor that two are the same', async () => {
    const [one, two] = await Promise.all([hashPassphrase('correct horse'), hashPassphrase('correct horse')])
    expect(one).toMatch(/^scrypt\$131072\$8\$1\$[\w-]{22}\$[\w-]{43}$/)
    expect(one).not.toBe(two)
    expect(one).not.toContain('correct')
  })

  test('is the same from a keyboard that composes accents otherwise', async () => {
    const stored = await hashPassphrase('caf\u00e9 del mar')
    expect(await checkPassphrase('cafe\u0301 del mar', stored)).toBe(true)
  })

  test('of another cost is still understood', async () => {
    // RFC 7914, section 12, third vector.
    const hash = Buffer.from(
      '7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2d5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887', 'hex',
    ).toString('base64url')
    const stored = `scrypt$16384$8$1$${Buffer.from('SodiumChloride').toString('base64url')}$${hash}`
    expect(await checkPassphrase('pleaseletmein', stored)).toBe(true)
    expect(await checkPassphrase('pleaseletmeout', stored)).toBe(false)
  })

  test.each(['', 'plain', 'scrypt$1$8$1$$', 'bcrypt$1$8$1$a$b'])('that is %j is a bug, not a no', async (stored) => {
    await expect(checkPassphrase('correct horse', stored)).rejects.toThrow('Not a stored passphrase')
  })
})
