/** Numbers about anonymous answers: withheld below k, and moving in steps, so that none moves with one person's thumb. */

/** Live numbers advance by this many answers at a time; the smallest crowd that a change can hide in. */
export const STEP = 3

/** How many have answered, as anybody may know it: undefined below k, then in steps of three. */
export function steppedCount(answers: number, k: number): number | undefined {
  return answers < k ? undefined : k + STEP * Math.floor((answers - k) / STEP)
}
