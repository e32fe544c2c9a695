/** The heart: counts the turns of a beat. */
import { TURNS } from '../room/turns.ts'

/** Calls `beat` with the number of each turn, each once in `every` ms. Answers how to end it. */
export function openHeart(every: number, beat: (turn: number) => void): () => void {
  let turn = 0
  const beating = setInterval(() => beat((turn = (turn + 1) % TURNS)), every / TURNS)
  beating.unref()
  return () => clearInterval(beating)
}
