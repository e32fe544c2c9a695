/** What an evening showed, as its part of the page. */
import type { Figures } from './measure.ts'
import { count, ms, seconds, table } from './words.ts'

/** The figures of a room of one size. */
type Room = Figures & { people: number }
type Cell = (room: Room) => string

const TAPS: Record<string, Cell> = {
  'check-in: server CPU': ({ checkCpu }) => seconds(checkCpu),
  'check-in: ack p50 / p99': ({ checkAckP50, checkAckP99 }) => `${ms(checkAckP50)} / ${ms(checkAckP99)}`,
  'check-in: own answer in own view p99': ({ checkOwnP99 }) => ms(checkOwnP99),
  'wall: server CPU': ({ wallCpu }) => seconds(wallCpu),
  'wall: ack p50 / p99': ({ wallAckP50, wallAckP99 }) => `${ms(wallAckP50)} / ${ms(wallAckP99)}`,
  'wall: tap to screen median / p99': ({ wallScreenP50, wallScreenP99 }) => `${ms(wallScreenP50)} / ${ms(wallScreenP99)}`,
  'wall: last phone updated p99': ({ wallLastP99 }) => ms(wallLastP99),
  'one after another: tap to screen median / p99': ({ steadyScreenP50, steadyScreenP99 }) => `${ms(steadyScreenP50)} / ${ms(steadyScreenP99)}`,
  'one after another: last phone updated p99': ({ steadyLastP99 }) => ms(steadyLastP99),
  'one after another: ack p99': ({ steadyAckP99 }) => ms(steadyAckP99),
}

const DOORS: Record<string, Cell> = {
  'joining, 100 a second from one address: admitted': ({ people, joinFailed = NaN }) => `${count(people - joinFailed)} of ${count(people)}`,
  'join to first view p50 / p99': ({ joinP50, joinP99 }) => `${ms(joinP50)} / ${ms(joinP99)}`,
  'server CPU for joining': ({ joinCpu }) => seconds(joinCpu),
  'server killed: until it listens again': ({ backStart }) => ms(backStart),
  'then all reconnect at once: median / last whole view': ({ backP50, backAll }) => `${ms(backP50)} / ${ms(backAll)}`,
  'server CPU for all coming back, its start not counted': ({ backCpu }) => seconds(backCpu),
  'memory of the server, all connected': ({ memory }) => `${count(memory)} MB`,
}

const CHECKS: Record<string, Cell> = {
  'commands refused / not answered': ({ checkRefused = NaN, wallRefused = NaN, checkMissing = NaN, wallMissing = NaN }) => `${checkRefused + wallRefused} / ${checkMissing + wallMissing}`,
  'patches out of order, or missed': ({ gaps }) => count(gaps),
  'acknowledged answers gone after kill -9': ({ backLost }) => count(backLost),
  'connections that had to try again': ({ backFailed }) => count(backFailed),
}

export function eveningPage(rooms: readonly Room[]): string {
  return `## An evening

One session as a full room lives it: all join, everybody taps on the check-in within two seconds, people write on a named wall that is
shown, first one after another, twenty a second, then everybody within two seconds; then the server is killed. The screen stays with the
newest page; "tap to screen" ends with the patch that carries the answer's text, and "last phone" when every phone holds a version with it.

${of(rooms, TAPS)}

### Doors, and coming back

${of(rooms, DOORS)}

### Whether the figures hold

${of(rooms, CHECKS)}`
}

function of(rooms: readonly Room[], rows: Record<string, Cell>): string {
  return table([['', ...rooms.map(({ people }) => `${count(people)} people`)], ...Object.entries(rows).map(([what, cell]) => [what, ...rooms.map(cell)])])
}
