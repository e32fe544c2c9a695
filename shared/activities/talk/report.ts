/** How people talked, in the notes. Never with whom: a pair is two names. */
import { say } from '../../say.ts'
import type { Section } from '../../report/model.ts'
import type { ReportContext } from '../activity.ts'
import type { TalkConfig, TalkState } from './model.ts'
import { en, es } from './words.ts'

export function talkReport(_state: TalkState, around: ReportContext<TalkConfig>): Section[] {
  const words = around.lang === 'es' ? es : en
  return [
    {
      id: around.step,
      title: say(around.title, around.lang),
      blocks: [
        { type: 'text', text: say(around.config.prompt, around.lang), style: 'lead' },
        { type: 'text', text: how(around) },
        { type: 'text', text: words.stayed, style: 'note' },
      ],
    },
  ]
}

/** For the facilitator's record: how many groups there were. */
export function talkRecord(_state: TalkState, around: ReportContext<TalkConfig>): Section[] {
  const words = around.lang === 'es' ? es : en
  const count = Object.keys(around.groups ?? {}).length
  if (count === 0) return []
  return [{ id: around.step, title: say(around.title, around.lang), blocks: [{ type: 'text', text: words.groupCount(count) }] }]
}

function how(around: ReportContext<TalkConfig>): string {
  const words = around.lang === 'es' ? es : en
  const groups = Object.values(around.groups ?? {})
  const sizes = groups.map((group) => group.members.length)
  if (groups.length === 0) return words.where
  if (groups.some((group) => group.department !== undefined)) return words.departments
  // A three among pairs is a pair for an odd number.
  if (sizes.every((size) => size <= 3) && sizes.includes(2)) return words.pairs
  return words.groups(Math.min(...sizes), Math.max(...sizes))
}
