/** Which page of the host's door an address names. */
export type Route =
  | { page: 'sessions' }
  | { page: 'key' }
  | { page: 'console' | 'prepare' | 'links' | 'notes'; session: string }

/** The page of a path; what nobody knows leads to the sessions. */
export function routeOf(path: string): Route {
  if (path === '/f') return { page: 'key' }
  const [, door, session, page = 'console'] = path.split('/')
  if (door !== 'host' || session === undefined || !/^[\w-]{1,40}$/.test(session)) return { page: 'sessions' }
  if (page === 'prepare' || page === 'links' || page === 'notes') return { page, session }
  return { page: 'console', session }
}
