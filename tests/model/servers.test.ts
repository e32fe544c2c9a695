/** F41 F43: sessions on several servers at once over one storage, beside the reference model. */
import { expect, test, vi } from 'vitest'
import { shareOf } from '../torture/share.ts'
import { Coverage } from './generator.ts'
import { SERVER_FAULTS } from './nemesis-servers.ts'
import { runSession, smallest, type Setting } from './run.ts'

vi.mock('socket.io-client', async () => ({ io: (await import('./network.ts')).dial }))
vi.mock('socket.io', async () => ({ Server: (await import('./network.ts')).Server }))

const OPERATIONS = 50
const share = shareOf('servers')
/** Two servers, and three for every fourth seed. */
const settingOf = (seed: number): Setting => ({ name: 'servers', servers: seed % 4 === 3 ? 3 : 2, faults: SERVER_FAULTS })

test.skipIf(share.count === 0)('F41 F43 F2 F3 F9 F56 wherever each line comes to, whatever servers hear of each other, and whichever of them freezes or dies: nothing acknowledged is lost or doubled, and all see the same', async () => {
  const coverage = new Coverage()
  let [operations, acknowledged, worst] = [0, 0, 0]
  for (const seed of share.seeds) {
    const outcome = await runSession(seed, OPERATIONS, coverage, new Set(), settingOf(seed))
    if (outcome.problems.length > 0) expect.fail(await smallest(seed, OPERATIONS, settingOf(seed)))
    operations += OPERATIONS
    acknowledged += outcome.acknowledged
    worst = Math.max(worst, outcome.agreed)
  }
  share.report({ operations, acknowledged, lost: 0, doubled: 0, worstAgreedMs: worst })
}, share.timeout(150))
