/** What a phone loads, and how long that takes: P13. */
import { measureArrival } from './arrival.ts'
import { measureBusy, SHORTEST_TOLD } from './busy.ts'
import type { Figures, Measure } from './measure.ts'
import { phoneWeight } from './weight.ts'
import { count, kilobytes, ms, seconds, table } from './words.ts'

const TIMES = { quick: 1, full: 5 }
/** Not in a minute that is for all. */
const BUSY_SECONDS = { quick: 0, full: 20 }

export const PHONE: Measure = {
  name: 'phone',
  rows: ['P13'],
  // One run opens the link several times.
  runs: { quick: 1, full: 1 },
  async measure(cores, size, say): Promise<Figures> {
    const { first, firstPlain, welcome, styles } = phoneWeight()
    const weight = { first, firstPlain, welcome, styles }
    if (process.env['GATHERWELL_BROWSER'] === undefined) return weight
    say('a phone opens the link')
    const { door, inside, bytes } = await measureArrival(cores, TIMES[size])
    if (BUSY_SECONDS[size] === 0) return { ...weight, door, inside, bytes }
    say('a phone on a wall that others fill')
    const { longest, long, cards } = await measureBusy(cores, BUSY_SECONDS[size])
    return { ...weight, door, inside, bytes, longest, long, cards }
  },
  lines: ({ first = NaN, inside = NaN, longest = NaN }) => ({
    'P13 script': { value: first, product: kilobytes(first) },
    'P13 first': { value: inside / 1000, product: seconds(inside / 1000) },
    'P13 task': { value: Math.max(SHORTEST_TOLD, longest), product: longest === 0 ? `under ${ms(SHORTEST_TOLD)}` : ms(longest) },
  }),
  section: ({ first, firstPlain, welcome, styles, bytes, door, inside, longest, long, cards }, size) => `## The phone (P13)

A processor four times slower than this machine's, slow 4G (150 ms, 1.6 Mbit/s down, 750 kbit/s up), empty cache, Chromium on
localhost, median of ${TIMES[size]}. The throttle does not slow the WebSocket itself. The longest task is the page's own, as its \`longtask\` entries tell it,
while two hundred others fill a wall that is shown with forty cards a second, for ${BUSY_SECONDS[size]} seconds; a browser tells of no task under ${ms(SHORTEST_TOLD)}.

${table([
  ['', ''],
  ['script before the first view, gzip', `${kilobytes(first)} (${kilobytes(firstPlain)} unpacked)`],
  ['what the welcome step adds', kilobytes(welcome)],
  ['styles, gzip', kilobytes(styles)],
  ['everything that came over the network until the waiting room, fonts included', kilobytes(bytes)],
  ['opening the link to our first words', ms(door)],
  ['opening the link to the waiting room, connected', ms(inside)],
  ['forty changes a second: longest task', longest === 0 ? `under ${ms(SHORTEST_TOLD)}` : ms(longest)],
  [`tasks of ${ms(SHORTEST_TOLD)} and more; cards on the page in the end`, `${count(long)}; ${count(cards)}`],
])}`,
}
