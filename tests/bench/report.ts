/** The results as a page in Markdown: ratios first, then what was measured, then where and how. */
import type { Arrival } from './arrival.ts'
import type { RelayFigures } from './relayed.ts'
import type { Weight } from './weight.ts'

export interface Room {
  people: number
  relay: RelayFigures
  product: Record<string, number>
}

export interface Results {
  about: { date: string; commit: string; machine: string; node: string; cores: string; load: string; runs: number; arrivals: number; quick: boolean }
  rooms: readonly Room[]
  weight: Weight
  arrival?: Arrival
}

type Cell = (room: Room) => string

const ms = (value = NaN): string => (Number.isFinite(value) ? `${value >= 100 ? count(value) : value.toFixed(value < 10 ? 1 : 0)} ms` : '–')
const seconds = (value = NaN): string => (Number.isFinite(value) ? `${value.toFixed(2)} s` : '–')
const count = (value = NaN): string => Math.round(value).toLocaleString('en-US')
const kilobytes = (bytes: number): string => `${(bytes / 1000).toFixed(1)} KB`

/** "0.04 (24 times less)". */
function ratio(product = NaN, relay = NaN): string {
  const share = product / relay
  if (!Number.isFinite(share) || share <= 0) return '–'
  const words = share.toFixed(1) === '1.0' ? 'the same' : share < 1 ? `${(1 / share).toFixed(1)} times less` : `${share.toFixed(1)} times more`
  return `**${share.toFixed(2)}** (${words})`
}

const RATIOS: Record<string, Cell> = {
  'server CPU, all tap once on the check-in': ({ product, relay }) => ratio(product.checkCpu, relay.cpu),
  'server CPU, all write once on a shown wall': ({ product, relay }) => ratio(product.wallCpu, relay.cpu),
  'ack p99, check-in': ({ product, relay }) => ratio(product.checkAckP99, relay.ackP99),
  'ack p99, wall': ({ product, relay }) => ratio(product.wallAckP99, relay.ackP99),
  'last phone updated p99, wall': ({ product, relay }) => ratio(product.wallLastP99, relay.lastP99),
}

const BURST: Record<string, Cell> = {
  'relay: server CPU': ({ relay }) => seconds(relay.cpu),
  'relay: ack p50 / p99': ({ relay }) => `${ms(relay.ackP50)} / ${ms(relay.ackP99)}`,
  'relay: last phone updated p99': ({ relay }) => ms(relay.lastP99),
  'check-in: server CPU': ({ product }) => seconds(product.checkCpu),
  'check-in: ack p50 / p99': ({ product }) => `${ms(product.checkAckP50)} / ${ms(product.checkAckP99)}`,
  'check-in: own answer in own view p99': ({ product }) => ms(product.checkOwnP99),
  'wall: server CPU': ({ product }) => seconds(product.wallCpu),
  'wall: ack p50 / p99': ({ product }) => `${ms(product.wallAckP50)} / ${ms(product.wallAckP99)}`,
  'wall: tap to screen median / p99': ({ product }) => `${ms(product.wallScreenP50)} / ${ms(product.wallScreenP99)}`,
  'wall: last phone updated p99': ({ product }) => ms(product.wallLastP99),
}

const STEADY: Record<string, Cell> = {
  'tap to screen median / p99': ({ product }) => `${ms(product.steadyScreenP50)} / ${ms(product.steadyScreenP99)}`,
  'last phone updated p99': ({ product }) => ms(product.steadyLastP99),
  'ack p99': ({ product }) => ms(product.steadyAckP99),
  'server CPU, the whole stretch': ({ product }) => seconds(product.steadyCpu),
}

const DOORS: Record<string, Cell> = {
  'joining, 100 a second from one address: admitted': ({ people, product }) => `${count(people - (product.joinFailed ?? 0))} of ${count(people)}`,
  'join to first view p50 / p99': ({ product }) => `${ms(product.joinP50)} / ${ms(product.joinP99)}`,
  'server CPU for joining': ({ product }) => seconds(product.joinCpu),
  'server killed: until it listens again': ({ product }) => ms(product.backStart),
  'then all reconnect at once: median / last whole view': ({ product }) => `${ms(product.backP50)} / ${ms(product.backAll)}`,
  'server CPU for all coming back, its start not counted': ({ product }) => seconds(product.backCpu),
  'memory of the server, all connected': ({ product }) => `${count(product.memory)} MB`,
}

const CHECKS: Record<string, Cell> = {
  'commands refused / not answered': ({ product }) => `${(product.checkRefused ?? 0) + (product.wallRefused ?? 0)} / ${(product.checkMissing ?? 0) + (product.wallMissing ?? 0)}`,
  'patches out of order, or missed': ({ product }) => count(product.gaps),
  'acknowledged answers gone after kill -9': ({ product }) => count(product.backLost),
  'connections that had to try again': ({ product }) => count(product.backFailed),
  'relay: messages missed / out of order': ({ relay }) => `${relay.missing} / ${relay.misordered}`,
  'cores used by others meanwhile (relay, check-in, wall)': ({ relay, product }) => [relay.foreign, product.checkForeign, product.wallForeign].map((value = 0) => value.toFixed(1)).join(', '),
  'busyness of the load process (relay, check-in, wall, steady)': ({ relay, product }) => [relay.loadBusy, product.checkLoad, product.wallLoad, product.steadyLoad].map((value = 0) => `${Math.round(value * 100)} %`).join(', '),
}

/** The whole page, from its title on. */
export function page({ about, rooms, weight, arrival }: Results): string {
  const phone = [
    ['script before the first view, gzip', `${kilobytes(weight.first)} (${kilobytes(weight.firstPlain)} unpacked)`],
    ['what the welcome step adds', kilobytes(weight.welcome)],
    ['styles, gzip', kilobytes(weight.styles)],
    ...(arrival === undefined ? [] : [
      ['everything that came over the network until the waiting room, fonts included', kilobytes(arrival.bytes)],
      ['opening the link to our first words', ms(arrival.door)],
      ['opening the link to the waiting room, connected', ms(arrival.inside)],
    ]),
  ] as const
  return `# Performance

Measured by \`npm run bench\`${about.quick ? ' --quick' : ''} on ${about.date}, commit ${about.commit}, Node ${about.node.slice(1)}, ${about.machine}.
${about.cores} Load average before: ${about.load}. Medians of ${about.runs === 1 ? 'one run' : `${about.runs} runs`}. Server and clients speak over loopback.

## Beside a bare Socket.IO relay

Everybody sends one command within two seconds. The relay acknowledges it and sends about 230 bytes to everybody, one packet
each; it checks, stores and hides nothing. The product validates, asks who may, commits durably (SQLite, \`synchronous=FULL\`),
and sends each audience what it may see. On the check-in that is one's own answer, under the veil; on a named wall that is shown,
every phone is sent every change of the newest five pages. A busy room gathers its changes for 50 ms: in a small room, where a relay
has time enough, the last phone hears of them that much later; in a large one that is what keeps it from drowning.

${table('product ÷ relay', rooms, RATIOS)}

## The burst

${table('', rooms, BURST)}

## A steady stream on a named wall

Twenty answers a second, from one person after another. The screen stays with the newest page; "tap to screen" ends with the patch
that carries the answer's text.

${table('', rooms, STEADY)}

## Doors, and coming back

${table('', rooms, DOORS)}

## The phone

${arrival === undefined ? 'Not opened in a browser in this run.' : `A processor four times slower than this machine's, slow 4G (150 ms, 1.6 Mbit/s down, 750 kbit/s up), empty cache, Chromium on
localhost, median of ${about.arrivals}. The throttle does not slow the WebSocket itself.`}

| | |
|---|---|
${phone.map(([what, value]) => `| ${what} | ${value} |`).join('\n')}

## Whether the figures hold

${table('', rooms, CHECKS)}

Server CPU is all its threads, from the first command until the last phone has everything. Times are from sending to receiving in
the load's one process, so what it takes to read a thousand phones' packets is in them: a load near 100 % measures itself. Where
others used the cores meanwhile, times say little, and CPU still holds. "Last phone": from sending until every phone holds a
version with the command in it.

## What dominates

Of the server's time in such an evening of 1,000 people (\`BENCH_NODE="--cpu-prof --cpu-prof-dir=…" npm run bench\`), a quarter is the
system call that writes to sockets, and another quarter the way through Socket.IO and Node's streams to it: the cost is per packet.
Handing batches to the storage thread is a tenth; views, diffs and rules together are an eighth.
`
}

function table(title: string, rooms: readonly Room[], rows: Record<string, Cell>): string {
  return [
    `| ${title} | ${rooms.map((room) => `${count(room.people)} people`).join(' | ')} |`,
    `|---|${rooms.map(() => '---|').join('')}`,
    ...Object.entries(rows).map(([what, cell]) => `| ${what} | ${rooms.map(cell).join(' | ')} |`),
  ].join('\n')
}
