/** The phones of a room, in a process of their own, so that what they cost is not the test's. Told what to do by its parent. */
import { setTimeout as pass } from 'node:timers/promises'
import { Member, type Ticket } from '../../support/member.ts'

export type Order =
  | { do: 'join'; origin: string; token: string; count: number }
  /** Everybody writes a card, spread over so many ms. */
  | { do: 'write'; step: string; over: number }
  | { do: 'look' }
  /** Everything that was answered with a yes. */
  | { do: 'tell' }

export interface Look {
  joined: number
  in: number
  waiting: number
  saved: number
  refused: string[]
  /** Of those who are in: the versions that they hold, each once. */
  versions: string[]
}

/** Joins that are on their way at once. */
const SIDE_BY_SIDE = 16
const PAUSE_MS = 500

const members: Member[] = []
let written = 0

async function join({ origin, token, count }: Extract<Order, { do: 'join' }>): Promise<void> {
  let asked = 0
  const one = async () => {
    while (asked < count) {
      asked += 1
      const knock = () => fetch(`${origin}/api/join`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ token }) })
      let response = await knock()
      // More than two thousand from one address wait at the door for a moment.
      while (response.status === 429) {
        await pass(PAUSE_MS)
        response = await knock()
      }
      if (response.status !== 201) throw new Error(`Not let in: ${response.status}`)
      members.push(new Member(origin, (await response.json()) as Ticket))
    }
  }
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, one))
}

function write({ step, over }: Extract<Order, { do: 'write' }>): void {
  const round = (written += 1)
  members.forEach((member, i) => setTimeout(() => member.write(step, `h${round}x${i}z`), (i / members.length) * over))
}

function look(): Look {
  return {
    joined: members.length,
    in: members.filter((member) => member.in).length,
    waiting: members.reduce((sum, member) => sum + member.waiting, 0),
    saved: members.reduce((sum, member) => sum + member.saved.length, 0),
    refused: members.flatMap((member) => member.refused),
    versions: [...new Set(members.filter((member) => member.in).map((member) => String(member.held.get('everyone'))))],
  }
}

process.on('message', (order: Order) => {
  if (order.do === 'write') return write(order)
  if (order.do === 'look') return void process.send?.(look())
  if (order.do === 'tell') return void process.send?.(members.flatMap((member) => member.saved))
  join(order).catch((error: unknown) => {
    console.error(error)
    process.exit(1)
  })
})
process.on('disconnect', () => process.exit(0))
