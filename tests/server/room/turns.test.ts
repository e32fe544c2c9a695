/** VW4, F3: who is told by which turn of a heartbeat. */
import { expect, test } from 'vitest'
import { smartGoals } from '#shared/templates/smart-goals/plan.ts'
import { Audiences, type Head } from '../../../server/room/audience.ts'
import { DICE } from '../../../server/room/dice.ts'
import { Room } from '../../../server/room/room.ts'
import { TURNS } from '../../../server/room/turns.ts'
import { past } from '../../bench/past.ts'
import { memoryStore } from '../../model/memory-log.ts'
import { planWith } from '../../support/kinds.ts'

const PEOPLE = 130

test('VW4 each device, console and screen is told once a beat what it should hold of all that it holds, and no more devices in one turn than in another', async () => {
  const made = past(planWith('check-in')(smartGoals), '12345678', Date.UTC(2026, 10, 24, 14))
  made.join(PEOPLE)
  made.lead({ type: 'session.start' })
  const log = memoryStore().open(Date.now)
  await made.write(log)
  const room = await Room.load(made.id, { log, now: Date.now, dice: DICE, bug: (error) => { throw error } })
  if (room === undefined) throw new Error('The room is not there')
  const audiences = new Audiences(room, () => undefined)
  const own = await room.committed(() => {
    for (const audience of ['everyone', 'screen', 'facilitator'] as const) audiences.join(audience)
    return made.members.map(({ person, veil }) => audiences.joinOwn(person, veil).channel)
  })
  const turns = Array.from({ length: TURNS }, (_, turn) => audiences.heads(turn))
  const told = turns.flat()
  expect(told.map(({ channel }) => channel).sort()).toEqual([...own, `${made.id}/facilitator`, `${made.id}/screen`].sort())
  const holds = ({ at }: Head) => Object.keys(at).sort().join()
  expect(told.filter(({ channel }) => own.includes(channel)).map(holds)).toEqual(Array<string>(PEOPLE).fill('everyone,mine'))
  const devices = turns.map((heads) => heads.filter(({ channel }) => own.includes(channel)).length)
  expect(Math.max(...devices) - Math.min(...devices)).toBeLessThanOrEqual(1)
  audiences.close()
})
