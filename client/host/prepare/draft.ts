/** A plan's changes that the server does not have yet, kept on this device from the first letter on. */
import type { Plan } from '#shared/session/plan.ts'
import type { Storage } from '../../live/storage.ts'

export interface PlanDraft {
  /** The version of the plan that the changes were made to. */
  seen: string
  plan: Plan
}

const keyOf = (session: string): string => `gw/plan/${session}`

/** Keeps what the server has not taken yet, over reloads. */
export function keepDraft(storage: Storage, session: string, draft: PlanDraft): void {
  storage.set(keyOf(session), JSON.stringify(draft))
}

/** What was kept, or nothing if nothing was, or if an older version or another hand left something else there. */
export function readDraft(storage: Storage, session: string): PlanDraft | undefined {
  try {
    const kept = JSON.parse(storage.get(keyOf(session)) ?? '') as Partial<PlanDraft>
    const whole = typeof kept.seen === 'string' && typeof kept.plan === 'object' && typeof kept.plan?.steps === 'object'
    return whole ? (kept as PlanDraft) : undefined
  } catch {
    return undefined
  }
}

/** Once the server has it, or the host lets it go. */
export function forgetDraft(storage: Storage, session: string): void {
  storage.remove(keyOf(session))
}
