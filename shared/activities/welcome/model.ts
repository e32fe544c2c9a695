/** Welcome: the way in, and an opening slide. Nothing is asked of anybody. */
import Type, { type Static } from 'typebox'
import { LocalizedText } from '../../localized.ts'
import { closed, command } from '../../schemas.ts'

export const WelcomeConfig = closed({
  /** A warm sentence on the phone of whoever has just arrived. */
  greeting: Type.Optional(LocalizedText(400)),
  /** Markdown. Without it "next" leaves the step at once. */
  opening: Type.Optional(LocalizedText(2000)),
})

export type WelcomeConfig = Static<typeof WelcomeConfig>

export interface WelcomeState {
  showing: 'door' | 'opening'
  /** The opening slide has been shown: the notes may have it. */
  opened: boolean
}

const SHOWN = ['door', 'opening'] as const

export const welcomeCommands = {
  show: command('show', { what: Type.Enum(SHOWN) }),
}

export type WelcomeCommand = Static<(typeof welcomeCommands)['show']>

export type WelcomeEvent = { type: 'door-shown' } | { type: 'opening-shown' }
