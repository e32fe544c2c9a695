import JSZip from 'jszip'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Document } from '#shared/report/model.ts'
import { startApp, type TestApp } from '../../support/app.ts'
import { until } from '../../support/until.ts'
import { HOST_KEY, type Hosted } from '../../support/visit.ts'

let server: TestApp
let session: Hosted

beforeEach(async () => {
  server = await startApp()
  session = await server.createSession((plan) => ({ ...plan, title: { en: 'Año: «uno»' }, date: '2026-11-24' }))
})
afterEach(() => server.close())

const notes = (query = '', of = session.id) => `/api/sessions/${of}/notes${query}`
const bytesOf = async (query: string): Promise<Buffer> => {
  const response = await fetch(server.url + notes(query), { headers: { authorization: `Bearer ${HOST_KEY}` } })
  expect(response.status).toBe(200)
  return Buffer.from(await response.arrayBuffer())
}

describe('the notes over HTTP', () => {
  test('come as Markdown under a safe name, and are never kept by caches', async () => {
    const reply = await server.host('GET', notes('?format=md'))
    expect(reply.status).toBe(200)
    expect(reply.headers.get('content-type')).toBe('text/markdown; charset=utf-8')
    expect(reply.headers.get('cache-control')).toBe('no-store')
    expect(reply.headers.get('content-disposition')).toBe("attachment; filename=\"Ano _uno_ - 2026-11-24.md\"; filename*=UTF-8''A%C3%B1o%20%C2%ABuno%C2%BB%20-%202026-11-24.md")
    expect(reply.text).toContain('# Año: «uno»')
  })

  test('come as Word, at any moment, the same bytes for the same state', async () => {
    const draft = await bytesOf('?format=docx')
    expect((await bytesOf('?format=docx')).equals(draft)).toBe(true)
    expect(Object.keys((await JSZip.loadAsync(draft)).files)).toContain('word/document.xml')
    for (const move of ['open', 'start', 'next', 'end'] as const) {
      await server.move(session, move)
      const reply = await server.host('GET', notes('?format=docx'))
      expect(reply.status).toBe(200)
      expect(reply.headers.get('content-type')).toBe('application/vnd.openxmlformats-officedocument.wordprocessingml.document')
    }
    expect((await bytesOf('?format=docx')).equals(draft)).toBe(false)
  })

  test('NT5 the preview carries ids of posts on request alone, beside the document and never in a file', async () => {
    const plain = (await server.host('GET', notes('/preview?kind=record'))).body as object
    const asked = (await server.host('GET', notes('/preview?kind=record&posts=true'))).body as { posts: unknown[] }
    expect('posts' in plain).toBe(false)
    expect(asked).toEqual({ ...plain, posts: [] })
    expect((await server.host('GET', notes('?posts=true'))).status).toBe(400)
  })

  test('come in the language asked for, and by the sections that are ticked', async () => {
    await server.move(session, 'start')
    const preview = (await server.host('GET', notes('/preview?lang=es'))).body as Document
    expect(preview.lang).toBe('es')
    expect(preview.sections.map(({ id }) => id)).toContain('_arc')
    expect((await server.host('GET', notes('?lang=es'))).text).toContain('## Lo que hicimos en conjunto')
    expect((await server.host('GET', notes('?sections=gone,_parked'))).text).not.toContain('##')
    expect((await server.host('GET', notes('?sections=_arc'))).text.match(/^## .*/gmu)).toEqual(['## What we did together'])
  })

  test('what was said reaches them; what was hidden only the record', async () => {
    await server.move(session, 'start')
    const people = await Promise.all(['Ana', 'Ben', 'Cleo'].map((name) => server.participant(session, { name })))
    const leading = await server.facilitator(session)
    await leading.done(undefined, { type: 'flow.goto', step: 'change' })
    for (const [at, person] of people.entries()) await person.done('change', { type: 'write', text: `word-${at}` })
    await leading.done('change', { type: 'reveal' })
    const hidden = await until(() => {
      const { cards = {} } = (leading.view('facilitator')?.step?.activity ?? {}) as { cards?: Record<string, { text: string }> }
      return Object.keys(cards).find((id) => cards[id]?.text === 'word-1')
    }, 'the card on the console')
    await leading.done('change', { type: 'hide', id: hidden, reason: 'may-hurt' })
    const [sent, record] = await Promise.all([server.host('GET', notes()), server.host('GET', notes('?kind=record'))])
    expect(sent.text).toContain('word-0')
    expect(sent.text).not.toContain('word-1')
    expect(record.text).toContain('word-1')
    expect(record.headers.get('content-disposition')).toContain('record')
  })
})

describe('who may have them', () => {
  test('nobody without a key, nor a screen, nor who leads another session', async () => {
    const other = await server.createSession()
    const cookies = await Promise.all([server.cookieFor(session.links.screen), server.cookieFor(other.links.facilitator)])
    for (const path of [notes(), notes('/preview'), notes('?kind=record&format=docx')]) {
      expect((await server.nobody('GET', path)).body).toMatchObject({ code: 'not-signed-in' })
      for (const cookie of cookies) expect((await server.nobody('GET', path, undefined, { cookie })).status).toBe(401)
    }
  })

  test('who leads this session', async () => {
    const cookie = await server.cookieFor(session.links.facilitator)
    expect((await server.nobody('GET', notes(), undefined, { cookie })).status).toBe(200)
    expect((await server.nobody('GET', notes('/preview'), undefined, { cookie })).headers.get('cache-control')).toBe('no-store')
  })
})

test.each([
  ['?format=pdf', 400, 'bad-shape'],
  ['?kind=all', 400, 'bad-shape'],
  ['?lang=fr', 400, 'bad-shape'],
])('%s is refused in the house’s shape', async (query, status, code) => {
  const reply = await server.host('GET', notes(query))
  expect([reply.status, reply.body.code]).toEqual([status, code])
})

test('a session that is not there is not found', async () => {
  for (const path of [notes('', 'none'), notes('/preview', 'none')]) expect(await server.host('GET', path)).toMatchObject({ status: 404, body: { code: 'not-found' } })
})
