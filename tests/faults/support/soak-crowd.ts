/** A thousand phones in many rooms, in a process of their own: they write, leave, come back or are followed by others, room after room. */
import { random } from '#shared/random.ts'
import { Member, type Ticket } from '../../support/member.ts'

export type Order =
  /** A room with so many people. */
  | { do: 'open'; room: string; origin: string; token: string; count: number; seed: number }
  /** A tenth of everybody leaves; as many come, half of them as the people whom they were. */
  | { do: 'churn' }
  /** A share of everybody writes. */
  | { do: 'write' }
  /** Everybody leaves the room for good. */
  | { do: 'leave'; room: string }
  | { do: 'look' }

export interface Look {
  members: number
  in: number
  waiting: number
  saved: number
}

interface Room {
  origin: string
  token: string
  members: { member: Member; ticket: Ticket }[]
}

const TENTH = 10
const dice = random('soak')
const rooms = new Map<string, Room>()
let saved = 0
let written = 0

async function join({ origin, token }: Room): Promise<Ticket> {
  const response = await fetch(`${origin}/api/join`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ token }) })
  if (response.status !== 201) throw new Error(`Not let in: ${response.status}`)
  return (await response.json()) as Ticket
}

function enter(room: Room, ticket: Ticket): void {
  room.members.push({ ticket, member: new Member(room.origin, ticket) })
}

function close(member: Member): void {
  saved += member.saved.length
  member.close()
}

async function open({ room: id, origin, token, count }: Extract<Order, { do: 'open' }>): Promise<void> {
  const room: Room = { origin, token, members: [] }
  rooms.set(id, room)
  for (let i = 0; i < count; i += 1) enter(room, await join(room))
}

async function churn(): Promise<void> {
  for (const room of rooms.values()) {
    for (let i = Math.round(room.members.length / TENTH); i > 0; i -= 1) {
      const [left] = room.members.splice(dice.below(room.members.length), 1)
      if (left === undefined) continue
      close(left.member)
      enter(room, dice.below(2) === 0 ? left.ticket : await join(room))
    }
  }
}

function write(): void {
  for (const { members } of rooms.values()) for (const { member } of members) if (dice.below(TENTH) === 0) member.write('step', `words ${(written += 1)}`)
}

function look(): Look {
  const all = [...rooms.values()].flatMap(({ members }) => members.map(({ member }) => member))
  return {
    members: all.length,
    in: all.filter((member) => member.in).length,
    waiting: all.reduce((sum, member) => sum + member.waiting, 0),
    saved: saved + all.reduce((sum, member) => sum + member.saved.length, 0),
  }
}

async function obey(order: Order): Promise<void> {
  if (order.do === 'open') await open(order)
  else if (order.do === 'churn') await churn()
  else if (order.do === 'write') write()
  else if (order.do === 'leave') {
    for (const { member } of rooms.get(order.room)?.members ?? []) close(member)
    rooms.delete(order.room)
  }
  process.send?.(look())
}

process.on('message', (order: Order) => {
  obey(order).catch((error: unknown) => {
    console.error(error)
    process.exit(1)
  })
})
process.on('disconnect', () => process.exit(0))
