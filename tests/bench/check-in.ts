/** Five thousand people say how they are, at once, and watch the sky: P6. */
import { nanoid } from 'nanoid'
import { UNSAID } from '#shared/activities/check-in/model.ts'
import type { Cores } from './cores.ts'
import { named, onReference, run, type Stretch } from './load.ts'
import { against, type Figures, type Measure, type Size } from './measure.ts'
import { goTo } from './product.ts'
import { fillRoom, type FullRoom } from './room.ts'
import { count, megabytes, ms, percent, seconds, table } from './words.ts'

const PEOPLE: Record<Size, number> = { quick: 100, full: 5_000 }
const BURST_SECONDS: Record<Size, number> = { quick: 0.5, full: 2 }
const STEP = 'weather'
/** In turn, so that the sky keeps moving while people answer. Some would rather not say. */
const WEATHERS = ['sunny', 'cloudy', 'rainy', 'foggy', 'windy', UNSAID]
/** Before it: enough for the sky to be lifted. */
const FIRST: Stretch = { taps: 40, seconds: 1 }

export const CHECK_IN: Measure = {
  name: 'check-in',
  rows: ['P6'],
  runs: { quick: 1, full: 3 },
  async measure(cores, size, say): Promise<Figures> {
    const people = PEOPLE[size]
    const all: Stretch = { taps: people - FIRST.taps, seconds: BURST_SECONDS[size] }
    say(`${people} people, the tally reference`)
    const tally = (await onReference('windowed', cores, people, [FIRST, all], { TALLY: '1' }, (i) => weatherOf(i, all.taps).padEnd(8))).at(-1)
    if (size === 'full') say(`${people} people, the product under a veil`)
    const veiled = size === 'full' ? await onProduct(cores, people, all, false) : undefined
    say(`${people} people, the product, the sky lifted`)
    const lifted = await onProduct(cores, people, all, true)
    return { ...named('tally', tally), ...named('veiled', veiled), ...named('lifted', lifted), eventBytes: await oneEvent(cores) }
  },
  lines(figures, size) {
    const full = fullEvents(figures, size)
    return {
      'P6': against(figures['lifted lastP99'], figures['tally lastP99'], ms),
      'P6 bytes': against(figures['lifted bytes'], full, (bytes = NaN) => megabytes(bytes / 1e6)),
    }
  },
  section: (figures, size) => `## A check-in of ${count(PEOPLE[size])} (P6)

${count(FIRST.taps)} people answer the check-in; then all the others within ${BURST_SECONDS[size]} seconds. Under the veil a phone is sent its own answer and nothing of the others'. With the
sky lifted every phone is also sent the sky as it moves (tenths, redrawn after three people at a time). "Last phone" ends when one's own
phone shows one's answer, and every phone the sky that was drawn with it, where one was. Here all who feel alike
answer one after another, which keeps the sky moving to the end; in a mixed order it soon settles, and less is sent. The tally reference sends everybody how many said what, in
windows of 50 ms; "last phone" ends when every phone has the count with one's answer in it.

Full events to everybody are computed, not sent: what bare Socket.IO sends one phone for one command
(${count(figures['eventBytes'])} bytes), by ${count(PEOPLE[size])} people, by all who answer, is ${megabytes(fullEvents(figures, size) / 1e6)}.

${table([
  ['', 'product, sky lifted', 'product, under the veil', 'tally reference'],
  ...ROWS.map(([what, figure, word]) => [what, ...['lifted', 'veiled', 'tally'].map((server) => word(figures[`${server} ${figure}`]))]),
])}`,
}

const ROWS: readonly (readonly [what: string, figure: string, word: (value?: number) => string])[] = [
  ['server CPU', 'cpu', seconds],
  ['ack p50', 'ackP50', ms],
  ['ack p99', 'ackP99', ms],
  ['last phone p50', 'lastP50', ms],
  ['last phone p99', 'lastP99', ms],
  ['sent to all phones', 'bytes', (bytes = NaN) => megabytes(bytes / 1e6)],
  ['refused', 'refused', count],
  ['not answered, or not everywhere', 'missing', count],
  ['out of order, or missed', 'misordered', count],
  ['busyness of the load', 'load', percent],
]

/** What bare Socket.IO would send in all, bytes. */
function fullEvents(figures: Figures, size: Size): number {
  const people = PEOPLE[size]
  return (figures['eventBytes'] ?? NaN) * people * (people - FIRST.taps)
}

/** What bare Socket.IO sends one phone for one command, bytes. */
async function oneEvent(cores: Cores): Promise<number> {
  const [figures] = await onReference('relay', cores, 1, [FIRST])
  return Math.round(((figures?.['bytes'] ?? NaN) - FIRST.taps * ACK_BYTES) / FIRST.taps)
}

/** `430[{"ok":true,"at":1}]`, with some digits more. */
const ACK_BYTES = 24

function weatherOf(i: number, taps: number): string {
  return WEATHERS[Math.floor((i / taps) * WEATHERS.length) % WEATHERS.length] as string
}

async function onProduct(cores: Cores, people: number, stretch: Stretch, lifted: boolean): Promise<Figures> {
  const room = await fillRoom(cores, people, () => undefined)
  try {
    await goTo(room.product, room.created.id, STEP)
    await answering(room, FIRST, 0)
    if (lifted) await room.order(STEP, { type: 'reveal' })
    return { ...(await answering(room, stretch, FIRST.taps)), misordered: room.gaps() }
  } finally {
    await room.close()
  }
}

async function answering(room: FullRoom, stretch: Stretch, from: number): Promise<Figures> {
  await room.anew()
  const who = (i: number) => room.phones[from + i] as FullRoom['phones'][number]
  return run({
    process: room.product.process(),
    client: (i) => who(i).client,
    act: (i) => ({ id: nanoid(), step: STEP, do: { type: 'answer', weather: weatherOf(i, stretch.taps) } }),
    lastAt: (tap, i) => Math.max(room.own.get(who(i))?.lastAt(tap.at) ?? Infinity, room.everyone.toldAt(tap.at) ?? 0),
    received: () => room.received(),
  }, stretch)
}
