/** HT7, F15: what a browser is told of our pages, on a network without TLS and without the rest of the world. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startApp, type TestApp } from '../../support/app.ts'

let it: TestApp
beforeAll(async () => { it = await startApp() })
afterAll(async () => { await it.close() })

test.each(['/', '/host', '/f', '/screen', '/docs', '/docs/static/index.html', '/docs/static/swagger-ui-bundle.js', '/docs/json', '/healthz', '/nothing'])(
  'HT7 %s comes with a policy that names no other site and asks for no TLS',
  async (path) => {
    const { headers } = await it.nobody('GET', path)
    const policy = headers.get('content-security-policy') ?? ''
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("script-src 'self';")
    expect(policy).toContain("frame-ancestors 'none'")
    const sources = policy.split(';').flatMap((directive) => directive.trim().split(/\s+/u).slice(1))
    expect(sources.filter((source) => !/^('[a-z-]+'|data:|blob:|ws:|wss:)$/u.test(source))).toEqual([])
    expect(policy).not.toContain('upgrade-insecure-requests')
    expect(headers.get('strict-transport-security')).toBeNull()
    expect(headers.get('referrer-policy')).toBe('no-referrer')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
  },
)

test.each(['/%ff', '/api/sessions/%c0%ae'])('HT7 %s is no address: refused like the rest, without our insides', async (path) => {
  const { status, body, text } = await it.nobody('GET', path)
  expect(status).toBe(400)
  expect(body).toMatchObject({ code: 'bad-shape' })
  expect(text).not.toContain('FST_')
})

test('behind a proxy that speaks TLS, browsers are told to stay there, and cookies have names that no other host can set', async () => {
  const secure = await startApp({ env: { TRUST_PROXY: '1' } })
  const by = { 'x-forwarded-proto': 'https' }
  const page = await secure.nobody('GET', '/host', undefined, by)
  expect(page.headers.get('strict-transport-security')).toBe('max-age=31536000; includeSubDomains')
  const set = await secure.nobody('POST', '/api/host/passphrase', { passphrase: 'nine quiet rivers', setup: secure.app.deps.setup }, by)
  const [cookie = ''] = set.headers.getSetCookie()
  expect(cookie).toMatch(/^__Host-gw_host=[\w-]{43}; Max-Age=43200; Path=\/; HttpOnly; Secure; SameSite=Strict$/u)
  const signedIn = (given: string) => secure.nobody('GET', '/api/host', undefined, { ...by, cookie: given })
  const given = cookie.slice(0, cookie.indexOf(';'))
  expect((await signedIn(given)).body).toMatchObject({ signedIn: true })
  // Beside ours, one that another host of the domain has set counts for nothing.
  expect((await signedIn(`gw_host=${'x'.repeat(43)}; ${given}`)).body).toMatchObject({ signedIn: true })
  const out = await secure.nobody('POST', '/api/host/sign-out', {}, { ...by, cookie: given, origin: secure.url.replace('http:', 'https:') })
  expect(out.status).toBe(200)
  expect(out.headers.getSetCookie().join()).toContain('__Host-gw_host=;')
  await secure.close()
})
