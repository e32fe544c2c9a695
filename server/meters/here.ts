/** What is told of who is here and what runs: counts alone, asked for when somebody reads them. */
import type { Connections } from '../room/connections.ts'
import type { Rooms } from '../room/rooms.ts'
import { gauge, type Family } from './families.ts'

const PHASES = ['draft', 'open', 'live', 'ended'] as const

export interface Here {
  connections: Pick<Connections, 'lines'>
  rooms: Pick<Rooms, 'phases'>
  /** Where the log is kept. */
  kept: 'sqlite' | 'postgres'
  version: string
  channelUp(): boolean | undefined
  draining(): boolean
  /** Whether storage answered and kept things when it was asked last. */
  storageUp(): boolean
}

export function hereFamilies({ connections, rooms, kept, version, channelUp, draining, storageUp }: Here): Family[] {
  return [
    gauge('gatherwell_info', 'Always 1: the version, and where the log is kept.', () => [{ labels: { version, log: kept }, value: 1 }]),
    gauge('gatherwell_people', 'People whose phone is connected to this server; somebody in two sessions counts twice.', () => [{ value: connections.lines().people }]),
    gauge('gatherwell_lines', 'Lines that are open, by door and by how they are carried: polling is for networks that block WebSockets.', () =>
      connections.lines().counts.map(({ door, transport, count }) => ({ labels: { door, transport }, value: count }))),
    gauge('gatherwell_sessions', 'Sessions that this server has in memory, by phase.', () => {
      const phases = rooms.phases()
      return PHASES.map((phase) => ({ labels: { phase }, value: phases.filter((one) => one === phase).length }))
    }),
    gauge('gatherwell_channel_up', 'Whether the channel on which servers tell each other works; not told where a server is alone.', () => {
      const up = channelUp()
      return up === undefined ? [] : [{ value: Number(up) }]
    }),
    gauge('gatherwell_storage_up', '1 while storage answers and keeps what people write, also when nobody writes.', () => [{ value: Number(storageUp()) }]),
    gauge('gatherwell_draining', '1 while the server takes nobody new since it is about to stop.', () => [{ value: Number(draining()) }]),
  ]
}
