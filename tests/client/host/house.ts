/** The host's pages before the real server, in a process of its own: with a browser's cookies and origin, and a line that can be cut. */
import { cleanup, configure, render } from '@testing-library/svelte'
import { vi } from 'vitest'
import Host from '../../../client/host/Host.svelte'
import { Language } from '../../../client/live/language.svelte.ts'
import { memoryStorage, type Storage } from '../../../client/live/storage.ts'
import { spawnServer } from '../../support/server-process.ts'
import type { Visit } from '../../support/visit.ts'

/** Passphrases are slow to check by intent, and slower while other tests run beside. */
configure({ asyncUtilTimeout: 15_000 })

export const PASSPHRASE = 'four warm words here'

export interface House {
  server: Visit
  storage: Storage
  /** No request of the pages reaches the server. */
  offline: boolean
  /** Opens the page at an address, as a new visit on the same device. */
  visit(path: string): void
  /** Sets the passphrase and keeps the cookie: the host has been here before. */
  signIn(): Promise<void>
  /** Another browser: it has no cookies. */
  forget(): void
  /** Deletes every session, and what this device kept of them. */
  empty(): Promise<void>
  close(): Promise<void>
}

export async function openHouse(): Promise<House> {
  const server = await spawnServer({ LOG_LEVEL: 'silent' })
  const fetched = globalThis.fetch
  const cookies = new Map<string, string>()
  const storage = memoryStorage()
  const house: House = {
    server,
    storage,
    offline: false,
    visit(path) {
      cleanup()
      history.replaceState(null, '', path)
      render(Host, { storage, language: new Language(storage, ['en']) })
    },
    async signIn() {
      await browse('/api/host/passphrase', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ passphrase: PASSPHRASE }) })
    },
    forget() {
      cleanup()
      cookies.clear()
      house.offline = false
    },
    async empty() {
      cleanup()
      house.offline = false
      for (const { id } of (await server.host('GET', '/api/sessions')).body as { id: string }[]) await server.host('DELETE', `/api/sessions/${id}`)
      for (const key of storage.keys('')) storage.remove(key)
    },
    async close() {
      cleanup()
      vi.unstubAllGlobals()
      await server.close()
    },
  }

  async function browse(path: string | URL | Request, init: RequestInit = {}): Promise<Response> {
    if (typeof path !== 'string' || !path.startsWith('/')) return fetched(path, init)
    if (house.offline) throw new TypeError('No line')
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const response = await fetched(server.url + path, { ...init, headers: { ...(init.headers as Record<string, string>), origin: server.url, ...(cookie === '' ? {} : { cookie }) } })
    for (const set of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/u.exec(set) ?? []
      if (value === '') cookies.delete(name)
      else cookies.set(name, value)
    }
    return response
  }

  vi.stubGlobal('fetch', browse)
  vi.stubGlobal('scrollTo', () => undefined)
  return house
}
