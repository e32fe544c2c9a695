import { flushSync } from 'svelte'
import { render, screen, waitFor, within } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import People from '../../../../client/host/console/People.svelte'
import Room from '../../../../client/host/console/Room.svelte'
import { en } from '../../../../client/messages/newcomers.ts'
import { en as console_ } from '../../../../client/messages/console.ts'
import { QUIET_MS } from '../../../../client/ui/announcer.svelte.ts'
import Surface from '../../support/Surface.svelte'
import { steady } from '../../support/steady.ts'

const base = { phase: 'live', naming: 'first', people: { a: { name: 'Ana' } }, departments: { safety: { order: 0, name: { en: 'Safety' } } }, guarded: true, most: 1_000 }
const button = (name: string) => screen.getByRole('button', { name, hidden: true })

async function panel(view: object, send = vi.fn(() => Promise.resolve(true))) {
  let now = $state.raw({ ...base, ...view })
  render(Surface, { live: steady({ here: 1 }), component: People, given: () => ({ view: now, controls: { send } }) })
  await userEvent.click(screen.getByRole('button', { name: new RegExp(console_.here, 'u') }))
  return { send, show: (next: object) => { now = { ...base, ...next } } }
}

test('F30 newcomers can be made to wait, and the console of an older server says nothing of any', async () => {
  const { send } = await panel({ guarded: undefined, most: undefined, waiting: undefined })
  expect(screen.queryByText(en.nobody)).toBeNull()
  await userEvent.click(screen.getByRole('checkbox', { name: en.guard, hidden: true }))
  expect(send).toHaveBeenCalledWith(undefined, { type: 'doors.guard', guarded: true })
})

test('F30 the bar says a number and no name; the panel says who waits, by number and name, each with what can be done', async () => {
  const { send } = await panel({ waiting: { c: { number: 2, department: 'safety' }, b: { number: 1, name: 'Ben' }, d: { number: 3, name: 'Dan', notNow: true } } })
  expect(screen.getByRole('status', { hidden: true })).toHaveTextContent(en.arrived(2))
  expect(screen.getByRole('status', { hidden: true })).not.toHaveTextContent('Ben')
  expect(button(en.button(2))).toBeInTheDocument()
  const [ben, second] = within(screen.getByRole('region', { name: en.title, hidden: true })).getAllByRole('listitem', { hidden: true })
  expect(ben).toHaveTextContent(/1\s*Ben/u)
  expect(second).toHaveTextContent(/2\s*Number 2\s*Safety/u)
  await userEvent.click(button(en.letInOf('Ben')))
  await userEvent.click(button(en.notNowOf('Number 2')))
  await userEvent.click(button(en.letInOf('Dan')))
  expect(send.mock.calls.map((call) => (call as unknown[])[1])).toEqual([{ type: 'person.admit', person: 'b' }, { type: 'person.defer', person: 'c' }, { type: 'person.admit', person: 'd' }])
  expect(screen.queryByRole('button', { name: en.notNowOf('Dan'), hidden: true })).toBeNull()
})

test('F30 who works by keyboard hears what was done, where the button is gone', async () => {
  const { show } = await panel({ waiting: { b: { number: 1, name: 'Ben' }, c: { number: 2, name: 'Cleo' } } })
  await userEvent.click(button(en.letInOf('Ben')))
  show({ waiting: { c: { number: 2, name: 'Cleo' } } })
  await waitFor(() => expect(screen.getByText(en.isIn('Ben'))).toHaveFocus())
})

test.each([false, true])('F30 a facilitator who hears the page is told when somebody comes (the list open: %s), at most once in a while, and not when somebody goes in', async (opened) => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  try {
    const at = (...ids: string[]) => ({ ...base, waiting: Object.fromEntries(ids.map((id, i) => [id, { number: i + 1 }])) })
    let view = $state.raw(at())
    render(Surface, { live: steady({ here: 1 }), component: People, given: () => ({ view, controls: { send: vi.fn() } }) })
    if (opened) screen.getByRole('button', { name: new RegExp(console_.here, 'u') }).click()
    flushSync()
    const said = () => screen.getByRole('status', { hidden: true }).textContent?.trim()
    const now = (next: typeof view) => {
      view = next
      flushSync()
      return said()
    }
    expect(said()).toBe('')
    expect(now(at('b'))).toBe(en.arrived(1))
    expect(now(at('b', 'c')), 'a crowd is told of in one sentence').toBe(en.arrived(1))
    expect(now(at('b', 'c', 'd'))).toBe(en.arrived(1))
    vi.advanceTimersByTime(QUIET_MS)
    flushSync()
    expect(said()).toBe(en.arrived(3))
    vi.advanceTimersByTime(QUIET_MS)
    expect(now(at('c', 'd')), 'one was let in').toBe(en.arrived(3))
    expect(now(at('c', 'e')), 'as many as before, and one of them new').toBe(en.arrived(2))
    now(at('c', 'e', 'f', 'g'))
    now(at('e', 'f', 'g'))
    vi.advanceTimersByTime(QUIET_MS)
    flushSync()
    expect(said(), 'as many as wait when it is said').toBe(en.arrived(3))
    now(at('f', 'g', 'h'))
    now(at())
    vi.advanceTimersByTime(QUIET_MS)
    flushSync()
    expect(said(), 'all are in').toBe(en.arrived(3))
  } finally {
    vi.useRealTimers()
  }
})

test('F30 the focus is not lost with the line of somebody whom another facilitator lets in', async () => {
  const two = { waiting: { b: { number: 1, name: 'Ben' }, c: { number: 2, name: 'Cleo' } } }
  const { show } = await panel(two)
  button(en.letInOf('Cleo')).focus()
  show({ waiting: { c: two.waiting.c } })
  await waitFor(() => expect(screen.queryByText('Ben')).toBeNull())
  expect(button(en.letInOf('Cleo'))).toHaveFocus()
  show({ waiting: {} })
  await waitFor(() => expect(screen.getByText(en.waitsNoMore('Cleo'))).toHaveFocus())
})

test('F30 who has let in the last one and closes the list goes on at the button of people: the one that they came by is gone', async () => {
  const { show } = await panel({ waiting: { b: { number: 1, name: 'Ben' } } })
  await userEvent.click(button(en.letInOf('Ben')))
  show({ waiting: {} })
  await waitFor(() => expect(screen.getByText(en.isIn('Ben'))).toHaveFocus())
  await userEvent.click(button(console_.close))
  await waitFor(() => expect(screen.getByRole('button', { name: new RegExp(console_.here, 'u') })).toHaveFocus())
})

test('F30 all who wait are let in with one press, or told “not now” after a question', async () => {
  const { send } = await panel({ waiting: { b: { number: 1 }, c: { number: 2 } } })
  await userEvent.click(button(en.letAllIn(2)))
  expect(send).toHaveBeenLastCalledWith(undefined, { type: 'people.admit' })
  await userEvent.click(button(en.nobodyElse))
  expect(send).toHaveBeenCalledTimes(1)
  await userEvent.click(button(en.nobodyElseSure))
  expect(send).toHaveBeenLastCalledWith(undefined, { type: 'people.defer' })
})

test.each([
  [1_000, 899, 0, undefined],
  [1_000, 890, 10, en.near('900', '1,000')],
  [1_000, 1_000, 0, en.full('1,000')],
  [1_000, 1_200, 3, en.full('1,203')],
  [undefined, 5_000, 0, undefined],
])('F30 JO10 with room for %s, %i in and %i at the door, the console says what follows, and one press makes room', async (most, inside, waiting, says) => {
  const send = vi.fn(() => Promise.resolve(true))
  const of = (count: number, prefix: string) => Object.fromEntries(Array.from({ length: count }, (_, i) => [`${prefix}${i}`, { number: i }]))
  const view = { ...base, most, people: of(inside, 'p'), waiting: { ...of(waiting, 'w'), gone: { number: 0, notNow: true } } }
  render(Surface, { live: steady({}), component: Room, given: () => ({ view, controls: { send } }) })
  if (says === undefined) {
    expect(document.body).not.toHaveTextContent(/\d/u)
    return
  }
  expect(document.body).toHaveTextContent(says)
  await userEvent.click(button(en.raise(500)))
  expect(send).toHaveBeenCalledWith(undefined, { type: 'doors.cap', most: 1_500 })
})
