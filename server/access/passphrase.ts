/** The host's passphrase: how it is judged, kept and checked. */
import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'

const PASSPHRASE_MIN = 10
/** Long enough for a poem, short enough that nobody makes the server chew on megabytes. */
export const PASSPHRASE_MAX = 200

export type PassphraseTrouble = 'too-short' | 'too-long' | 'too-common'

/** For scripts and logs in English; the pages say it in their own language by the code. */
export const PASSPHRASE_SENTENCES: Record<PassphraseTrouble, string> = {
  'too-short': `A passphrase needs at least ${String(PASSPHRASE_MIN)} characters; four or five words that you remember are best.`,
  'too-common': 'That passphrase is among the first that anybody would guess. Take four or five words that have nothing to do with one another.',
  'too-long': `A passphrase has at most ${String(PASSPHRASE_MAX)} characters.`,
}

/** Anybody who guesses tries these first, with digits and signs around them. */
const OUR_OWN = /gatherwell|facilitator|facilitador|passphrase|password|contraseña|session|sesion|school|escuela|district|distrito|learning/giu
/** What must be left of a passphrase without such words. */
const OWN_MIN = 6

/** About 0.3 s and 128 MB for each guess (OWASP's first choice for scrypt). */
const COST = { N: 2 ** 17, r: 8, p: 1 }
const SALT_BYTES = 16
const HASH_BYTES = 32

interface Stored {
  cost: typeof COST
  salt: Buffer
  hash: Buffer
}

/** What is wrong with a new passphrase, if anything. Characters are counted as people see them. */
export async function passphraseTrouble(passphrase: string): Promise<PassphraseTrouble | undefined> {
  if (passphrase.length > PASSPHRASE_MAX * 8) return 'too-long'
  const bare = normal(passphrase).trim()
  const length = [...new Intl.Segmenter().segment(bare)].length
  if (length < PASSPHRASE_MIN) return 'too-short'
  if (length > PASSPHRASE_MAX) return 'too-long'
  return (await isCommon(bare.toLowerCase())) ? 'too-common' : undefined
}

/** One of some 50,000 that leaked often, hardly more than words of this product, or a few signs repeated (ASVS 6.2.4, 6.2.11, 6.2.12). */
async function isCommon(plain: string): Promise<boolean> {
  if (new Set(plain).size < 4 || plain.replace(OUR_OWN, '').length < OWN_MIN) return true
  // A megabyte of words, wanted a few times in a server's life.
  const { dictionary } = await import('@zxcvbn-ts/language-common')
  return dictionary['passwords-common'].includes(plain)
}

/** The text to store: parameters, salt and hash, so that a later cost leaves old hashes valid. */
export async function hashPassphrase(passphrase: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES)
  const hash = await derive(passphrase, { cost: COST, salt, hash: Buffer.alloc(HASH_BYTES) })
  return ['scrypt', COST.N, COST.r, COST.p, salt.toString('base64url'), hash.toString('base64url')].join('$')
}

/** Whether `passphrase` is the one that `stored` was made from. A text that `hashPassphrase` did not make rejects: it is a bug. */
export async function checkPassphrase(passphrase: string, stored: string): Promise<boolean> {
  const parsed = parse(stored)
  return timingSafeEqual(await derive(passphrase, parsed), parsed.hash)
}

function parse(stored: string): Stored {
  const [, N, r, p, salt, hash] = /^scrypt\$(\d+)\$(\d+)\$(\d+)\$([\w-]+)\$([\w-]+)$/.exec(stored) ?? []
  if (!salt || !hash) throw new Error('Not a stored passphrase')
  return {
    cost: { N: Number(N), r: Number(r), p: Number(p) },
    salt: Buffer.from(salt, 'base64url'),
    hash: Buffer.from(hash, 'base64url'),
  }
}

/** The same words from another keyboard or system are the same passphrase. */
function normal(passphrase: string): string {
  return passphrase.normalize('NFKC')
}

/** One derivation at a time: each takes 128 MB, and guesses must not take all the memory there is. */
let turn: Promise<unknown> = Promise.resolve()

function derive(passphrase: string, { cost, salt, hash }: Stored): Promise<Buffer> {
  const mine = turn.then(
    () =>
      new Promise<Buffer>((resolve, reject) => {
        const options = { ...cost, maxmem: 256 * cost.N * cost.r }
        scrypt(normal(passphrase), salt, hash.length, options, (error, key) => {
          if (error) reject(error)
          else resolve(key)
        })
      }),
  )
  turn = mine.catch(() => undefined)
  return mine
}
