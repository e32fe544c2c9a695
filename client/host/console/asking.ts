/** The kinds that ask people for words or a choice. Only there does the console say whose they are, and offer to lock. */
import type { Kind } from '#shared/activities/registry.ts'

/** Written down here, since the registry with all its rules would be loaded to know it. A test holds it against them. */
export const ASKING: readonly Kind[] = ['agreements', 'answers', 'board', 'check-in', 'closing', 'moments']
