/** The notes of a session, at any moment of it: as a file to send or keep, and as the document that the console previews. */
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyInstance } from 'fastify'
import Type from 'typebox'
import { LANGS, type Lang } from '#shared/localized.ts'
import type { Document } from '#shared/report/model.ts'
import { ticked } from '#shared/report/tidy.ts'
import { en, es } from '#shared/report/words.ts'
import { readablePosts, type ReadableStep } from '#shared/session/readable.ts'
import { facilitatorRecord, notesToSend } from '#shared/session/report.ts'
import { FORMATS, MEDIA_TYPES, openExporter } from '../export/exporter.ts'
import type { Access } from './access.ts'
import type { Deps } from './deps.ts'
import { ErrorBody, refuseRequest } from './errors.ts'
import { attachment, fileName } from './file-name.ts'

const KINDS = ['send', 'record'] as const
type Kind = (typeof KINDS)[number]

const Id = Type.Object({ id: Type.String({ maxLength: 40 }) })
const which = {
  kind: Type.Optional(Type.Enum(KINDS, { description: 'Notes to send (the default), or the facilitator’s record' })),
  lang: Type.Optional(Type.Enum(LANGS, { description: 'The plan’s main language, unless given' })),
}
const closed = { additionalProperties: false }
const Preview = Type.Object({ ...which, posts: Type.Optional(Type.Boolean({ description: 'Also the single posts that those who led may read, with the ids by which they can be removed for good' })) }, closed)
const Query = Type.Object(
  {
    ...which,
    format: Type.Optional(Type.Enum(FORMATS, { description: 'Markdown (the default) or Word' })),
    sections: Type.Optional(Type.String({ maxLength: 4000, description: 'Ids of sections from the preview, parted by commas. Absent: all; those that are not there any more are passed over' })),
  },
  closed,
)
/** The bytes go out as they are: this only tells the documentation and the compiler what they are. */
const File = Type.Unsafe<Buffer>(Type.String({ format: 'binary' }))
/** Blocks are closed in their own type (shared/report/model.ts); a list may hold lists, which this schema need not repeat. */
const Shown = Type.Object({
  title: Type.String(),
  lang: Type.String(),
  subtitle: Type.Array(Type.String()),
  sections: Type.Array(Type.Object({ id: Type.String(), title: Type.String(), blocks: Type.Array(Type.Unknown()) })),
  posts: Type.Optional(Type.Array(Type.Object({ step: Type.String(), title: Type.String(), posts: Type.Array(Type.Object({ id: Type.String(), text: Type.String() })) }))),
})

export function noteRoutes(base: FastifyInstance, deps: Deps, access: Access): void {
  const app = base.withTypeProvider<TypeBoxTypeProvider>()
  const exported = openExporter()
  const tags = ['notes']

  app.get('/api/sessions/:id/notes', { onRequest: access.facilitator, schema: { summary: 'The notes as a file', tags, params: Id, querystring: Query, produces: Object.values(MEDIA_TYPES), response: { 200: File, '4xx': ErrorBody } } }, async (request, reply) => {
    const { kind = 'send', lang, format = 'md', sections } = request.query
    const made = await documentOf(request.params.id, kind, lang)
    if (made === undefined) return refuseRequest(reply, 'not-found')
    const record = (made.document.lang === 'es' ? es : en).recordFile
    const name = fileName([made.document.title, made.date, kind === 'record' ? record : ''], format)
    const bytes = await exported(ticked(made.document, sections?.split(',')), format)
    return reply.header('cache-control', 'no-store').header('content-disposition', attachment(name)).type(MEDIA_TYPES[format]).send(bytes)
  })

  app.get('/api/sessions/:id/notes/preview', { onRequest: access.facilitator, schema: { summary: 'The notes as data, section by section', tags, params: Id, querystring: Preview, response: { 200: Shown, '4xx': ErrorBody } } }, async (request, reply) => {
    const made = await documentOf(request.params.id, request.query.kind ?? 'send', request.query.lang)
    if (made === undefined) return refuseRequest(reply, 'not-found')
    void reply.header('cache-control', 'no-store')
    return request.query.posts === true ? { ...made.document, posts: made.posts(made.document.lang) } : made.document
  })

  /** Of what is committed at this moment; undefined if there is no such session. */
  async function documentOf(id: string, kind: Kind, lang: Lang | undefined): Promise<{ document: Document; date: string; posts: (lang: Lang) => ReadableStep[] } | undefined> {
    const [row, running] = await Promise.all([deps.log.session(id), deps.rooms.get(id)])
    if (row === undefined) return undefined
    return running?.room.committed((state) => ({
      document: kind === 'record' ? facilitatorRecord(state, deps.now(), lang) : notesToSend(state, lang),
      date: state.plan.date,
      posts: (shown: Lang) => readablePosts(state, shown),
    }))
  }
}
