/** What each audience sees of groups. */
export interface GroupsMineView {
  grouping: string
}
export interface GroupsScreenView {
  grouping: string
}
export interface GroupsFacilitatorView {
  grouping: string
}
