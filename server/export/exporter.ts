/** Documents as files: small ones at once, Word in a thread of its own, one at a time. */
import { Worker } from 'node:worker_threads'
import type { Document } from '#shared/report/model.ts'
import { markdownOf } from './markdown.ts'

export const FORMATS = ['md', 'docx'] as const
export type Format = (typeof FORMATS)[number]

export const MEDIA_TYPES: Record<Format, string> = {
  md: 'text/markdown; charset=utf-8',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
}

export type Exporter = (document: Document, format: Format) => Promise<Buffer>

/** Exports that come together wait for one another: a machine that runs a room has no cores to give away. */
export function openExporter(): Exporter {
  let before: Promise<unknown> = Promise.resolve()
  return (document, format) => {
    if (format === 'md') return Promise.resolve(Buffer.from(markdownOf(document)))
    const written = before.then(() => inThread(document))
    before = written.catch(() => undefined)
    return written
  }
}

function inThread(document: Document): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./docx-thread.ts', import.meta.url), { workerData: document, name: 'docx' })
    worker.once('message', (bytes: Uint8Array) => resolve(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)))
    worker.once('error', reject)
    worker.once('exit', () => reject(new Error('the thread ended without a document')))
  })
}
