/** The plans that ship with the product. */
import type { Plan } from '../session/plan.ts'
import { smartGoals } from './smart-goals/plan.ts'

export const templates: readonly { id: string; plan: Plan }[] = [{ id: 'smart-goals', plan: smartGoals }]
