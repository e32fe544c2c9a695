/** What happens to groups. Draws are stored with their result, so a replay puts the same people together. */
import type { PersonId, Tag } from '../../activities/activity.ts'
import type { Way } from '../plan.ts'
import type { GroupId, Groups, Recall } from './model.ts'

export type GroupsEvent =
  /** All groups of the grouping, in place of those before. */
  | { type: 'groups.formed'; grouping: string; how: Way; size: number; groups: Groups }
  /** Some groups are now like this; one without members is gone. `people`: everybody whose group or company changed. */
  | { type: 'groups.changed'; grouping: string; groups: Groups; people: PersonId[] }
  /** Somebody asked for a different partner: what became of it. It names everybody whose company changed, and not who asked. */
  | { type: 'groups.exchanged'; grouping: string; groups: Groups; people: PersonId[] }
  /** Once each: the tag of whoever asked in the grouping, which nobody can tell from the others' and which the end of the session forgets. */
  | { type: 'groups.asked'; grouping: string; by: Tag }
  | { type: 'groups.stayed'; grouping: string; person: PersonId; stays: boolean }
  /** No text: the word was taken back. No group: to all. */
  | { type: 'groups.told'; grouping: string; group?: GroupId; text?: string }
  /** No recall: it was taken back. */
  | { type: 'groups.recalled'; grouping: string; recall?: Recall }
  | { type: 'groups.helped'; grouping: string; group: GroupId; asks: boolean }
  | { type: 'groups.parted'; a: PersonId; b: PersonId; apart: boolean }
