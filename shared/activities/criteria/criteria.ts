/** Judging a goal by the five criteria: the command's shape, its rules and its views, for every kind that shows goals. Rules CR1 to CR4. */
import Type from 'typebox'
import { accept, type Decision } from '../activity.ts'
import { refuse } from '../../refusals.ts'
import { oneLine } from '../../text.ts'
import { CRITERIA, judgementOf, NOTE_LENGTH, VERDICTS, type Criterion, type Judgements, type Verdict } from './list.ts'

/** How many changes of a thing the sender has seen; a command that saw an older state is refused. */
export const Seen = Type.Integer({ minimum: 0 })

/** The fields of `judge`. Without a note the one that stands there stays. */
export const judgeFields = {
  criterion: Type.Enum(CRITERIA),
  verdict: Type.Enum(VERDICTS),
  note: Type.Optional(Type.String({ maxLength: NOTE_LENGTH })),
  seen: Seen,
}

export interface Judge {
  criterion: Criterion
  verdict: Verdict
  note?: string
  seen: number
}

export interface Judged {
  criterion: Criterion
  verdict: Verdict
  note: string
}

/** The judgement that follows from a command: refused where somebody else was first, nothing where nothing changes. */
export function decideJudge(judgements: Judgements, command: Judge): Decision<Judged> {
  const now = judgementOf(judgements, command.criterion)
  const note = oneLine(command.note ?? now.note)
  if (now.verdict === command.verdict && now.note === note) return accept()
  if (now.version !== command.seen) return refuse('moved-on')
  return accept({ criterion: command.criterion, verdict: command.verdict, note })
}

/** Writes a judgement down, as the next version of its criterion. */
export function evolveJudged(judgements: Judgements, { criterion, verdict, note }: Judged): void {
  judgements[criterion] = { verdict, note, version: judgementOf(judgements, criterion).version + 1 }
}

/** Takes every note away, or the verdicts with them; versions count on. */
export function wipeJudgements(judgements: Judgements): void {
  for (const criterion of CRITERIA) {
    const now = judgements[criterion]
    if (now !== undefined) judgements[criterion] = { verdict: 'open', note: '', version: now.version + 1 }
  }
}

export type CriteriaView = Partial<Record<Criterion, { verdict: Verdict; note?: string }>>
export type CriteriaFacilitatorView = Partial<Record<Criterion, { verdict: Verdict; note?: string; version: number }>>

/** What the room has found so far; criteria not looked at are left out. */
export function criteriaView(judgements: Judgements): CriteriaView {
  const view: CriteriaView = {}
  for (const criterion of CRITERIA) {
    const { verdict, note } = judgementOf(judgements, criterion)
    if (verdict !== 'open') view[criterion] = note === '' ? { verdict } : { verdict, note }
  }
  return view
}

/** The same with versions, of all that was ever judged: what `judge` must have seen. */
export function criteriaFacilitatorView(judgements: Judgements): CriteriaFacilitatorView {
  const view: CriteriaFacilitatorView = {}
  for (const criterion of CRITERIA) {
    if (judgements[criterion] === undefined) continue
    const { verdict, note, version } = judgementOf(judgements, criterion)
    view[criterion] = note === '' ? { verdict, version } : { verdict, note, version }
  }
  return view
}

/** Whether any criterion has a verdict. */
export function anyJudged(judgements: Judgements): boolean {
  return CRITERIA.some((criterion) => judgementOf(judgements, criterion).verdict !== 'open')
}
