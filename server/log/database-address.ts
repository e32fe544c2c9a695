/**
 * Whether it is the address of one PostgreSQL database. A password with a sign that means something in an address would be taken for a host, a
 * port or a database, whose names are told when something is wrong: such an address is none.
 */
export function namesDatabase(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, pathname, search, hash } = new URL(text)
  return /^postgres(ql)?:$/.test(protocol) && /^\/[^/@]+$/.test(pathname) && !search.includes('@') && hash === ''
}
