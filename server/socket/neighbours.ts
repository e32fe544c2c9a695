/**
 * One server among several: what ends or changes here does so at the others, and theirs here. The channel between them may be
 * down, at one end alone or unnoticed: so keys are looked up in the log besides, and counts may be of this server alone.
 */
import type { Veils } from '../access/veil.ts'
import type { Log } from '../log/port.ts'
import type { Connections } from '../room/connections.ts'
import type { Peers } from '../room/peers.ts'
import type { Presence } from './presence.ts'

/** Every server tells again who is with it, ms, so that those of one that has died are not counted for long; and looks whose keys still are. */
const AGAIN = 5_000
/** A server that has not told for so long is counted no more, ms. */
const FORGET = 3 * AGAIN

export interface NeighbourDeps {
  peers: Peers
  log: Log
  now: () => number
  presence: Presence
  veils: Veils
  /** The connections of this server. */
  local: Connections
  /** Consoles and screens here should hear that the number of people has changed. */
  changed(session: string): void
  /** Hashes of the keys by which consoles and screens are connected here. */
  keysHere(): Iterable<string>
}

export interface Neighbours extends Pick<Connections, 'revoke' | 'expel' | 'renewed'> {
  /** The number of people of a session who are connected here has changed. */
  counted(session: string): void
  /** A secret was admitted here for the first time. */
  admitted(person: string, hash: string): void
  close(): void
}

/** Listens to the other servers until `close`. */
export function openNeighbours({ peers, log, now, presence, veils, local, changed, keysHere }: NeighbourDeps): Neighbours {
  const counted = (session: string) => peers.tell({ type: 'here', session, count: presence.own(session) })
  const stopHearing = peers.onTold((message, from) => {
    switch (message.type) {
      case 'revoked':
        return local.revoke(message.hashes)
      case 'expelled':
        return local.expel(message.session, message.reason, message.person)
      case 'renewed':
        return void local.renewed(message.session).catch(() => undefined)
      case 'here':
        return presence.elsewhere(from, message.session, message.count, now()) ? changed(message.session) : undefined
      case 'veil':
        return veils.heard(message.person, message.hash)
      case 'unsaid':
        return mend()
      case 'refused':
      case 'strayed':
        // The room's, and what looks for strays.
        return undefined
    }
  })
  const stopGap = peers.onGap(() => {
    // Others may have heard each other all the time, and miss what was said here.
    peers.tell({ type: 'unsaid' })
    mend()
  })
  let looking: Promise<void> | undefined

  /** Something may have been told that was not heard. */
  function mend(): void {
    for (const session of presence.sessions()) {
      counted(session)
      void local.renewed(session).catch(() => undefined)
    }
    void lookUp()
  }

  /** Who was let go elsewhere, whether or not anybody has told. One key after the other: a server has as many as consoles and screens. */
  function lookUp(): Promise<void> {
    looking ??= lookUpOnce().finally(() => { looking = undefined })
    return looking
  }

  async function lookUpOnce(): Promise<void> {
    for (const hash of new Set(keysHere())) {
      const key = await log.key(hash, now()).catch(() => 'unknown' as const)
      if (key === undefined) local.revoke([hash])
    }
  }

  const again = setInterval(() => {
    for (const session of presence.sessions()) counted(session)
    for (const session of presence.forget(now() - FORGET)) changed(session)
    if (log.shared) void lookUp()
  }, AGAIN)
  again.unref()

  return {
    counted,
    admitted: (person, hash) => peers.tell({ type: 'veil', person, hash }),
    revoke(hashes) {
      local.revoke(hashes)
      peers.tell({ type: 'revoked', hashes })
    },
    expel(session, reason, person) {
      local.expel(session, reason, person)
      peers.tell({ type: 'expelled', session, reason, ...(person === undefined ? {} : { person }) })
    },
    async renewed(session) {
      peers.tell({ type: 'renewed', session })
      await local.renewed(session)
    },
    close() {
      clearInterval(again)
      stopHearing()
      stopGap()
    },
  }
}
