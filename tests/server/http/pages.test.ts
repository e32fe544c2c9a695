import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startApp, type TestApp } from '../../support/app.ts'

const SCRIPT = 'export const words = "the same words again and again, the same words again and again"\n'
let app: TestApp

beforeAll(async () => {
  app = await startApp()
  const assets = join(dirname(app.folder), 'assets')
  mkdirSync(assets)
  writeFileSync(join(assets, 'phone-AbC123.js'), SCRIPT)
  writeFileSync(join(assets, 'phone-AbC123.js.gz'), gzipSync(SCRIPT))
  writeFileSync(join(assets, 'alone-AbC123.js'), SCRIPT)
})
afterAll(() => app.close())

const get = (path: string, accepts?: string) => app.app.http.inject({ url: path, headers: accepts === undefined ? {} : { 'accept-encoding': accepts } })

describe('built files on a slow network', () => {
  test('a phone that takes gzip gets the pressed twin, kept for a year', async () => {
    const response = await get('/assets/phone-AbC123.js', 'gzip, deflate')
    expect(response.statusCode).toBe(200)
    expect(response.headers['content-encoding']).toBe('gzip')
    expect(response.headers['content-type']).toContain('javascript')
    expect(response.headers['cache-control']).toContain('immutable')
    expect(response.headers.vary).toContain('accept-encoding')
    expect(gunzipSync(response.rawPayload).toString()).toBe(SCRIPT)
  })

  test.each([['/assets/phone-AbC123.js', undefined], ['/assets/alone-AbC123.js', 'gzip, deflate']])('%s comes plain to who takes %s', async (path, accepts) => {
    const response = await get(path, accepts)
    expect(response.statusCode).toBe(200)
    expect(response.headers['content-encoding']).toBeUndefined()
    expect(response.body).toBe(SCRIPT)
  })

  test('what is not there is not there, pressed or plain', async () => {
    expect((await get('/assets/gone-AbC123.js', 'gzip')).statusCode).toBe(404)
  })
})
