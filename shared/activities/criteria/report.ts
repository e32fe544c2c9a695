/** The criteria in the notes: a table of what was found, or nothing where nobody looked. */
import type { Lang } from '../../localized.ts'
import type { Block } from '../../report/model.ts'
import { anyJudged } from './criteria.ts'
import { CRITERIA, judgementOf, type Judgements } from './list.ts'
import { en, es } from './words.ts'

/** No block where no criterion has a verdict; else all five, the open ones marked as such. */
export function criteriaTable(judgements: Judgements, caption: string | undefined, lang: Lang): Block[] {
  if (!anyJudged(judgements)) return []
  const words = lang === 'es' ? es : en
  const rows = CRITERIA.map((criterion) => {
    const { verdict, note } = judgementOf(judgements, criterion)
    return [words.names[criterion], words.verdicts[verdict], verdict === 'open' ? '' : note]
  })
  const table: Block = { type: 'table', head: [words.criterion, words.found, words.note], rows }
  return [caption === undefined ? table : { ...table, caption }]
}
