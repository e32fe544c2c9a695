/** Where people find this server: the published address, else one of the machine's own, chosen by the host when there are several. */
import { lanAddresses, type Config } from '../config.ts'
import type { Log } from '../log/port.ts'

const CHOSEN = 'address'

export interface Addresses {
  /** Every origin that a link can begin with, best first. */
  all(): string[]
  /** The one that links begin with now. */
  current(): Promise<string>
  /** False if it is none of them. */
  choose(origin: string): Promise<boolean>
}

export function openAddresses(config: Config, log: Log, port: () => number): Addresses {
  const all = () => {
    if (config.publicUrl !== undefined) return [config.publicUrl]
    const origins = lanAddresses().map((address) => `http://${address}:${port()}`)
    return origins.length > 0 ? origins : [`http://localhost:${port()}`]
  }
  return {
    all,
    async current() {
      const chosen = await log.setting(CHOSEN)
      const known = all()
      return chosen !== undefined && known.includes(chosen) ? chosen : (known[0] ?? `http://localhost:${port()}`)
    },
    async choose(origin) {
      if (!all().includes(origin)) return false
      await log.setSetting(CHOSEN, origin)
      return true
    },
  }
}
