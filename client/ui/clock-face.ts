/** How much of a clock is left, as people speak of it. */
export type ClockState = 'calm' | 'soon' | 'over'

/** "4:05". Seconds are counted up to the next whole one, so that a clock of one minute begins at 1:00 and ends with 0:00. */
export function clockFace(remainingMs: number): string {
  const seconds = Math.max(0, Math.ceil(remainingMs / 1000))
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}

/** calm, soon (at most soonMs left), or over. */
export function clockState(remainingMs: number, soonMs: number): ClockState {
  if (remainingMs <= 0) return 'over'
  return remainingMs <= soonMs ? 'soon' : 'calm'
}
