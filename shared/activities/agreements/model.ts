/** Agreements: one at a time, with local words; then one private answer to them; afterwards at hand for the rest of the session. */
import Type, { type Static } from 'typebox'
import { LocalizedText } from '../../localized.ts'
import { closed, command, keyed, PlainId } from '../../schemas.ts'
import type { Told } from '../k.ts'

const AgreementId = PlainId

const Agreement = closed({
  order: Type.Number(),
  /** Short enough for a strip along the edge of the screen. */
  name: LocalizedText(60),
  text: LocalizedText(400),
  /** What this team adds in words of its own ("here: with mercy"). */
  local: Type.Optional(LocalizedText(160)),
})

export const AgreementsConfig = closed({
  agreements: keyed(AgreementId, Agreement, { minProperties: 1, maxProperties: 8 }),
  /** Whose agreements they are. */
  source: Type.Optional(LocalizedText(200)),
})

export type AgreementsConfig = Static<typeof AgreementsConfig>

export const CHOICES = ['work', 'talk'] as const
/** "I can work with these", or "I'd like to talk about one". */
export type AgreementsChoice = (typeof CHOICES)[number]

/** From this many on, facilitators learn that some want to talk. Never how many. */
export const SOME = 3

export interface AgreementsState {
  /** The one at full size; absent: the first. */
  at?: string
  /** All of them are shown together, and phones ask for the private answer. */
  asking: boolean
  /** They have been asked once: from then on the answer can be given and changed. */
  asked: boolean
  /** By author. */
  choices: Record<string, AgreementsChoice>
  /** How many have answered, as it could be told: only when that moves is it looked at who wants to talk. */
  told: Told
  /**
   * Some have wanted to talk. It stays once it is true: if it went out again with one thumb, the thumb could be looked for.
   */
  someTalk: boolean
  /** The session has ended, and the answers are gone. */
  sealed?: true
}

export const agreementsCommands = {
  show: command('show', { agreement: AgreementId }),
  ask: command('ask'),
  choose: command('choose', { choice: Type.Enum(CHOICES) }),
}

export type AgreementsCommand = { [T in keyof typeof agreementsCommands]: Static<(typeof agreementsCommands)[T]> }[keyof typeof agreementsCommands]

export type AgreementsEvent =
  | { type: 'shown'; agreement: string }
  | { type: 'asked' }
  /** `k` is the threshold at the time, so that a replay tells what was told. */
  | { type: 'chosen'; by: string; choice: AgreementsChoice; k: number }
