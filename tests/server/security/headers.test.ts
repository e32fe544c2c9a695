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
