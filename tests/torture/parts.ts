/**
 * What the promises are tested by, part by part: how many cases the full run has, and how many of them every `npm test` runs.
 * A part is one test file that takes its share of cases from share.ts; a case is known by its number, which is its seed. Two parts are the
 * whole harness on other storage: their cases are the files of harness-files.ts, each at the counts of `npm test`.
 */
import type { StorageName } from '../support/storage.ts'
import { HARNESS } from './harness-files.ts'

export interface Part {
  id: string
  /** What one case is, for the table. */
  what: string
  /** Cases of `npm run torture`. */
  full: number
  /** Cases of `npm test`; 0: only the full run has them. */
  ci: number
  /** Cases that the full run asks for at a time: a slice ends well within two hours and is kept when a later one is interrupted. */
  slice: number
  file: string
  /** The harness is run on this. */
  on?: StorageName
}

const harness = (id: string, on: StorageName, what: string): Part => ({ id, file: 'tests/torture/harness-files.ts', what, full: HARNESS.length, ci: 0, slice: 5, on })

const part = (id: string, file: string, what: string, { full, ci, slice = full }: Pick<Part, 'full' | 'ci'> & { slice?: number }): Part => ({ id, file: `tests/${file}.test.ts`, what, full, ci, slice })

export const PARTS = [
  part('kills', 'faults/kills', 'kill -9 of the server under 300 people writing', { full: 500, ci: 20, slice: 50 }),
  part('power-cuts', 'faults/power-cuts', 'power cuts: the disk with some of what was not synced, torn', { full: 2_000, ci: 100, slice: 500 }),
  part('io-faults', 'faults/io-faults', 'errors of the disk, and a full one', { full: 10_000, ci: 200, slice: 1_000 }),
  part('model', 'model/model', 'sessions of some fifty acts beside the model, on a failing network', { full: 20_000, ci: 2_000, slice: 2_500 }),
  part('servers', 'model/servers', 'sessions on two or three servers over one storage beside the model, lines going from one to the other', { full: 10_000, ci: 300, slice: 1_250 }),
  part('databases', 'faults/postgres', 'deaths, cuts and lost answers of a PostgreSQL under two servers and 300 people writing', { full: 200, ci: 6, slice: 50 }),
  part('chaos', 'faults/chaos', 'sessions through a failing network to a server that is killed and stopped', { full: 1_000, ci: 6, slice: 100 }),
  part('acks', 'model/acks', 'answers lost, doubled and reordered, of each command', { full: 1_000, ci: 20, slice: 250 }),
  part('frozen', 'faults/frozen', 'phones frozen while a post is on its way (Chromium)', { full: 1_000, ci: 20, slice: 120 }),
  part('frozen-webkit', 'faults/frozen-webkit', 'phones frozen while a post is on its way (WebKitGTK)', { full: 200, ci: 0, slice: 50 }),
  part('backups', 'faults/backups', 'backups under load, restored and compared', { full: 100, ci: 3, slice: 25 }),
  part('herd', 'faults/herd', 'phones of one room that lose the network for 30 s and return at once', { full: 3_000, ci: 300 }),
  part('soak', 'faults/soak', 'minutes of 1,000 clients, a tenth of them leaving and joining every minute', { full: 120, ci: 0, slice: 110 }),
  part('clicks', 'faults/clicks', 'rounds of several facilitators pressing Next at once', { full: 1_000, ci: 50 }),
  part('swap', 'model/swap', 'sessions run twice with two anonymous authors exchanged', { full: 10_000, ci: 300, slice: 2_000 }),
  part('attacker', 'model/attacker', 'rooms of thirty whose anonymous authors a program guesses', { full: 2_000, ci: 100, slice: 500 }),
  part('thresholds', 'model/thresholds', 'streams of anonymous answers, for numbers of too few', { full: 1_000_000, ci: 20_000, slice: 250_000 }),
  part('guesses', 'faults/guesses', 'guessed codes beside 200 live sessions', { full: 1_000_000, ci: 20_000, slice: 500_000 }),
  part('isolation', 'faults/isolation', 'frames of rooms and groups side by side', { full: 1_000_000, ci: 20_000, slice: 250_000 }),
  part('malformed', 'faults/malformed', 'malformed frames and requests', { full: 250_000, ci: 5_000, slice: 50_000 }),
  part('hostile', 'faults/hostile', 'hostile commands that know the schemas', { full: 250_000, ci: 5_000, slice: 50_000 }),
  part('naughty', 'faults/naughty', 'naughty strings through text fields to every surface (Chromium)', { full: 2_000, ci: 120, slice: 500 }),
  part('naughty-webkit', 'faults/naughty-webkit', 'naughty strings through text fields (WebKitGTK)', { full: 200, ci: 0 }),
  harness('harness-postgres', 'postgres', 'files of the harness (rights, rooms, lines, faults), all their tests on PostgreSQL'),
  harness('harness-servers', 'servers', 'files of the harness, all their tests on two servers on one PostgreSQL behind a proxy that is not sticky'),
] as const satisfies readonly Part[]

export type PartId = (typeof PARTS)[number]['id']
