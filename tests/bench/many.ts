/** P11: many sessions on one server at once, each at its own wall. */
import { setTimeout as wait } from 'node:timers/promises'
import { nanoid } from 'nanoid'
import type { Cores } from './cores.ts'
import { inTurn } from './crowd.ts'
import { phone, type Guest } from './guest.ts'
import { atTheWall, writeInto } from './lived.ts'
import type { Figures, Measure, Size } from './measure.ts'
import { teller } from './memory.ts'
import { meter } from './meter.ts'
import { percentile } from './numbers.ts'
import type { Past } from './past.ts'
import { startProduct } from './product.ts'
import { acknowledged, tapEvenly, until, type Tap } from './tapping.ts'
import { Versions } from './versions.ts'
import { count, megabytes, ms, percent, seconds, table } from './words.ts'

const SIZE: Record<Size, { sessions: number; people: number; seconds: number }> = { quick: { sessions: 10, people: 20, seconds: 1 }, full: { sessions: 200, people: 50, seconds: 20 } }
const PER_SECOND = 150
const LONGEST_S = 60
/** What just-arrived people set in motion is over by then. */
const SETTLED_MS: Record<Size, number> = { quick: 500, full: 2_000 }
const TEXT = 'We will call every family before the first absence letter'

export const MANY: Measure = {
  name: 'many',
  rows: ['P11'],
  runs: { quick: 1, full: 3 },
  async measure(cores, size, say) {
    const { sessions, people } = SIZE[size]
    say(`${sessions * people} people in ${sessions} sessions`)
    return measureMany(cores, size)
  },
  lines: (figures) => ({
    'P11 ack': { value: figures['ackP99'] ?? NaN, product: `p50 ${ms(figures['ackP50'])}` },
    'P11 delivery': { value: figures['lastP99'] ?? NaN, product: `p50 ${ms(figures['lastP50'])}` },
    'P11 memory': { value: figures['rss'] ?? NaN, product: `${megabytes(figures['held'])} of it held` },
  }),
  section: (figures, size) => `## Many sessions on one server

${count(figures['people'])} people in ${count(SIZE[size].sessions)} sessions of ${count(SIZE[size].people)}, each at a named wall that is shown. They write ${PER_SECOND} answers a second in all,
for ${SIZE[size].seconds} seconds, one session after the other. Delivery: from sending until the last phone of that session has it. Memory after the
stretch: resident as it was found, and what was held once garbage was collected.

${table([
  ['', ''],
  ['let in', `${count(figures['in'])} of ${count(figures['people'])}`],
  ['until all were in', seconds(figures['joining'])],
  ['ack p50 / p99', `${ms(figures['ackP50'])} / ${ms(figures['ackP99'])}`],
  ['delivery p50 / p99', `${ms(figures['lastP50'])} / ${ms(figures['lastP99'])}`],
  ['server CPU, of one core', percent(figures['busy'])],
  ['memory: resident / held', `${megabytes(figures['rss'])} / ${megabytes(figures['held'])}`],
  ['refused / not answered / not delivered', `${count(figures['refused'])} / ${count(figures['missing'])} / ${count(figures['undelivered'])}`],
  ['patches missed, or out of order', count(figures['gaps'])],
  ['busyness of the load, of one core', percent(figures['load'])],
])}`,
}

interface Hall {
  session: Past
  guests: Guest[]
  versions: Versions
}

async function measureMany(cores: Cores, size: Size): Promise<Figures> {
  const { sessions, people, seconds: long } = SIZE[size]
  const halls: Hall[] = Array.from({ length: sessions }, (_, n) => ({ session: atTheWall(n, people), guests: [], versions: new Versions(people) }))
  const memory = teller()
  const prepare = (folder: string) => writeInto(folder, async (log) => {
    for (const { session } of halls) await session.write(log)
  })
  const product = await startProduct(cores.server, 'disk', { prepare, ...memory })
  try {
    const began = performance.now()
    let failed = 0
    await inTurn(sessions * people, async (i) => {
      const hall = halls[i % sessions] as Hall
      const guest = phone(product.origin, hall.session.members[Math.floor(i / sessions)] as Past['members'][number])
      hall.guests.push(guest)
      await guest.seen.catch(() => void (failed += 1))
    })
    const joining = (performance.now() - began) / 1000
    await wait(SETTLED_MS[size])
    for (const { guests, versions } of halls) for (const guest of guests) listen(guest, versions)
    const hallOf = (i: number) => halls[i % sessions] as Hall
    const cost = meter(product.process())
    const stretch = performance.now()
    const taps = await tapEvenly(PER_SECOND * long, long, (i) => (hallOf(i).guests[Math.floor(i / sessions) % people] as Guest).client, (i) => ({ id: nanoid(), step: 'serve', do: { type: 'write', text: `${TEXT} ${i}`, lang: 'en' } }))
    const lastAt = (tap: Tap, i: number) => hallOf(i).versions.lastAt(tap.at)
    await until(() => taps.every((tap, i) => tap.acked !== undefined && lastAt(tap, i) < Infinity), LONGEST_S)
    const spent = cost()
    const busy = spent.server / ((performance.now() - stretch) / 1000)
    const rss = product.process().memory()
    const { held } = await memory.ask(product.process().pid)
    const { times, refused, missing } = acknowledged(taps)
    const last = taps.map((tap, i) => lastAt(tap, i) - tap.sent)
    const everybody = halls.flatMap(({ guests }) => guests)
    return {
      people: sessions * people, in: sessions * people - failed, joining, busy, rss, held, refused, missing, load: spent.load,
      ackP50: percentile(times, 0.5), ackP99: percentile(times, 0.99), lastP50: percentile(last, 0.5), lastP99: percentile(last, 0.99),
      undelivered: last.filter((time) => time === Infinity).length,
      gaps: everybody.reduce((sum, guest) => sum + guest.gaps + (guest.lost ? 1 : 0), 0),
    }
  } finally {
    for (const { guests } of halls) for (const guest of guests) guest.client.close()
    await product.close()
    memory.close()
  }
}

function listen(guest: Guest, versions: Versions): void {
  let held = guest.held.get('everyone') ?? 0
  guest.watch = {
    patch(_guest, audience, at) {
      if (audience !== 'everyone') return
      versions.heard(held, at)
      held = at
    },
  }
}
