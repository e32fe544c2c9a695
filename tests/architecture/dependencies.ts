/** What may come into the product from elsewhere: the rules of the lock file (OWASP ASVS 15.1 and 15.2). */

export interface Locked {
  version?: string
  resolved?: string
  integrity?: string
  license?: string
  link?: boolean
  hasInstallScript?: boolean
}

/** Fixed in these versions, or known to hurt before them; the advisory or the reason. */
export const FLOOR: Record<string, { atLeast: string; why: string }> = {
  fastify: { atLeast: '5.8.1', why: 'CVE-2026-25223 and CVE-2026-3419: bodies that pass by their validation' },
  'socket.io': { atLeast: '4.8.3', why: 'what it pulls in: engine.io and its parser' },
  'socket.io-parser': { atLeast: '4.2.6', why: 'CVE-2023-32695 and others: packets that end the process' },
  'engine.io': { atLeast: '6.6.9', why: 'CVE-2022-41940 and others: requests that end the process' },
  ws: { atLeast: '8.21.0', why: 'CVE-2024-37890 and others: headers that end the process' },
}

/** SPDX names that may be used. */
const LICENCES = ['MIT', 'MPL-2.0', 'Apache-2.0', 'BSD-3-Clause', 'BSD-2-Clause', 'ISC', '0BSD', 'BlueOak-1.0.0', 'OFL-1.1', '(MIT AND Zlib)', '(MIT OR GPL-3.0-or-later)']

/** Packages that name their licence in a file of theirs only. */
const TOLD_ELSEWHERE: Record<string, string> = { 'xmlhttprequest-ssl': 'MIT' }

/** What is wrong with a lock file's packages, a sentence each; none is right. */
export function troublesOf(packages: Readonly<Record<string, Locked>>): string[] {
  return Object.entries(packages).flatMap(([path, locked]) => {
    if (path === '') return []
    const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)
    const said: string[] = []
    if (locked.resolved !== undefined) said.push(`${name} comes from a fixed address: leave the address out, so that the registry that is set decides and the integrity proves.`)
    if (!/^sha512-/.test(locked.integrity ?? '')) said.push(`${name} has no sha512 integrity.`)
    if (locked.link === true) said.push(`${name} is a link to somewhere on a disk.`)
    if (locked.hasInstallScript === true) said.push(`${name} runs a script when it is installed: find one that does not, or say here why it may.`)
    if (!LICENCES.includes(locked.license ?? TOLD_ELSEWHERE[name] ?? '')) said.push(`${name} is under ${locked.license ?? 'no licence that it tells'}.`)
    const floor = FLOOR[name]
    if (floor !== undefined && older(locked.version ?? '0', floor.atLeast)) said.push(`${name} ${locked.version ?? ''} is older than ${floor.atLeast} (${floor.why}).`)
    return said
  })
}

function older(version: string, than: string): boolean {
  const [a, b] = [version, than].map((text) => text.split(/[.-]/).map(Number))
  for (let i = 0; i < 3; i += 1) {
    const difference = (a?.[i] ?? 0) - (b?.[i] ?? 0)
    if (difference !== 0) return difference < 0
  }
  return false
}
