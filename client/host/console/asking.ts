import type { Kind } from '#shared/activities/registry.ts'
import { CONTRIBUTIONS } from '../prepare/contributions.ts'

/** The kinds that ask people for words or a choice. Only there does the console say whose they are, and offer to lock. */
export const ASKING: readonly Kind[] = (Object.keys(CONTRIBUTIONS) as Kind[]).filter((kind) => CONTRIBUTIONS[kind] !== 'nothing')
