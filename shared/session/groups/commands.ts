/** What may be asked about groups, and by whom. */
import type { TObject } from 'typebox'
import type { Sender } from '../../activities/activity.ts'

export const groupsCommands = {} satisfies Record<string, TObject>

export const groupsMay: Record<keyof typeof groupsCommands, readonly Sender[]> = {}
