import type { LinkRole } from '../api.ts'

/** A link that was just made: the only moment at which its secret can be seen. */
export interface NewLink {
  role: LinkRole
  name?: string
  link: string
}
