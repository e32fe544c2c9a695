/**
 * What the server counts of itself, for whoever operates it. Rooms, lines and storage report through it and never ask it.
 * No name, id, title or address is in any number, and every label is out of a closed list.
 */
import { REFUSALS, type RefusalCode } from '#shared/refusals.ts'
import { counter, histogram, type Family } from './families.ts'

export interface Meters {
  /** An act was answered, ms after it came; `ok`, or the code of its refusal. */
  acked(outcome: 'ok' | RefusalCode, ms: number): void
  /** Storage kept what a room had decided at once: so many events, in so many ms. */
  committed(events: number, ms: number): void
  /** A log was rewritten: a session was sealed or somebody erased. */
  rewritten(ms: number): void
  /** Storage refused to keep something. */
  storageRefused(): void
  /** Somebody else had written first; it is decided again. */
  conflicted(): void
  /** A room told what it had gathered: making views, comparing and sending took so many ms. */
  flushed(ms: number): void
  /** A patch went to so many lines. */
  patched(lines: number): void
  /** A line that nobody read was cut. */
  cut(): void
  /** A rule, a view or a listener threw. */
  bug(): void
  /** An HTTP request was answered with this status. */
  served(status: number): void
  /** The channel on which servers tell each other works, or does not. Never called where a server is alone. */
  channel(up: boolean): void
}

/** For what is built without anybody who watches it. */
export const NO_METERS: Meters = {
  acked: () => undefined, committed: () => undefined, rewritten: () => undefined, storageRefused: () => undefined, conflicted: () => undefined, flushed: () => undefined,
  patched: () => undefined, cut: () => undefined, bug: () => undefined, served: () => undefined, channel: () => undefined,
}

export interface OpenMeters extends Meters {
  families: readonly Family[]
  /** Undefined where a server is alone. */
  channelUp(): boolean | undefined
}

/** Seconds: from what nobody notices to what everybody does. The harness promises 50 and 250 ms. */
const ANSWER = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
const EVENTS = [1, 2, 5, 10, 20, 50, 100, 200, 500]
const STATUSES = ['2xx', '3xx', '4xx', '5xx'] as const

export function openMeters(): OpenMeters {
  const acks = counter('gatherwell_acks_total', 'Acts of people that were answered, by outcome: ok, or the code of the refusal.', 'outcome', ['ok', ...REFUSALS])
  const ackSeconds = histogram('gatherwell_ack_seconds', 'From an act coming in to its answer going out, after it is on disk.', ANSWER)
  const commits = histogram('gatherwell_commit_seconds', 'Until storage has kept what a room decided at once.', ANSWER)
  const batches = histogram('gatherwell_commit_events', 'Events that one such commit holds: more when many people act at once.', EVENTS)
  const rewrites = histogram('gatherwell_rewrite_seconds', 'Rewriting a log when a session is sealed or somebody is erased.', ANSWER)
  const refusals = counter('gatherwell_storage_refusals_total', 'Times that storage refused to keep something: disk full, an error of it, or a database out of reach.')
  const conflicts = counter('gatherwell_commit_conflicts_total', 'Commits that another server came before, and that were decided again.')
  const flushes = histogram('gatherwell_flush_seconds', 'Telling a room what was gathered in its window: making views, comparing, sending.', ANSWER)
  const patches = counter('gatherwell_patches_total', 'Changes of views that were made, each for all lines of an audience.')
  const deliveries = counter('gatherwell_patch_deliveries_total', 'The same, once for each line that was sent one.')
  const cuts = counter('gatherwell_lines_cut_total', 'Lines that were cut since nobody read what was sent on them.')
  const bugs = counter('gatherwell_bugs_total', 'Rules, views and listeners that threw. Each is a bug: please report it.')
  const requests = counter('gatherwell_http_requests_total', 'HTTP requests that were answered, by kind of status.', 'status', STATUSES)
  let up: boolean | undefined

  return {
    acked(outcome, ms) {
      acks.add(1, outcome)
      ackSeconds.observe(ms / 1_000)
    },
    committed(events, ms) {
      commits.observe(ms / 1_000)
      batches.observe(events)
    },
    rewritten: (ms) => rewrites.observe(ms / 1_000),
    storageRefused: () => refusals.add(),
    conflicted: () => conflicts.add(),
    flushed: (ms) => flushes.observe(ms / 1_000),
    patched(lines) {
      patches.add()
      deliveries.add(lines)
    },
    cut: () => cuts.add(),
    bug: () => bugs.add(),
    served: (status) => requests.add(1, STATUSES[Math.floor(status / 100) - 2] ?? '5xx'),
    channel(is) { up = is },
    channelUp: () => up,
    families: [acks, ackSeconds, commits, batches, rewrites, refusals, conflicts, flushes, patches, deliveries, cuts, bugs, requests],
  }
}
