/** P10: a board of 500 cards with 200 people who change it. */
import { nanoid } from 'nanoid'
import type { Cores } from './cores.ts'
import { Crowd, startReference } from './crowd.ts'
import { phone, type Guest } from './guest.ts'
import { codeOf, evening, writeInto } from './lived.ts'
import { against, type Figures, type Measure, type Size } from './measure.ts'
import { meter } from './meter.ts'
import { percentile } from './numbers.ts'
import { byLink, startProduct, type Created } from './product.ts'
import { acknowledged, tapEvenly, until, type Tap } from './tapping.ts'
import { count, kilobytes, ms, seconds, table } from './words.ts'

const CARDS = 500
const SIZE: Record<Size, { people: number; changes: number }> = { quick: { people: 50, changes: 40 }, full: { people: 200, changes: 600 } }
/** Everybody changes something every five seconds. */
const PER_SECOND = 40
const TEXT = 'We will call every family before the first absence letter, and listen before we measure anything. '.repeat(2).slice(0, 190)
const REWORDED = TEXT.slice(0, 160)
/** A rewording as phones are sent it: its number. */
const NUMBER = new RegExp(`${REWORDED.slice(-30)} (\\d+)`, 'gu')
const LONGEST_S = 60

export const BOARD: Measure = {
  name: 'board',
  rows: ['P10'],
  runs: { quick: 1, full: 3 },
  async measure(cores, size, say) {
    const { people, changes } = SIZE[size]
    say(`${people} people at a board of ${CARDS} cards`)
    return { ...under('product', await measureProduct(cores, people, changes)), ...under('reference', await measureReference(cores, people, changes)), people, changes }
  },
  lines: (figures) => ({
    'P10': against(figures['product each'], figures['reference each'], (value = NaN) => `${value.toFixed(2)} ms`),
    'P10 bytes': { value: figures['product bytes'] ?? NaN, product: `${count(figures['product bytes'])} bytes`, reference: `${count(figures['reference bytes'])} bytes` },
  }),
  section: (figures) => `## A board that everybody changes

${CARDS} cards of ${count(figures['people'])} people on a named board that is shown; ${PER_SECOND} changes a second, ${count(figures['changes'])} in all: of ten, six reword a card of one's own, three echo
another's, and one is a facilitator's, who parks a card or takes it back (the board has no groups of cards yet: parking stands for
moving a card). A console and the screen are there too. Phones hold five of the wall's pages around the one on the screen: what changes elsewhere they are not
sent. So the last phone is measured by the rewordings that phones are sent, each until its words are on all of them. The reference acknowledges as many texts of
about 200 bytes, writes them durably, and sends each to everybody, in windows.

${table([
  ['', 'product', 'reference'],
  ['server CPU a change', `${(figures['product each'] ?? NaN).toFixed(2)} ms`, `${(figures['reference each'] ?? NaN).toFixed(2)} ms`],
  ['server CPU in all', seconds(figures['product cpu']), seconds(figures['reference cpu'])],
  ['bytes a change to one phone', kilobytes(figures['product bytes']), kilobytes(figures['reference bytes'])],
  ['ack p50 / p99', `${ms(figures['product ackP50'])} / ${ms(figures['product ackP99'])}`, `${ms(figures['reference ackP50'])} / ${ms(figures['reference ackP99'])}`],
  ['last phone p99', ms(figures['product lastP99']), ms(figures['reference lastP99'])],
  ['changes by which that was measured', count(figures['product shown']), count(figures['changes'])],
  ['refused / not answered', `${count(figures['product refused'])} / ${count(figures['product missing'])}`, `0 / ${count(figures['reference missing'])}`],
  ['patches missed, or out of order', count(figures['product gaps']), count(figures['reference gaps'])],
])}`,
}

async function measureProduct(cores: Cores, people: number, changes: number): Promise<Figures> {
  const { session, board } = evening(codeOf(1), people, 2 * CARDS, Date.now() - 3_600_000, true)
  let created: Created | undefined
  const product = await startProduct(cores.server, 'disk', { prepare: (folder) => writeInto(folder, async (log) => void (created = await session.write(log))) })
  const guests: Guest[] = []
  try {
    if (created === undefined) throw new Error('Nothing was prepared')
    const [controls, screen] = [await byLink(product, created, 'console'), await byLink(product, created, 'screen')]
    for (const member of session.members) guests.push(phone(product.origin, member))
    await Promise.all(guests.map((guest) => guest.seen))
    const heard = new Map<number, { phones: Set<Guest>; last: number }>()
    for (const guest of guests) {
      guest.watch = {
        patch(_guest, audience, _at, packet) {
          if (audience !== 'everyone') return
          for (const [, number = ''] of packet.matchAll(NUMBER)) {
            const of = heard.get(Number(number)) ?? { phones: new Set(), last: 0 }
            if (!of.phones.has(guest)) of.last = performance.now()
            of.phones.add(guest)
            heard.set(Number(number), of)
          }
        },
      }
      guest.client.received = 0
    }
    const cost = meter(product.process())
    const [client, act] = changing(guests, controls, board)
    const taps = await tapEvenly(changes, changes / PER_SECOND, client, act)
    await until(() => taps.every((tap) => tap.acked !== undefined), LONGEST_S)
    await stillness(guests)
    const spent = cost()
    const gaps = [...guests, controls, screen].reduce((sum, guest) => sum + guest.gaps + (guest.lost ? 1 : 0), 0)
    controls.client.close()
    screen.client.close()
    // By words: a patch brings phones from the version before to the next that they see, whatever happened on pages that they do not hold.
    const last = [...heard].map(([number, { phones, last }]) => (phones.size === people ? last - (taps[number]?.sent ?? NaN) : Infinity))
    return { ...said(taps, guests, spent.server, changes), lastP99: percentile(last, 0.99), shown: heard.size, gaps }
  } finally {
    for (const guest of guests) guest.client.close()
    await product.close()
  }
}

/** Who does what: six reword their own, three echo another's, one is a facilitator's. Nothing is asked that would change nothing. */
function changing(guests: readonly Guest[], controls: Guest, board: readonly string[]) {
  const people = guests.length
  const facilitators = (i: number) => i % 10 === 9
  const client = (i: number) => (facilitators(i) ? controls : (guests[i % people] as Guest)).client
  const act = (i: number) => {
    const round = Math.floor(i / people)
    // Card number n was written by person n % people.
    const own = board[(i % people) + people * (round % Math.floor(board.length / people))]
    const others = board[((i + 1) % people) + people * (round % Math.floor(board.length / people))]
    const what = facilitators(i)
      ? { type: round % 2 === 0 ? 'park' : 'unpark', id: own }
      : [2, 5, 8].includes(i % 10)
        ? { type: 'echo', id: others, on: true }
        : { type: 'edit', id: own, text: `${REWORDED} ${i}`, lang: 'en', kind: 'thought' }
    return { id: nanoid(), step: 'board', do: what }
  }
  return [client, act] as const
}

async function measureReference(cores: Cores, people: number, changes: number): Promise<Figures> {
  const reference = await startReference('windowed', cores.server)
  try {
    const crowd = await Crowd.gather(reference.origin, people)
    crowd.anew()
    const cost = meter(reference.process)
    const taps = await tapEvenly(changes, changes / PER_SECOND, (i) => crowd.clients[i % people] as Crowd['clients'][number], (i) => ({ id: String(i), text: TEXT }))
    await until(() => taps.every((tap) => tap.acked !== undefined && crowd.versions.lastAt(tap.at) < Infinity), LONGEST_S)
    const spent = cost()
    const figures = { ...said(taps, crowd.clients.map((client) => ({ client })), spent.server, changes), lastP99: percentile(taps.map((tap) => crowd.versions.lastAt(tap.at) - tap.sent), 0.99), gaps: crowd.misordered }
    crowd.close()
    return figures
  } finally {
    await reference.close()
  }
}

function said(taps: readonly Tap[], phones: readonly { client: { received: number } }[], cpu: number, changes: number): Figures {
  const { times, refused, missing } = acknowledged(taps)
  const received = phones.reduce((sum, { client }) => sum + client.received, 0)
  return { cpu, each: (cpu * 1000) / changes, bytes: received / phones.length / changes, ackP50: percentile(times, 0.5), ackP99: percentile(times, 0.99), refused, missing }
}

/** Until nobody has been sent anything for three windows. */
async function stillness(guests: readonly Guest[]): Promise<void> {
  const sum = () => guests.reduce((all, { client }) => all + client.received, 0)
  let [before, since] = [sum(), performance.now()]
  await until(() => {
    const now = sum()
    if (now !== before) [before, since] = [now, performance.now()]
    return performance.now() - since > 150
  }, LONGEST_S)
}

function under(name: string, figures: Figures): Figures {
  return Object.fromEntries(Object.entries(figures).map(([key, value]) => [`${name} ${key}`, value]))
}
