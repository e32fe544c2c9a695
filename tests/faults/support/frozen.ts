/** A phone that is put to sleep in the middle of a post, as a system does it: its process is stopped, and knows of nothing. */
import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Plan } from '#shared/session/plan.ts'
import { random } from '#shared/random.ts'
import { planWith } from '../../support/kinds.ts'

/** The shortest sleep, ms; the longest is the share's. */
const SHORTEST_MS = 5_000
/** So long after the tap at most the process is stopped, ms: the command is written, sent and answered in that time. */
const AFTER_TAP_MS = 300
/** Steps of the draw; dice give whole numbers. */
const FINE = 1_000

/** One phone's fate, drawn from its seed. */
export interface Fate {
  seed: number
  /** What is written: no other phone's words. */
  words: string
  /** Where on the way of a post: in the middle of the words, before the tap reaches the page, or after it. */
  at: 'typing' | 'before' | 'after'
  /** After the tap, ms. */
  delay: number
  /** ms. */
  asleep: number
  /** The system ends the sleeping page for good; it is opened anew. */
  ended: boolean
  /** It has lost its network before the tap, and has it again when it wakes. */
  cut: boolean
}

/** The fate of this seed, asleep for 5 s to `longest` ms, long sleeps being as frequent as short ones on a logarithmic scale. */
export function fateOf(seed: number, longest: number): Fate {
  const dice = random(`frozen ${seed}`)
  const way = dice.below(10)
  const at = way < 2 ? 'typing' : way < 4 ? 'before' : 'after'
  const delay = dice.below(AFTER_TAP_MS + 1)
  const asleep = Math.round(SHORTEST_MS * (longest / SHORTEST_MS) ** (dice.below(FINE + 1) / FINE))
  const ended = dice.below(4) === 0
  const cut = dice.below(ended ? 2 : 5) === 0
  return { seed, words: `Words of phone ${seed} before it slept.`, at, delay, asleep, ended, cut }
}

/** One step that takes lines of people without a name: a phone is in as soon as it has opened the link. */
export function aLine(shipped: Plan): Plan {
  const config = { prompt: { en: 'Say' }, perPerson: 3, length: 100, byDepartment: false }
  return { ...planWith('answers', { config })(shipped), naming: 'none', askDepartment: false, languages: ['en'] }
}

/** What a page shows of its words. */
export interface Seen {
  box: string
  /** How often they stand among one's own lines, as the server sent them. */
  own: number
  /** The sentence about the newest post. */
  said: string
  /** Taps that the page has heard of since it was opened. */
  taps: number
}

/** In the page: what it sent, was answered and said, in the order in which it happened. Installs itself once. */
export const WATCH = `(() => {
  if (window.watched) return
  const watched = (window.watched = [])
  // By WebSocket, or by polling where that failed: there several packets come in one text, each of them once in every look at it.
  const note = (what, text) => {
    for (const packet of typeof text === 'string' ? text.split('\\x1e') : []) {
      const line = what + ' ' + packet
      if (packet.startsWith(what === 'sent' ? '42' : '43') && watched.at(-1) !== line) watched.push(line)
    }
  }
  for (const way of [WebSocket, XMLHttpRequest]) {
    const send = way.prototype.send
    way.prototype.send = function (body) {
      note('sent', body)
      return send.call(this, body)
    }
  }
  for (const [way, name] of [[MessageEvent, 'data'], [XMLHttpRequest, 'responseText']]) {
    const given = Object.getOwnPropertyDescriptor(way.prototype, name)
    Object.defineProperty(way.prototype, name, { ...given, get() {
      const value = given.get.call(this)
      note('answer', value)
      return value
    } })
  }
  window.taps = 0
  window.addEventListener('click', () => { window.taps += 1 }, true)
  let last = ''
  new MutationObserver(() => {
    const said = document.querySelector('.sent')?.textContent.trim() ?? ''
    if (said !== last) watched.push('said ' + said)
    last = said
  }).observe(document, { subtree: true, childList: true, characterData: true })
})()`

/** In the page: what it shows of these words, as JSON of \`Seen\`. */
export const look = (words: string): string => `JSON.stringify({
  box: document.querySelector('textarea')?.value ?? '',
  own: [...document.querySelectorAll('li')].filter((line) => line.textContent.includes(${JSON.stringify(words)})).length,
  said: document.querySelector('.sent')?.textContent.trim() ?? '',
  taps: window.taps ?? 0,
})`

/** Whether the words are somewhere a person can find them: still in the box, on their way, or saved. */
export function somewhere({ box, own, said }: Seen, written: string): boolean {
  return box.includes(written) || own > 0 || /^(Saving|Saved|Not saved)/u.test(said)
}

/** True if the page said "Saved" of these words before it was told so. */
export function saidTooEarly(watched: readonly string[], words: string): boolean {
  const saved = watched.indexOf('said Saved')
  if (saved < 0) return false
  const ids = watched.flatMap((one) => (one.startsWith('sent 42') && one.includes(words) ? [/^sent 42(\d+)/u.exec(one)?.[1]] : []))
  const told = watched.findIndex((one) => ids.some((id) => one.startsWith(`answer 43${id}[{"ok":true`)))
  return told < 0 || told > saved
}

const stopped = new Set<number>()
// However the run ends, nothing stays behind that is stopped for ever.
process.on('exit', () => wake([...stopped]))

/** Stops processes (SIGSTOP); resolves when the system says that they stand still. */
export async function stop(pids: readonly number[]): Promise<void> {
  for (const pid of pids) if (signal(pid, 'SIGSTOP')) stopped.add(pid)
  while (!pids.every(standsStill)) await sleep(1)
}

/** Lets them go on, or ends them for good. */
export function wake(pids: readonly number[], by: 'SIGCONT' | 'SIGKILL' = 'SIGCONT'): void {
  for (const pid of pids) {
    stopped.delete(pid)
    signal(pid, by)
  }
}

/** False if the process is gone: a browser keeps one in reserve, and ends it when it likes. */
function signal(pid: number, by: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, by)
  } catch {
    return false
  }
}

function standsStill(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return /^[TtZX]$/u.test(stat.slice(stat.lastIndexOf(')') + 2)[0] ?? '')
  } catch {
    return true
  }
}

/** Does `work` for all, `width` at a time; rejects with what fails first, once all that was begun has ended. */
export async function sideBySide<T>(all: readonly T[], width: number, work: (one: T) => Promise<void>): Promise<void> {
  const left = [...all]
  const failed: unknown[] = []
  const worker = async () => {
    for (let one = left.shift(); one !== undefined && failed.length === 0; one = left.shift()) await work(one).catch((error: unknown) => failed.push(error))
  }
  await Promise.all(Array.from({ length: width }, worker))
  if (failed.length > 0) throw failed[0]
}
