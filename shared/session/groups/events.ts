/** What happens to groups. */
export type GroupsEvent = { type: 'groups.formed'; grouping: string; groups: Record<string, { order: number; members: string[] }> }
