/** The name that a download is saved under: safe on every system, and in a header (RFC 6266). */

/** Longest name without its ending; some systems end at 255 bytes, and a letter may take four. */
const LONGEST = 60
// What Windows, macOS or a shell would stumble over, and marks that could make one ending look like another.
const UNSAFE = /[\p{C}\p{Zl}\p{Zp}\\/:*?"<>|%]+/gu

/** One name of several parts, such as title and date; never empty, never hidden. */
export function fileName(parts: readonly string[], ending: string): string {
  const clean = parts.map((part) => Array.from(part.replace(UNSAFE, ' ').replace(/\s+/gu, ' ').trim()).slice(0, LONGEST).join('').trim())
  const name = clean.filter((part) => part !== '').join(' - ').replace(/^[.\s-]+|[.\s]+$/gu, '')
  return `${name === '' ? 'notes' : name}.${ending}`
}

/** A download under this name: in full for today's browsers, in ASCII for whatever else. */
export function attachment(name: string): string {
  const ascii = name.normalize('NFD').replace(/\p{M}/gu, '').replace(/[^ -~]/gu, '_')
  const full = encodeURIComponent(name).replace(/['()*!]/gu, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
  return `attachment; filename="${ascii}"; filename*=UTF-8''${full}`
}
