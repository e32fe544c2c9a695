/**
 * Who may what, in one list: read out of the contract itself (`may` of the session and of every kind, the access that every route
 * declares, the protocol's doors). The matrix tries every line of it, and docs/rights.md is made from it.
 */
import type { Sender } from '#shared/activities/activity.ts'
import { kinds } from '#shared/activities/registry.ts'
import { sessionCommands, sessionMay, type SessionCommand } from '#shared/session/commands.ts'
import { HEARD, SEES, TOLD, type Door } from '#shared/wire/protocol.ts'
import type { Audience } from '#shared/session/views/types.ts'
import type { DeclaredRoute, RouteAccess } from '../../../server/http/access.ts'
import type { Command } from '../../support/line.ts'
import { sample } from '../../support/sample.ts'

/** Everybody who may ask; each is tried with everything. */
export const IDENTITIES = [
  'nobody', 'a participant of another session', 'a participant', 'a participant of another group', 'a removed participant', 'a newcomer at the door',
  'a screen', 'a co-facilitator', 'a revoked co-facilitator', 'a facilitator', 'the host',
] as const
export type Who = (typeof IDENTITIES)[number]

/** By which door each comes in; absent: by none. */
export const DOOR: Record<Who, Door | undefined> = {
  nobody: undefined,
  'a participant of another session': 'phone',
  'a participant': 'phone',
  'a participant of another group': 'phone',
  'a removed participant': undefined,
  'a newcomer at the door': 'phone',
  'a screen': 'screen',
  'a co-facilitator': 'console',
  'a revoked co-facilitator': undefined,
  'a facilitator': 'console',
  'the host': 'console',
}

/** The views that somebody's line holds. */
export function holds(who: Who): readonly Audience[] {
  const door = DOOR[who]
  return who === 'a newcomer at the door' ? ['door'] : door === undefined ? [] : SEES[door]
}

/** Who a route is for, of the session that its address names. `page` and `anybody` are everybody. */
export const LET_IN: Record<Exclude<RouteAccess, 'page' | 'anybody'>, readonly Who[]> = {
  // Nobody of a session, nor the host: a key of its own.
  operator: [],
  host: ['the host'],
  lead: ['a facilitator', 'the host'],
  facilitator: ['a co-facilitator', 'a facilitator', 'the host'],
}

export interface AskedCommand {
  /** The kind of the step that it is for; absent: the session itself. */
  kind: string | undefined
  type: string
  schema: unknown
  command: Command
  may: readonly Sender[]
}

/** Every command there is, with the plainest thing that it may say. */
export const COMMANDS: readonly AskedCommand[] = [
  ...Object.entries(sessionCommands).map(([type, schema]) => ({ kind: undefined, type, schema, command: sample(schema) as Command, may: sessionMay[type as SessionCommand['type']] })),
  ...Object.entries(kinds).flatMap(([kind, { commands, may }]) =>
    Object.entries(commands).map(([type, schema]) => ({ kind, type, schema, command: sample(schema) as Command, may: (may as Record<string, readonly Sender[]>)[type] ?? [] })),
  ),
]

/** Whether the contract lets somebody send a command, in a session of their own. */
export function mayAct(who: Who, { may }: Pick<AskedCommand, 'may'>): boolean {
  const door = DOOR[who]
  if (door === undefined || who === 'a newcomer at the door' || !HEARD.act.includes(door)) return false
  return may.includes(door === 'console' ? 'facilitator' : 'participant')
}

/** The routes of the API, without the HEAD that comes with every GET. */
export function apiRoutes(routes: readonly DeclaredRoute[]): DeclaredRoute[] {
  return routes.filter(({ method, access }) => access !== 'page' && method !== 'HEAD')
}

const yes = (is: boolean): string => (is ? 'yes' : '')
const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string => [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n')

const ACCESS_WORDS: Record<RouteAccess, string> = {
  page: 'anybody; changes nothing',
  anybody: 'anybody, from our own pages or a program',
  facilitator: 'facilitators and co-facilitators of this session, the host',
  lead: 'facilitators of this session, the host',
  host: 'the host',
  operator: 'who shows `METRICS_KEY`; where none is set, a program on the server’s own machine',
}

/** docs/rights.md. */
export function pageOfRights(routes: readonly DeclaredRoute[]): string {
  const doors = Object.keys(SEES) as Door[]
  const audiences = (door: Door): readonly Audience[] => SEES[door]
  const commands = (kind: string | undefined) => COMMANDS.filter((one) => one.kind === kind)
  const commandRows = (kind: string | undefined) => commands(kind).map(({ type, may }) => [`\`${type}\``, yes(may.includes('participant')), yes(may.includes('facilitator'))])
  const head = ['', 'participants', 'facilitators']
  return [
    '# Who may what',
    'Made from the contract by `tests/server/rights/matrix.test.ts`, which also tries every line of it with everybody and fails when this page is stale (`vitest run --project server tests/server/rights -u` writes it anew).',
    `Tried with: ${IDENTITIES.join(', ')}. What is not for somebody is refused in the same words, whether it exists or not. The host and co-facilitators act as facilitators; a screen, somebody who was removed, who waits to be let in, and a revoked key act not at all; who waits holds the view “door” alone. A session is always the one that a key or token belongs to: another session’s ids are nobody’s.`,
    '## Over HTTP',
    table(['', 'for'], apiRoutes(routes).map(({ method, url, access }) => [`\`${method} ${url}\``, ACCESS_WORDS[access]]).sort(([a = ''], [b = '']) => (a.split(' ')[1] ?? '').localeCompare(b.split(' ')[1] ?? '') || a.localeCompare(b))),
    'Of `POST /api/sessions/:id/links` co-facilitators may make links for screens, and no others. All other addresses are pages, for anybody: they change nothing and hold nothing of a session.',
    '## Over a line',
    table(['', ...doors], [
      ...Object.entries(HEARD).map(([event, heard]) => [`is heard: \`${event}\``, ...doors.map((door) => yes(heard.includes(door)))]),
      ...Object.entries(TOLD).map(([event, told]) => [`is told: \`${event}\``, ...doors.map((door) => yes(told.includes(door)))]),
      ['holds the view', ...doors.map((door) => audiences(door).join(', '))],
    ]),
    '## Commands to the session',
    table(head, commandRows(undefined)),
    '## Commands to an activity',
    ...Object.keys(kinds).map((kind) => `### ${kind}\n\n${table(head, commandRows(kind))}`),
  ].join('\n\n') + '\n'
}
