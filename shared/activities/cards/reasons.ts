/** Why a facilitator hides a card: what its author is told, and what stands in the facilitator's record. */
export const REASONS = ['names-somebody', 'may-hurt', 'elsewhere', 'twice', 'other'] as const
export type Reason = (typeof REASONS)[number]
