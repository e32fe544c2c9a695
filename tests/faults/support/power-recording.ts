/** A few seconds of a server's life under load, recorded: what it asked of its disk, and what it promised to whom, when. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { random } from '#shared/random.ts'
import { spawnServer } from '../../support/server-process.ts'
import { openWordsRoom, type WordsRoom } from './kills-room.ts'
import { writeImage } from './power-image.ts'
import { readFolder, type FolderState } from '../../support/folder-state.ts'
import { readTrace, recording, type DiskOp } from './power-trace.ts'

const PEOPLE = 30

/** Something that was answered with a yes at this moment, ms, and how a folder shows that it is so. */
interface Promised {
  what: string
  at: number
  holds(state: FolderState): boolean
}

export interface Recording {
  ops: DiskOp[]
  /** What a folder says must be so at this moment, and is not. Nothing: all promises are kept, and the state is one that the session was in. */
  broken(state: FolderState, at: number): string[]
}

/**
 * Rows of a session as JSON: a folder has the beginning of what grew, or once deleted nothing, or the whole of one of these: what it was
 * sealed as, and what stood written when a sync failed. That was refused and is tried again, in another order; the power may go before.
 */
interface Truth {
  session: string
  grown: string[]
  whole: string[][]
}

/** Runs and records a server: words, a checkpoint, the end of a session (its sealing), its deletion, and words meanwhile. */
export async function record(seed: number, injections: readonly string[] = []): Promise<Recording> {
  const dice = random(`recording ${seed}`)
  const above = mkdtempSync(join(tmpdir(), 'gatherwell-trace-'))
  const trace = join(above, 'trace')
  const promises: Promised[] = []
  const promise = (what: string, holds: Promised['holds'], at = Date.now() + 1) => void promises.push({ what, at, holds })
  let deleting = Infinity
  const server = await spawnServer({ LOG_LEVEL: 'error' }, (folder) => recording(folder, trace, injections))
  try {
    const open = async (mark: string): Promise<WordsRoom> => {
      let id = ''
      const said = new Map<number, string[]>()
      const held = (state: FolderState, holds: (one: NonNullable<ReturnType<FolderState['sessions']['get']>>) => boolean) => {
        const one = state.sessions.get(id)
        return one === undefined ? mark === 'a' && deleting < Infinity : holds(one)
      }
      const room = await openWordsRoom(server, {
        people: PEOPLE, mark,
        writer: {
          told: {
            answered(act, answer, at) {
              const { text } = (act as { do: { text?: string } }).do
              if (!answer.ok || text === undefined) return
              const who = Number(/w(\d+)n/u.exec(text)?.[1])
              const own = said.get(who) ?? []
              said.set(who, [...own, text])
              promise(text, (state) => held(state, ({ events }) => has(events, text) || (has(events, '"step.sealed"') && said.get(who)?.at(-1) !== text)), at)
            },
          },
        },
      })
      id = room.session.id
      promise(`room ${mark} and all who joined`, (state) => held(state, ({ people }) => people === PEOPLE))
      return room
    }
    const [first, second] = [await open('a'), await open('b')]
    const each = 9 + dice.below(6)
    await Promise.all([first.write(each), second.write(each)])
    const ending = moment()
    await Promise.all([first.insist('POST', `/api/sessions/${first.session.id}/end`), second.write(3)])
    promise('the end', (state) => state.sessions.get(first.session.id)?.events.some(({ data }) => data.includes('"session.ended"')) !== false)
    await second.write()
    const asked = moment()
    await Promise.all([first.insist('DELETE', `/api/sessions/${first.session.id}`), second.write(3)])
    promise('the deletion', (state) => !state.sessions.has(first.session.id))
    await second.write(1 + dice.below(3))
    for (const room of [first, second]) room.close()
    await server.kill()
    deleting = asked

    const ops = readTrace(trace)
    const rows = (state: FolderState, room: WordsRoom) => (state.sessions.get(room.session.id)?.events ?? []).map((event) => JSON.stringify(event))
    const until = (time: number) => ops.findIndex(({ at }) => at > time)
    const refused = ops.flatMap((op, i) => (op.kind === 'sync' && !op.ok ? [stateAfter(ops, i, above)] : []))
    const truth: Truth[] = [
      { session: first.session.id, grown: rows(stateAfter(ops, until(ending), above), first), whole: [stateAfter(ops, until(asked), above), ...refused].map((state) => rows(state, first)) },
      { session: second.session.id, grown: rows(stateAfter(ops, ops.length, above), second), whole: refused.map((state) => rows(state, second)) },
    ]
    return {
      ops,
      broken: (state, at) => [
        ...(state.integrity === 'ok' ? [] : [`integrity: ${state.integrity}`]),
        ...promises.filter((one) => one.at <= at && !one.holds(state)).map(({ what }) => `lost: ${what}`),
        ...(at < asked && !state.sessions.has(first.session.id) && promises.some((one) => one.what.startsWith('room a') && one.at <= at) ? ['gone before it was deleted'] : []),
        ...truth.flatMap((each) => (isOneOf(state, each) ? [] : [`no state that ${each.session} was ever in`])),
      ],
    }
  } finally {
    await server.close()
    rmSync(above, { recursive: true, force: true })
  }
}

/** Now, once nothing more can happen in the millisecond that all before it may have happened in: the recording tells finer than this clock. */
function moment(): number {
  const last = Date.now()
  while (Date.now() <= last);
  return last + 1
}

function isOneOf(state: FolderState, { session, grown, whole }: Truth): boolean {
  const rows = state.sessions.get(session)?.events.map((event) => JSON.stringify(event)) ?? []
  const begins = (what: string[]) => rows.every((row, i) => row === what[i])
  return begins(grown) || whole.some((one) => rows.length === one.length && begins(one))
}

const has = (events: readonly { data: string }[], text: string): boolean => events.some(({ data }) => data.includes(text))

/** What the living server had written after so many operations. */
function stateAfter(ops: readonly DiskOp[], count: number, above: string): FolderState {
  const folder = mkdtempSync(join(above, 'whole-'))
  writeImage(folder, ops, count, undefined)
  return readFolder(folder)
}
