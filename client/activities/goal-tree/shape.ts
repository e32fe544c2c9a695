/** How the crown is laid out on the screen. */

/** Objectives side by side: up to three, four as two rows of two. */
export function columns(objectives: number): number {
  if (objectives <= 3) return Math.max(1, objectives)
  return objectives === 4 ? 2 : 3
}

/** Activities side by side over each objective, so that six fit over one and four over each of two. */
export function abreast(columnsOfObjectives: number, activities: number): number {
  if (columnsOfObjectives === 1) return Math.min(3, Math.max(1, activities))
  return columnsOfObjectives === 2 && activities > 3 ? 2 : 1
}
