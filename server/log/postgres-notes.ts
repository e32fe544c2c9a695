/**
 * What servers tell each other, as PostgreSQL's notifications carry it. Whoever may connect to a database may notify and listen there, also
 * without a right to any table: so each notification bears a seal, which nobody can make who cannot read the settings.
 */
import { createHmac, timingSafeEqual } from 'node:crypto'

/** PostgreSQL takes 8,000 bytes at a time, the seal included. */
const MOST_BYTES = 7_500
/** 128 bits. */
const SEAL_CHARACTERS = 22

/** One notification: who says what. Nothing is a beat. */
interface Notification<M> {
  from: string
  says?: M[]
}

/** Messages in as few notifications as hold them. One that is too long is told in halves of its list, if it has one. */
export function packed<M extends object>(from: string, messages: readonly M[]): string[] {
  const payloads: string[] = []
  let batch: string[] = []
  let bytes = 0
  const flush = () => {
    if (batch.length > 0) payloads.push(`{"from":${JSON.stringify(from)},"says":[${batch.join(',')}]}`)
    batch = []
    bytes = 0
  }
  const add = (message: M): void => {
    const text = JSON.stringify(message)
    const size = Buffer.byteLength(text) + 1
    if (size > MOST_BYTES - 200) return halves(message).forEach(add)
    if (bytes + size > MOST_BYTES - 200) flush()
    batch.push(text)
    bytes += size
  }
  messages.forEach(add)
  flush()
  return payloads
}

function halves<M extends object>(message: M): M[] {
  for (const [name, value] of Object.entries(message) as [string, unknown][]) {
    const parts = Array.isArray(value) ? halved(value) : typeof value === 'object' && value !== null ? halves(value) : []
    if (parts.length > 0) return parts.map((part) => ({ ...message, [name]: part }))
  }
  return []
}

function halved(list: readonly unknown[]): unknown[][] {
  const middle = Math.ceil(list.length / 2)
  return list.length > 1 ? [list.slice(0, middle), list.slice(middle)] : []
}

/** A notification as it is sent. */
export function sealed(key: string, payload: string): string {
  return sealOf(key, payload) + payload
}

/** Whoever else uses the channel says nothing that we heed. */
export function unsealed<M>(key: string, sent: string): Partial<Notification<M>> {
  const payload = sent.slice(SEAL_CHARACTERS)
  const [shown, right] = [Buffer.from(sent.slice(0, SEAL_CHARACTERS)), Buffer.from(sealOf(key, payload))]
  if (shown.length !== right.length || !timingSafeEqual(shown, right)) return {}
  const { from, says } = JSON.parse(payload) as Notification<M>
  return says === undefined ? { from } : { from, says }
}

function sealOf(key: string, payload: string): string {
  return createHmac('sha256', key).update(payload).digest('base64url').slice(0, SEAL_CHARACTERS)
}
