/** P9: what memory somebody costs who is only there. */
import { PROTOCOL } from '#shared/wire/protocol.ts'
import { Client } from '../support/cheap-client.ts'
import type { Cores } from './cores.ts'
import { inTurn, startReference } from './crowd.ts'
import { codeOf, planOf, writeInto } from './lived.ts'
import { against, type Figures, type Measure, type Size } from './measure.ts'
import { teller, type Memory, type Teller } from './memory.ts'
import { past } from './past.ts'
import { startProduct } from './product.ts'
import { count, kilobytes, megabytes, table } from './words.ts'

const PEOPLE: Record<Size, number> = { quick: 300, full: 5_000 }
const MEGABYTE = 2 ** 20

export const IDLE: Measure = {
  name: 'idle',
  rows: ['P9'],
  runs: { quick: 1, full: 3 },
  async measure(cores, size, say) {
    say(`${PEOPLE[size]} people who do nothing`)
    const product = await measureProduct(cores, PEOPLE[size])
    const reference = await measureReference(cores, PEOPLE[size])
    return { ...named('product', product), ...named('reference', reference), people: PEOPLE[size] }
  },
  lines: (figures) => ({ P9: against(figures['product rss'], figures['reference rss'], kilobytes) }),
  section: (figures) => `## Who is only there

Memory of the server, its garbage collected, with the room loaded and one phone in it, and again with ${count(figures['people'])}; the difference by
connection. The product holds for each person what the session knows of them, their own view as it was last sent, and their tags; the
reference a socket.

${table([
  ['by connection', 'product', 'reference'],
  ['resident', kilobytes(figures['product rss']), kilobytes(figures['reference rss'])],
  ['heap and buffers', kilobytes(figures['product held']), kilobytes(figures['reference held'])],
  ['the server before, resident', megabytes(figures['product before']), megabytes(figures['reference before'])],
  ['not let in', count(figures['product failed']), count(figures['reference failed'])],
])}`,
}

interface Grown {
  rss: number
  held: number
  before: number
  failed: number
}

async function measureProduct(cores: Cores, people: number): Promise<Grown> {
  const memory = teller()
  const session = past(planOf({ perPerson: 1, named: false }), codeOf(1), Date.now() - 60_000)
  session.join(people)
  const product = await startProduct(cores.server, 'disk', { prepare: (folder) => writeInto(folder, async (log) => void (await session.write(log))), ...memory })
  try {
    const come = (i: number) => {
      const { token = '', veil = '' } = session.members[i] ?? {}
      return new Client(product.origin, { v: PROTOCOL, door: 'phone', token, veil }, () => undefined)
    }
    return await grown(people, come, memory, product.process().pid)
  } finally {
    await product.close()
    memory.close()
  }
}

async function measureReference(cores: Cores, people: number): Promise<Grown> {
  const memory = teller()
  const reference = await startReference('relay', cores.server, memory.env, memory.flags)
  try {
    return await grown(people, () => new Client(reference.origin, {}, () => undefined), memory, reference.process.pid)
  } finally {
    await reference.close()
    memory.close()
  }
}

async function grown(people: number, come: (i: number) => Client, memory: Teller, pid: number): Promise<Grown> {
  const clients = [come(0)]
  try {
    await clients[0]?.ready
    const before = await memory.ask(pid)
    let failed = 0
    await inTurn(people - 1, async (i) => {
      const client = come(i + 1)
      clients.push(client)
      await client.ready.catch(() => void (failed += 1))
    })
    const after = await memory.ask(pid)
    const each = (of: keyof Memory) => ((after[of] - before[of]) * MEGABYTE) / (people - 1 - failed)
    return { rss: each('rss'), held: each('held'), before: before.rss, failed }
  } finally {
    for (const client of clients) client.close()
  }
}

function named(who: string, figures: Grown): Figures {
  return Object.fromEntries(Object.entries(figures).map(([name, value]) => [`${who} ${name}`, value]))
}
