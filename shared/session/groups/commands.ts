/** What may be asked about groups, and by whom. `grouping` may be left out: the one that the current step takes place in. */
import Type, { type TObject, type TSchema } from 'typebox'
import type { Sender } from '../../activities/activity.ts'
import { command, MadeId, PlainId } from '../../schemas.ts'

/** Shortest and longest warning before everybody is back; a minute is usual. */
export const RECALL_MS = 60_000
const RECALL_MAX_MS = 600_000
const WORD_LENGTH = 300

const ofGrouping = <T extends string, P extends Record<string, TSchema>>(type: T, fields: P) =>
  command(type, { grouping: Type.Optional(PlainId), ...fields })

export const groupsCommands = {
  /** Draws groups, or places people by department; `rest`: only those who are in no group yet. */
  'groups.form': ofGrouping('groups.form', {
    how: Type.Optional(Type.Union([Type.Literal('random'), Type.Literal('departments')])),
    size: Type.Optional(Type.Integer({ minimum: 2, maximum: 30 })),
    rest: Type.Optional(Type.Boolean()),
  }),
  /** Puts one person into a group by hand; "new" is a group of their own for now, "none" takes them out. */
  'groups.move': ofGrouping('groups.move', { person: MadeId, group: MadeId }),
  /** Takes one group apart, or all of them. */
  'groups.dissolve': ofGrouping('groups.dissolve', { group: Type.Optional(MadeId) }),
  /** A word to all groups, or to one; an empty text takes it back. */
  'groups.tell': ofGrouping('groups.tell', { text: Type.String({ maxLength: WORD_LENGTH }), group: Type.Optional(MadeId) }),
  'groups.recall': ofGrouping('groups.recall', { after: Type.Optional(Type.Integer({ minimum: 0, maximum: RECALL_MAX_MS })) }),
  'groups.unrecall': ofGrouping('groups.unrecall', {}),
  'groups.answer': ofGrouping('groups.answer', { group: MadeId }),
  /** Two people whom no draw of this session may put together, or may again. */
  'groups.apart': command('groups.apart', { a: MadeId, b: MadeId, apart: Type.Boolean() }),
  /** "My neighbour's number is 42." */
  'groups.pair': ofGrouping('groups.pair', { number: Type.Integer({ minimum: 0, maximum: 99_999 }) }),
  /** Out of a pair that a mistyped number made. */
  'groups.leave': ofGrouping('groups.leave', {}),
  'groups.stay': ofGrouping('groups.stay', { stays: Type.Boolean() }),
  /** "A different partner, please." */
  'groups.other': ofGrouping('groups.other', {}),
  'groups.help': ofGrouping('groups.help', { asks: Type.Boolean() }),
} satisfies Record<string, TObject>

const facilitator = ['facilitator'] as const
const participant = ['participant'] as const

export const groupsMay: Record<keyof typeof groupsCommands, readonly Sender[]> = {
  'groups.form': facilitator,
  'groups.move': facilitator,
  'groups.dissolve': facilitator,
  'groups.tell': facilitator,
  'groups.recall': facilitator,
  'groups.unrecall': facilitator,
  'groups.answer': facilitator,
  'groups.apart': facilitator,
  'groups.pair': participant,
  'groups.leave': participant,
  'groups.stay': participant,
  'groups.other': participant,
  'groups.help': participant,
}
