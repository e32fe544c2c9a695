/** What is told of the process itself: its loop, memory, processor, and what went over its connections. */
import type { Server } from 'node:http'
import type { Socket } from 'node:net'
import { performance } from 'node:perf_hooks'
import { gauge, histogram, type Family } from './families.ts'

/** Between two looks at how late the loop is, ms: ten wakings a second are nothing, and a stall that people notice is seen. */
const LOOK = 100
const LATE = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5]

export interface ProcessMeters {
  families: readonly Family[]
  close(): void
}

/** Begins to watch the process and the connections of its server. */
export function openProcessMeters(http: Server): ProcessMeters {
  const late = histogram('gatherwell_loop_late_seconds', 'How much later than it should the event loop comes to what is due, looked at ten times a second.', LATE)
  let due = performance.now() + LOOK
  const looking = setInterval(() => {
    const now = performance.now()
    late.observe(Math.max(0, now - due) / 1_000)
    due = now + LOOK
  }, LOOK)
  looking.unref()

  // Asked for when somebody reads them: what is sent most must not pay for being counted.
  const open = new Set<Socket>()
  const gone = { sent: 0, received: 0 }
  const came = (wire: Socket) => {
    open.add(wire)
    wire.once('close', () => {
      open.delete(wire)
      gone.sent += wire.bytesWritten
      gone.received += wire.bytesRead
    })
  }
  http.on('connection', came)
  const sum = (of: (wire: Socket) => number, from: number) => [{ value: [...open].reduce((all, wire) => all + of(wire), from) }]
  const one = (value: number) => [{ value }]
  const memory = () => process.memoryUsage()

  return {
    families: [
      late,
      gauge('gatherwell_loop_busy_seconds_total', 'Time in which the event loop had something to do. Its rate is the share of one core that is used.', () => one(performance.eventLoopUtilization().active / 1_000), 'counter'),
      gauge('gatherwell_sent_bytes_total', 'Bytes that were sent over HTTP and WebSocket connections.', () => sum((wire) => wire.bytesWritten, gone.sent), 'counter'),
      gauge('gatherwell_received_bytes_total', 'Bytes that came over HTTP and WebSocket connections.', () => sum((wire) => wire.bytesRead, gone.received), 'counter'),
      gauge('gatherwell_tcp_connections', 'Connections that are open, of whatever kind.', () => one(open.size)),
      gauge('gatherwell_heap_bytes', 'Memory that JavaScript uses.', () => one(memory().heapUsed)),
      gauge('process_resident_memory_bytes', 'Memory that the process holds.', () => one(process.memoryUsage.rss())),
      gauge('process_cpu_seconds_total', 'Processor time that the process has used, all threads.', () => one((process.cpuUsage().user + process.cpuUsage().system) / 1e6), 'counter'),
      gauge('process_start_time_seconds', 'When the process started, seconds since 1970.', () => one(performance.timeOrigin / 1_000)),
    ],
    close() {
      clearInterval(looking)
      http.off('connection', came)
    },
  }
}
