/** A session of the product with everybody in it, on the step that is measured: phones, a console and a screen. */
import { nanoid } from 'nanoid'
import type { AnswersConfig } from '#shared/activities/answers/model.ts'
import type { Plan } from '#shared/session/plan.ts'
import type { Cores } from './cores.ts'
import { inTurn } from './crowd.ts'
import { join, phone, type Guest } from './guest.ts'
import { byLink, goTo, openSession, startProduct, type Created, type Product, type Storage } from './product.ts'
import { until } from './tapping.ts'
import { Versions } from './versions.ts'

/** One address, of those that a proxy tells of, brings so many people. */
const PER_ADDRESS = 500
/** The screen stays with the newest cards: a page beyond the last is the last. */
const LAST_PAGE = 9999
/** With its number and its envelope a command of about 200 bytes. */
const TEXT = 'We will call every family before the first absence letter, and listen before we measure'

export interface FullRoom {
  product: Product
  created: Created
  phones: readonly Guest[]
  console: Guest
  /** Versions of what everybody is shown, and each phone's own. */
  everyone: Versions
  own: Map<Guest, Versions>
  /** Waits until nobody is sent anything, then counts anew. */
  anew(): Promise<void>
  /** What the phones were sent since, bytes. */
  received(): number
  /** Patches that did not follow on what a phone held, and lines that were lost. */
  gaps(): number
  order(step: string, order: unknown): Promise<void>
  close(): Promise<void>
}

/** A named wall that is shown: every phone is sent the newest five pages as they change. */
export async function onTheWall(cores: Cores, people: number, storage?: Storage): Promise<FullRoom> {
  const room = await fillRoom(cores, people, (plan) => {
    Object.assign(plan.steps['serve']?.activity.config as AnswersConfig, { perPerson: 5, byDepartment: false })
  }, storage)
  await goTo(room.product, room.created.id, 'serve')
  await room.order('serve', { type: 'reveal' })
  await room.order('serve', { type: 'page', page: LAST_PAGE })
  return room
}

export function card(i: number): unknown {
  return { id: nanoid(), step: 'serve', do: { type: 'write', text: `${TEXT} #${i};`, lang: 'en' } }
}

export async function fillRoom(cores: Cores, people: number, change: (plan: Plan) => void, storage?: Storage): Promise<FullRoom> {
  const product = await startProduct(cores.server, storage)
  const guests: Guest[] = []
  const phones: Guest[] = []
  const close = async () => {
    for (const guest of guests) guest.client.close()
    await product.close()
  }
  try {
    const created = await openSession(product, change)
    const controls = await byLink(product, created, 'console')
    guests.push(controls, await byLink(product, created, 'screen'))
    await inTurn(people, async (i) => {
      const guest = phone(product.origin, await join(product.origin, created.code, `Person ${i}`, `10.0.0.${Math.floor(i / PER_ADDRESS)}`))
      guests.push(guest)
      phones.push(guest)
      await guest.seen
    })
    await product.api('POST', `/api/sessions/${created.id}/start`)
    const room: FullRoom = {
      product,
      created,
      phones,
      console: controls,
      everyone: new Versions(people),
      own: new Map(),
      async anew() {
        let last = performance.now()
        for (const guest of phones) guest.watch = { patch: () => void (last = performance.now()) }
        await until(() => performance.now() - last > 500, 10)
        room.everyone = new Versions(people)
        room.own = new Map(phones.map((guest) => [guest, new Versions(1)]))
        for (const guest of phones) {
          guest.client.received = 0
          guest.watch = { patch: (_guest, audience, at, _packet, from) => (audience === 'mine' ? room.own.get(guest) : room.everyone)?.heard(from, at) }
        }
      },
      received: () => phones.reduce((sum, { client }) => sum + client.received, 0),
      gaps: () => guests.reduce((sum, guest) => sum + guest.gaps + (guest.lost ? 1 : 0), 0),
      async order(step, order) {
        const answer = await new Promise((resolve) => controls.client.ask('act', { id: nanoid(), step, do: order }, resolve))
        if ((answer as { ok: boolean }).ok !== true) throw new Error(`The console was refused: ${JSON.stringify(answer)}`)
      },
      close,
    }
    return room
  } catch (error) {
    await close()
    throw error
  }
}
