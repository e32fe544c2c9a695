/** A strict little reader of XML: it throws on what a word processor would call a broken file. */

const TOKEN = /<\?xml[^?]*\?>|<(\/?)([\w:.-]+)((?:\s+[\w:.-]+="[^"<]*")*)\s*(\/?)>|([^<]+)/gy
const ENTITY = /&(?:amp|lt|gt|quot|apos|#\d+|#x[\da-f]+);/giu
// eslint-disable-next-line no-control-regex -- what XML 1.0 forbids
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Cs}/u

type Token = { is: 'open' | 'close' | 'empty'; name: string } | { is: 'text'; text: string }

function tokensOf(xml: string): Token[] {
  if (FORBIDDEN.test(xml)) throw new Error('a character that XML forbids')
  if (xml.replace(ENTITY, '').includes('&')) throw new Error('an ampersand that begins no entity')
  const tokens: Token[] = []
  const open: string[] = []
  let end = 0
  for (const { 0: all, 1: closing, 2: name, 4: empty, 5: text, index } of xml.matchAll(TOKEN)) {
    end = index + all.length
    if (text !== undefined) tokens.push({ is: 'text', text })
    if (name === undefined) continue
    if (closing === '/' && open.pop() !== name) throw new Error(`</${name}> closes what is not open`)
    if (closing !== '/' && empty !== '/') open.push(name)
    tokens.push({ is: closing === '/' ? 'close' : empty === '/' ? 'empty' : 'open', name })
  }
  if (end !== xml.length || open.length > 0) throw new Error(`broken off after ${xml.slice(Math.max(0, end - 40), end)}`)
  return tokens
}

/** The names of all elements in order. Throws if the document is not well-formed. */
export function elementsOf(xml: string): string[] {
  return tokensOf(xml).flatMap((token) => (token.is === 'open' || token.is === 'empty' ? [token.name] : []))
}

/** The words of every run, as a reader sees them. */
export function wordsOf(xml: string): string[] {
  const words: string[] = []
  let inside = false
  for (const token of tokensOf(xml)) {
    if (token.is === 'text') {
      if (inside) words.push(decoded(token.text))
    } else if (token.name === 'w:t') inside = token.is === 'open'
  }
  return words
}

function decoded(text: string): string {
  const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }
  return text.replace(ENTITY, (entity) => {
    const inner = entity.slice(1, -1)
    return named[inner] ?? String.fromCodePoint(/^#x/iu.test(inner) ? Number.parseInt(inner.slice(2), 16) : Number(inner.slice(1)))
  })
}
