/** Any judgement of a criterion, with a version that is sometimes the right one. */
import fc from 'fast-check'
import type { Judge } from '#shared/activities/criteria/criteria.ts'
import { CRITERIA, VERDICTS } from '#shared/activities/criteria/list.ts'

export const judge: fc.Arbitrary<Judge> = fc.record(
  {
    criterion: fc.constantFrom(...CRITERIA),
    verdict: fc.constantFrom(...VERDICTS),
    note: fc.constantFrom('', 'No figure yet', 'Compared with\nlast year'),
    seen: fc.nat({ max: 3 }),
  },
  { requiredKeys: ['criterion', 'verdict', 'seen'] },
)
