/** Participants over real sockets, without a browser: they keep what they hear and resend what was not answered, as phones do. */
import type { EveryoneView, MineView } from '#shared/session/views/types.ts'
import type { Answer } from '#shared/wire/protocol.ts'
import { Line, type Command } from '../../support/line.ts'
import { until } from '../../support/until.ts'
import { visit, type Ticket } from '../../support/visit.ts'
import type { TestServer } from './server.ts'

/** A browser beside it may take this long over one step on a busy machine, ms. */
const PATIENCE = 60_000

export interface Participant {
  readonly mine: MineView | undefined
  /** Sends until it is answered: the same id, however often. */
  act(step: string | undefined, command: Command): Promise<Answer>
  /** Resolves once what this person sees makes `fact` true. */
  sees(fact: (view: EveryoneView | undefined, mine: MineView | undefined) => boolean): Promise<void>
  /** Goes, and does not come back. */
  drop(): void
}

async function join(server: TestServer, code: string, name: string): Promise<Participant> {
  const { nobody, phone } = visit(server.origin)
  const joined = await nobody('POST', '/api/join', { code, name })
  if (joined.status !== 201) throw new Error(`${name} was not let in: ${joined.status} ${joined.text}`)
  const line = new Line(server.origin, { auth: phone(joined.body as Ticket), reconnects: true })
  await line.ready('everyone', 'mine')
  return {
    get mine() {
      return line.view('mine')
    },
    act: (step, command) => line.insist(step, command),
    async sees(fact) {
      await until(() => fact(line.view('everyone'), line.view('mine')), `${name} to see it`, PATIENCE)
    },
    drop: () => line.close(),
  }
}

/** People who join one after another, each with a name of their own. */
export function crowd(server: TestServer, code: string, names: readonly string[]): Promise<Participant[]> {
  return Promise.all(names.map((name) => join(server, code, name)))
}
