/** The thread of one round: a server that serves a room must not wait for a drive. */
import { parentPort, workerData } from 'node:worker_threads'
import { round } from './rounds.ts'
import type { Round } from './rounds.ts'

parentPort?.postMessage(round(workerData as Round))
