/** Any welcome, and anything that may be sent to it: what the contract suite drives it with. */
import fc from 'fast-check'
import type { WelcomeCommand, WelcomeConfig } from '#shared/activities/welcome/model.ts'

export const config: WelcomeConfig = {
  greeting: { en: 'We are glad that you are here.' },
  opening: { en: '# Equity is not equality', es: '# Equidad no es igualdad' },
}

const show = fc.constantFrom<WelcomeCommand>({ type: 'show', what: 'door' }, { type: 'show', what: 'opening' })

export const arbitrary = { kind: 'welcome' as const, config, participant: show, facilitator: show }
