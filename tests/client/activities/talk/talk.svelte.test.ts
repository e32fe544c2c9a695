import { fireEvent, screen, waitFor, within } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { afterEach, describe, expect, test } from 'vitest'
import Console from '../../../../client/activities/talk/Console.svelte'
import Phone from '../../../../client/activities/talk/Phone.svelte'
import Screen from '../../../../client/activities/talk/Screen.svelte'
import { turnNow } from '../../../../client/activities/talk/turn-now.ts'
import { en as groups } from '../../../../client/messages/groups.ts'
import { en, es } from '../../../../client/messages/talk.ts'
import { STEP, talkRoom } from './room.svelte.ts'

const MINUTE = 60_000
const press = (name: string | RegExp) => userEvent.click(screen.getByRole('button', { name }))

afterEach(() => {
  delete document.documentElement.dataset['theme']
})

describe('finding each other', () => {
  test('two neighbours become a pair by a number, without a name', async () => {
    const room = talkRoom('neighbours', 2)
    room.phone(Phone, 'p0')
    expect(screen.getByText('10')).toBeVisible()
    await userEvent.type(screen.getByLabelText(groups.wait.neighbour), '11')
    await press(groups.wait.pairUp)
    expect(screen.getByText(groups.with(groups.number(11)))).toBeVisible()
  })

  test('a number that nobody has is said plainly, and can be typed again', async () => {
    const room = talkRoom('neighbours', 2)
    room.phone(Phone, 'p0')
    await userEvent.type(screen.getByLabelText(groups.wait.neighbour), '77')
    await press(groups.wait.pairUp)
    expect(screen.getByText(groups.refused.notFound)).toBeVisible()
    await userEvent.clear(screen.getByLabelText(groups.wait.neighbour))
    await userEvent.type(screen.getByLabelText(groups.wait.neighbour), '11')
    await press(groups.wait.pairUp)
    expect(screen.getByText(groups.with(groups.number(11)))).toBeVisible()
  })

  test('by department, the phone asks which one, and says the table', async () => {
    const room = talkRoom('departments', 4, { size: 5, named: true, departments: ['hr', 'hr', 'safety'] })
    room.world.join('p4', { department: 'safety' })
    room.world.facilitator({ type: 'groups.form' })
    room.phone(Phone, 'p3')
    await userEvent.click(screen.getByRole('radio', { name: 'HR' }))
    expect(screen.getByText(groups.goTo(groups.table(1)))).toBeVisible()
    expect(screen.getByText(/^You are with/)).toHaveTextContent('Person0')
  })

  test('whom a silent change of places meets is told so, without a word about who asked', () => {
    const room = talkRoom('random', 4, { named: true })
    room.world.facilitator({ type: 'groups.form' })
    room.phone(Phone, 'p0')
    expect(screen.queryByText(groups.changed)).toBeNull()
    // Two pairs: whoever asks, both of them are others afterwards.
    room.world.says('p1', { type: 'groups.other' })
    room.changed()
    expect(screen.getByText(groups.changed)).toBeVisible()
  })

  test('staying is one press, and can be undone', async () => {
    const room = talkRoom('random', 4)
    room.phone(Phone, 'p0')
    await press(groups.stay)
    expect(screen.getByText(groups.staying)).toBeVisible()
    await press(groups.unstay)
    expect(screen.getByText(groups.wait.random)).toBeVisible()
  })
})

describe('who begins', () => {
  function pair(lang: 'en' | 'es' = 'en') {
    const room = talkRoom('random', 2, { named: true })
    room.world.facilitator({ type: 'groups.form' })
    const [first = '', second = ''] = room.world.groups()[0] ?? []
    const name = (person: string) => `Person${person.slice(1)}`
    return { ...room, first, second, name, show: (who: string) => room.phone(Phone, who, lang) }
  }

  test('one phone says "You begin", the other who does', () => {
    const one = pair()
    one.show(one.first)
    expect(screen.getByText(en.youBegin)).toBeVisible()
    const other = pair('es')
    other.show(other.second)
    expect(screen.getByText(es.listen(other.name(other.first)))).toBeVisible()
  })

  test('"you first" changes it, passing needs no reason and can be taken back', async () => {
    const room = pair()
    room.show(room.first)
    await press(en.swapFirst)
    expect(screen.getByText(en.listen(room.name(room.second)))).toBeVisible()
    await press(en.pass)
    expect(screen.getByText(en.passed)).toBeVisible()
    await press(en.speak)
    expect(screen.queryByText(en.passed)).toBeNull()
  })

  test('after Start the phone goes dark with whose turn it is and a clock; the turn changes by itself, and light comes back', async () => {
    const room = pair()
    room.show(room.first)
    await press(en.start)
    expect(document.documentElement.dataset['theme']).toBe('dark')
    expect(screen.getByText(en.yourTurn)).toBeVisible()
    expect(screen.getByRole('timer')).toHaveTextContent('4:00')
    expect(screen.queryByRole('heading')).toBeNull()
    room.later(4 * MINUTE)
    expect(screen.getByText(en.theirTurn(room.name(room.second)))).toBeVisible()
    room.later(8 * MINUTE)
    expect(screen.getByText(en.over)).toBeVisible()
    expect(document.documentElement.dataset['theme']).toBeUndefined()
    expect(screen.getByRole('heading')).toBeVisible()
  })

  test('the quiet can be left and entered again', async () => {
    const room = pair()
    room.show(room.second)
    room.world.acts(room.first, STEP, { type: 'begin' })
    room.changed()
    expect(screen.queryByRole('heading')).toBeNull()
    await press(en.wake)
    expect(screen.getByRole('heading')).toBeVisible()
    expect(document.documentElement.dataset['theme']).toBeUndefined()
    await press(en.dim)
    expect(screen.queryByRole('heading')).toBeNull()
  })

  test('the way back and a word from the facilitators come through the quiet', async () => {
    const room = pair()
    room.show(room.first)
    await press(en.start)
    room.world.facilitator({ type: 'groups.recall' })
    room.world.facilitator({ type: 'groups.tell', text: 'Half time' })
    room.changed()
    expect(screen.getByText(groups.recall.until)).toBeVisible()
    expect(screen.getByText('Half time')).toBeVisible()
    room.later(2 * MINUTE)
    expect(screen.getByText(groups.recall.now)).toBeVisible()
  })
})

describe('the quiet menu', () => {
  test('a different partner once, then it says so', async () => {
    const room = talkRoom('random', 6, { named: true })
    room.world.facilitator({ type: 'groups.form' })
    const before = room.world.groups().find((group) => group.includes('p0'))
    room.phone(Phone, 'p0')
    await userEvent.click(screen.getByText(groups.menu))
    await press(groups.other)
    expect(room.world.groups().find((group) => group.includes('p0'))).not.toEqual(before)
    expect(screen.getByText(groups.otherAsked)).toBeVisible()
  })

  test('nobody to change with is said kindly', async () => {
    const room = talkRoom('random', 2)
    room.world.facilitator({ type: 'groups.form' })
    room.phone(Phone, 'p0')
    await userEvent.click(screen.getByText(groups.menu))
    await press(groups.other)
    await waitFor(() => expect(screen.getByText(groups.refused.noOther)).toBeVisible())
  })

  test('help is asked on a phone and answered on the console in one press', async () => {
    const room = talkRoom('random', 4, { named: true })
    room.world.facilitator({ type: 'groups.form' })
    const phone = room.phone(Phone, 'p0')
    await userEvent.click(within(phone.container).getByText(groups.menu))
    await press(groups.help)
    const helped = room.console(Console)
    await userEvent.click(within(helped.container).getByRole('button', { name: groups.console.answer }))
    expect(within(phone.container).queryByText(groups.helpAsked)).toBeNull()
  })
})

describe('the console', () => {
  test('says first who has no place, and draws', async () => {
    const room = talkRoom('random', 5, { named: true })
    room.console(Console)
    expect(screen.getByRole('heading', { name: groups.console.waiting(5) })).toBeVisible()
    await userEvent.click(screen.getAllByRole('button', { name: groups.console.drawPairs })[0] as HTMLElement)
    expect(screen.getByRole('heading', { name: groups.console.waiting(0) })).toBeVisible()
    expect(room.world.groups().map((group) => group.length).sort()).toEqual([2, 3])
  })

  test('moves somebody without a mouse, and with one', async () => {
    const room = talkRoom('random', 4, { named: true, size: 4 })
    room.world.join('late', { name: 'Late' })
    room.world.facilitator({ type: 'groups.move', person: 'p0', group: 'new' })
    room.world.facilitator({ type: 'groups.move', person: 'p1', group: Object.keys(room.world.state.groupings['partners']?.groups ?? {})[0] ?? '' })
    const shown = room.console(Console)
    await press(/^Late/)
    await userEvent.selectOptions(screen.getByLabelText(groups.console.to), groups.table(1))
    await press(groups.console.move)
    expect(room.world.groups()[0]).toContain('late')
    const data = new Map<string, string>()
    const dataTransfer = { setData: (type: string, value: string) => data.set(type, value), getData: (type: string) => data.get(type) ?? '' }
    const carried = (kind: string) => Object.assign(new Event(kind, { bubbles: true, cancelable: true }), { dataTransfer })
    await fireEvent(screen.getByRole('button', { name: /^Person2/ }), carried('dragstart'))
    await fireEvent(within(shown.container).getByRole('group', { name: groups.table(1) }), carried('drop'))
    expect(room.world.groups()[0]).toContain('p2')
  })

  test('making all groups again is asked once more', async () => {
    const room = talkRoom('random', 6)
    room.world.facilitator({ type: 'groups.form' })
    const before = room.world.groups()
    const { container } = room.console(Console)
    await userEvent.click(within(container).getByText(groups.console.again, { selector: 'summary *' }))
    await press(groups.console.drawPairs)
    expect(room.world.groups()).toEqual(before)
    await press(groups.console.again)
    expect(room.world.groups()).not.toEqual(before)
  })

  test('a minute more goes to turns and to the step’s clock, the way back counts down and can be taken back', async () => {
    const room = talkRoom('random', 2)
    room.world.facilitator({ type: 'groups.form' })
    room.world.facilitator({ type: 'timer.start', total: MINUTE })
    room.console(Console)
    await press(en.more)
    expect(room.world.state.timer?.total).toBe(2 * MINUTE)
    expect(room.world.log.filter((event) => event.type === 'activity')).toHaveLength(1)
    await press(groups.console.recall)
    expect(screen.getByText(groups.recall.until)).toBeVisible()
    await press(groups.console.unrecall)
    expect(screen.queryByText(groups.recall.until)).toBeNull()
  })

  test('writes to all groups or to one', async () => {
    const room = talkRoom('random', 4, { named: true })
    room.world.facilitator({ type: 'groups.form' })
    room.console(Console)
    await press(groups.console.tell)
    await userEvent.type(screen.getByLabelText(groups.console.text), 'Half time')
    await press(groups.console.send)
    expect(room.world.state.groupings['partners']?.word).toBe('Half time')
  })
})

describe('the screen', () => {
  test('shows prompt, clock and turns, and no person', () => {
    const room = talkRoom('random', 4, { named: true })
    room.world.facilitator({ type: 'groups.form' })
    room.world.facilitator({ type: 'timer.start', total: 10 * MINUTE })
    const { container } = room.screen(Screen)
    expect(screen.getByRole('heading')).toBeVisible()
    expect(screen.getByRole('timer')).toHaveTextContent('10:00')
    expect(screen.getByText(en.screenTurns('4'))).toBeVisible()
    expect(container).not.toHaveTextContent('Person')
  })

  test('lists the tables of departments, and gives way to the way back', () => {
    const room = talkRoom('departments', 4, { size: 5, departments: ['hr', 'hr', 'safety', 'safety'] })
    room.world.facilitator({ type: 'groups.form' })
    room.screen(Screen)
    expect(screen.getByText('Safety')).toBeVisible()
    room.world.facilitator({ type: 'groups.recall' })
    room.changed()
    expect(screen.getByText(groups.recall.until)).toBeVisible()
  })
})

describe('turns on the phone’s clock', () => {
  const mine = { group: 'g', speakers: { 0: { order: 0, you: true as const, number: 10 }, 1: { order: 1, number: 11 } }, startedAt: 1000, each: MINUTE, passed: false }

  test('follow one another, and end', () => {
    expect(turnNow(mine, 1000)).toMatchObject({ index: 0, left: MINUTE, speaker: { you: true }, next: { number: 11 } })
    expect(turnNow(mine, 1000 + MINUTE)).toMatchObject({ index: 1, left: MINUTE, speaker: { number: 11 } })
    expect(turnNow(mine, 1000 + 2 * MINUTE)).not.toHaveProperty('speaker')
    const { startedAt: _, ...waiting } = mine
    expect(turnNow(waiting, 5000)).toBeUndefined()
  })
})
