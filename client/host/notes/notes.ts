/** What the notes page asks the server for, and the addresses that its downloads have. */
import type { Lang } from '#shared/localized.ts'
import type { Document } from '#shared/report/model.ts'
import { request, type Reply } from '../../live/api.ts'

export type Kind = 'send' | 'record'

const of = (session: string): string => `/api/sessions/${encodeURIComponent(session)}/notes`

/** The document as it would be now. Without a language: in the main one of the plan. */
export function preview(session: string, kind: Kind, lang: Lang | undefined): Promise<Reply<Document>> {
  const query = new URLSearchParams({ kind, ...(lang === undefined ? {} : { lang }) })
  return request('GET', `${of(session)}/preview?${query.toString()}`)
}

export interface StepPosts {
  step: string
  title: string
  posts: { id: string; text: string }[]
}

/** Single posts that can be removed for good, step by step. */
export async function posts(session: string, lang: Lang | undefined): Promise<Reply<StepPosts[]>> {
  const query = new URLSearchParams({ kind: 'record', posts: 'true', ...(lang === undefined ? {} : { lang }) })
  const reply = await request<Document & { posts?: StepPosts[] }>('GET', `${of(session)}/preview?${query.toString()}`)
  return reply.ok ? { ...reply, body: reply.body.posts ?? [] } : reply
}

/** Where the file is. `sections` only where some are left out: what comes later in the session is then in too. */
export function fileAddress(session: string, format: 'docx' | 'md', { kind, lang, sections }: { kind: Kind; lang: Lang; sections?: readonly string[] }): string {
  const query = new URLSearchParams({ format, kind, lang, ...(sections === undefined ? {} : { sections: sections.join(',') }) })
  return `${of(session)}?${query.toString()}`
}
