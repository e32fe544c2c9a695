/**
 * F26: rooms and groups side by side, each with a word of its own that nobody else uses. People write, are moved from group to
 * group, lose their line and come back; every frame of everybody is searched for words that are not theirs.
 */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { random } from '#shared/random.ts'
import type { Plan } from '#shared/session/plan.ts'
import { startApp, type TestApp } from '../support/app.ts'
import { planOf } from '../support/kinds.ts'
import type { Line } from '../support/line.ts'
import { until } from '../support/until.ts'
import type { Hosted, Ticket } from '../support/visit.ts'
import { shareOf } from '../torture/share.ts'

const ROOMS = 20
const PHONES = 6
/** Frames between two looks at all that has come. */
const ROUND = 40

const share = shareOf('isolation')
let it: TestApp
/** Every reading of the clock is a moment later: limits of speed are not what is tested here, nor are the twelve hours of a cookie. */
let clock = 1_800_000_000_000
beforeAll(async () => { it = await startApp({ now: () => (clock += 10) }) })
afterAll(async () => { await it.close() })

interface Member {
  line: Line
  is: 'phone' | 'console' | 'screen'
  ticket?: Ticket
}

interface Room {
  name: string
  session: Hosted
  members: Member[]
  console: Line
}

/** The words of a room and of a group in it: letters and digits only, so that they are found whole. */
const ofRoom = (room: string) => `canary${room}x`
const ofGroup = (room: string, group: string) => `canary${room}xg${Array.from(group, (character) => (character.codePointAt(0) ?? 0).toString(16)).join('')}x`

async function open(at: number): Promise<Room> {
  const name = `r${at}`
  const plan = (shipped: Plan): Plan => ({ ...planOf(shipped, () => false), title: { en: ofRoom(name) }, groupings: { partners: { order: 0, how: 'hand', size: 3 } } })
  const session = await it.openSession(plan)
  const phones = await Promise.all(Array.from({ length: PHONES }, (_, i) => it.participant(session, { name: `${ofRoom(name)} ${i}` })))
  const [console, screen] = [await it.facilitator(session), await it.screen(session)]
  await console.done(undefined, { type: 'session.start' })
  for (const step of ['answers', 'board', 'talk']) await console.done(undefined, { type: 'flow.goto', step })
  await console.done(undefined, { type: 'groups.form', how: 'random', size: 3 })
  const members: Member[] = [...phones.map((line): Member => ({ line, is: 'phone', ticket: line.ticket })), { line: console, is: 'console' }, { line: screen, is: 'screen' }]
  return { name, session, members, console }
}

/** What is wrong with what has come since the last look; and how many frames and own words there were. */
function look({ name, members }: Room): { frames: number; own: number; strays: string[] } {
  const strays: string[] = []
  let frames = 0
  let own = 0
  for (const { line, is } of members) {
    const came = line.frames.splice(0)
    frames += came.length
    for (const frame of came) {
      for (const [word, room] of frame.matchAll(/canary(r\d+)x(?:g[0-9a-f]+x)?/gu)) {
        if (room === name) own += 1
        else strays.push(`${is} of ${name} was sent ${word}: ${frame.slice(0, 300)}`)
        // What is said to one group is nobody's else: neither the room's nor the screen's.
        if (is === 'screen' && word.includes('xg')) strays.push(`the screen of ${name} was sent ${word}`)
      }
    }
    if (is !== 'phone') continue
    if (JSON.stringify(line.view('everyone') ?? {}).includes(`canary${name}xg`)) strays.push(`everybody of ${name} was sent a group's word`)
    const mine = line.view('mine')
    const group = mine?.groups?.group?.id
    for (const [word] of JSON.stringify(mine ?? {}).matchAll(/canaryr\d+xg[0-9a-f]+x/gu)) {
      if (group === undefined || word !== ofGroup(name, group)) strays.push(`a phone of ${name} in ${group ?? 'no group'} holds ${word}`)
    }
  }
  return { frames, own, strays }
}

test.skipIf(share.count === 0)('F26 nobody is sent a word of another room, nor of another group of their own', async () => {
  const dice = random(`isolation ${share.from}`)
  const rooms: Room[] = []
  for (let at = 0; at < ROOMS; at += 1) rooms.push(await open(at))
  let [frames, own, moves, rounds] = [0, 0, 0, 0]

  /** One thing at a time: a phone that loses its line in the middle of sending would hear no answer. */
  const busy = new Set<Member>()

  async function act(room: Room): Promise<void> {
    const phones = room.members.filter((member) => member.is === 'phone' && !busy.has(member))
    const phone = phones[dice.below(phones.length)] as Member & { ticket: Ticket }
    busy.add(phone)
    await move(room, phone)
    busy.delete(phone)
  }

  async function move(room: Room, phone: Member & { ticket: Ticket }): Promise<void> {
    const groups = Object.keys(room.console.view('facilitator')?.groups?.groups ?? {})
    const group = groups[dice.below(Math.max(1, groups.length))]
    moves += 1
    switch (dice.below(8)) {
      case 0:
      case 1:
        return void (await phone.line.act('answers', { type: 'write', text: `${ofRoom(room.name)} thinks ${dice.below(1e6)}`, lang: 'en' }))
      case 2:
        return void (await phone.line.act('board', { type: 'write', text: `${ofRoom(room.name)} asks ${dice.below(1e6)}`, kind: 'question', lang: 'en' }))
      case 3:
        return void (await room.console.act(dice.below(2) === 0 ? 'answers' : 'board', { type: dice.below(2) === 0 ? 'reveal' : 'veil' }))
      case 4:
        return void (group !== undefined && (await room.console.act(undefined, { type: 'groups.tell', text: ofGroup(room.name, group), group })))
      case 5:
        return void (await room.console.act(undefined, { type: 'groups.move', person: phone.ticket.person, group: dice.below(4) === 0 ? 'none' : (group ?? 'new') }))
      case 6:
        return void (await room.console.act(undefined, { type: 'groups.tell', text: dice.below(3) === 0 ? '' : ofRoom(room.name) }))
      default:
        return phone.line.again('everyone', 'mine')
    }
  }

  while (frames < share.count) {
    await Promise.all(rooms.flatMap((room) => (dice.below(3) === 0 ? [act(room), act(room)] : [act(room)])))
    rounds += 1
    if (rounds % ROUND === 0 || frames === 0) {
      // Another step, so that views change as a whole too; groups belong to the talk.
      for (const room of rooms) await room.console.act(undefined, { type: 'flow.goto', step: dice.below(4) === 0 ? 'answers' : 'talk' })
    }
    for (const room of rooms) {
      const seen = look(room)
      frames += seen.frames
      own += seen.own
      expect(seen.strays, `seed ${share.from}, round ${rounds}`).toEqual([])
    }
  }
  // Words were there to stray: in every room, and in groups.
  expect(own).toBeGreaterThan(frames / 100)
  for (const room of rooms) {
    await room.console.act(undefined, { type: 'flow.goto', step: 'talk' })
    const formed = await room.console.done(undefined, { type: 'groups.form', how: 'random', size: 3 })
    await until(() => (room.console.held('facilitator')?.at ?? 0) >= formed, 'the groups to be seen')
    const group = await until(() => Object.keys(room.console.view('facilitator')?.groups?.groups ?? {})[0], 'a group')
    await room.console.done(undefined, { type: 'groups.tell', text: ofGroup(room.name, group), group })
    await until(() => room.members.some(({ is, line }) => is === 'phone' && line.view('mine')?.groups?.group?.word === ofGroup(room.name, group)), 'a group to hear its word')
    expect(look(room).strays).toEqual([])
  }
  share.report({ frames, strays: 0, moves, 'words found where they belong': own })
}, share.timeout(6))
