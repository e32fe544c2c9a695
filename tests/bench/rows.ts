/** The rows of the table, P1 to P14, with what must be reached: one line for each figure of a row. */
import { count, kilobytes, megabytes, ms, percent, ratio, seconds } from './words.ts'

const UNITS = {
  ratio,
  share: percent,
  exponent: (value: number) => value.toFixed(2),
  ms,
  s: seconds,
  mb: megabytes,
  /** Given in bytes. */
  kb: kilobytes,
  count,
}

interface Line {
  what: string
  unit: keyof typeof UNITS
  must: number
  reach?: number
}

/** Less is better in every line. A ratio is product ÷ reference. */
const lines = {
  'P1 bare': { what: 'steady stream, 1,000 in a room: server CPU per delivery, against bare Socket.IO', unit: 'ratio', must: 1, reach: 0.6 },
  'P1 raw': { what: 'the same against raw ws', unit: 'ratio', must: 1.6, reach: 1 },
  'P2': { what: 'durable burst of 1,000 within 2 s: CPU against bare Socket.IO, unbatched', unit: 'ratio', must: 1 / 8, reach: 1 / 15 },
  'P3': { what: 'the same: ack p99, durable against not', unit: 'ratio', must: 1.5, reach: 1.2 },
  'P3 slow': { what: 'the same, on a disk 5 ms slower', unit: 'ratio', must: 1.5, reach: 1.2 },
  'P4': { what: 'the same: ack p99 against the windowed reference', unit: 'ratio', must: 2, reach: 1.2 },
  'P5': { what: 'the same: last phone p99 against the windowed reference', unit: 'ratio', must: 2, reach: 1.2 },
  'P6': { what: 'check-in of 5,000: last phone p99 against the tally reference', unit: 'ratio', must: 2, reach: 1.3 },
  'P6 bytes': { what: 'check-in of 5,000: bytes out against full events to everybody', unit: 'share', must: 0.01, reach: 0.001 },
  'P7': { what: 'all of 1,000 reconnect at once, real snapshots: time against the cached-snapshot reference', unit: 'ratio', must: 1.5, reach: 1.2 },
  'P7 failed': { what: 'the same: people who did not come back', unit: 'count', must: 0 },
  'P8': { what: 'all of 5,000 reconnect at once: time against the cached-snapshot reference', unit: 'ratio', must: 2, reach: 1.2 },
  'P8 failed': { what: 'the same: people who did not come back', unit: 'count', must: 0 },
  'P9': { what: 'memory per idle connection at 5,000 against bare Socket.IO', unit: 'ratio', must: 2, reach: 1.3 },
  'P10': { what: 'a board of 500 cards, 200 people editing, echoing, grouping: CPU per change against the windowed reference', unit: 'ratio', must: 2, reach: 1.2 },
  'P10 bytes': { what: 'the same: bytes per change to one phone', unit: 'kb', must: 1000 },
  'P11 ack': { what: '10,000 connected in 200 sessions, 150 acts a second: ack p99', unit: 'ms', must: 250, reach: 100 },
  'P11 delivery': { what: 'the same: delivery p99', unit: 'ms', must: 400, reach: 150 },
  'P11 memory': { what: 'the same: memory of the server', unit: 'mb', must: 600, reach: 400 },
  'P12 cards': { what: 'cards 100 to 10,000: exponent of CPU per act', unit: 'exponent', must: 0.2, reach: 0.05 },
  'P12 steps': { what: 'steps 10 to 100: exponent of CPU per act', unit: 'exponent', must: 0.2, reach: 0.05 },
  'P12 people': { what: 'people 100 to 5,000: exponent of CPU per act', unit: 'exponent', must: 0.2, reach: 0.05 },
  'P13 script': { what: 'phone: script before the first view, gzip', unit: 'kb', must: 90_000, reach: 60_000 },
  'P13 first': { what: 'phone, 4 times slower, slow 4G: scan to first view', unit: 's', must: 3, reach: 1.5 },
  'P13 task': { what: 'phone, 4 times slower: longest task while 40 changes a second arrive', unit: 'ms', must: 100, reach: 50 },
  'P14 start': { what: '2,000 ended sessions on disk: start time', unit: 's', must: 3 },
  'P14 memory': { what: 'the same: memory against a server without them', unit: 'ratio', must: 1.1 },
  'P14 host': { what: 'the same: the host page', unit: 'ms', must: 200 },
} satisfies Record<string, Line>

export type LineId = keyof typeof lines
export const LINES: Readonly<Record<LineId, Line>> = lines
export const LINE_IDS = Object.keys(lines) as LineId[]

/** What a measure says of a line: the value that is judged, and the two figures it came from, in words. */
export interface Said {
  value: number
  product: string
  /** Absent where the line is judged by itself. */
  reference?: string
}

export type Verdict = 'reached' | 'met' | 'not met' | 'not measured'

export function verdictOf(id: LineId, said: Said | undefined): Verdict {
  const { must, reach } = LINES[id]
  if (said === undefined || Number.isNaN(said.value)) return 'not measured'
  if (said.value > must) return 'not met'
  return reach !== undefined && said.value <= reach ? 'reached' : 'met'
}

export function inUnit(id: LineId, value: number | undefined): string {
  return value === undefined ? '' : UNITS[LINES[id].unit](value)
}
