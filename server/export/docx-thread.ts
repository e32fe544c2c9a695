/** The thread that writes one Word file: half a second of work that no live room should wait for. */
import { parentPort, workerData } from 'node:worker_threads'
import type { Document } from '#shared/report/model.ts'
import { docxOf } from './docx.ts'

parentPort?.postMessage(await docxOf(workerData as Document))
