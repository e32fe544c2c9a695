/** The database's clock is the clock of all servers that share it: timers, keys and the order of things do not depend on who serves. */
import type { Ask } from './postgres-sql.ts'

/** The nearest of so many answers is believed at the start. */
const SAMPLES = 5

export interface ServerTime {
  /** By how much the database's clock is ahead of this machine's, whole ms. */
  ahead(): number
  /** The database's clock, read somewhere between two moments of this machine's. */
  heard(database: number, asked: number, answered: number): void
  /** Asks a few times, one after the other. */
  read(ask: Ask): Promise<void>
}

export function openServerTime(): ServerTime {
  let ahead = 0
  let unsure = Infinity

  /** Halfway between asking and answering, and half that time unsure. */
  function sample(database: number, asked: number, answered: number): { ahead: number; unsure: number } {
    return { ahead: database - (asked + answered) / 2, unsure: Math.max(1, (answered - asked) / 2) }
  }

  function heard(database: number, asked: number, answered: number): void {
    const it = sample(database, asked, answered)
    // Better than what is known; or it cannot be explained by how unsure both are: one of the clocks was set.
    if (it.unsure <= unsure || Math.abs(it.ahead - ahead) > it.unsure + unsure) ({ ahead, unsure } = it)
  }

  return {
    ahead: () => Math.round(ahead),
    heard,
    async read(ask) {
      for (let i = 0; i < SAMPLES; i += 1) {
        const asked = Date.now()
        const [row] = await ask<{ now: number }>('SELECT (extract(epoch FROM clock_timestamp()) * 1000)::float8 AS now')
        heard(row?.now ?? asked, asked, Date.now())
      }
    },
  }
}
