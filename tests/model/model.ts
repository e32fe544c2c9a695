/**
 * The reference model of one session: who asked for what, in which order storage took it, and what must follow from that. It
 * decides each stored act once more, alone and in order, and wants exactly the events that were stored: no effect is lost,
 * doubled, or anybody else's. What people wrote it follows by marks, without knowing what a kind does with words.
 */
import { decideActivity, decideJoin, decideSession } from '#shared/session/decide.ts'
import { withoutPeople } from '#shared/session/erased.ts'
import { replacedBy, stepOf, type SessionEvent } from '#shared/session/events.ts'
import { evolve, fold } from '#shared/session/evolve.ts'
import { sealing } from '#shared/session/flow.ts'
import { emptySession, type SessionState } from '#shared/session/model.ts'
import { whoIs } from '#shared/session/merge.ts'
import { storedTime } from '#shared/session/time.ts'
import type { Audience } from '#shared/session/views/types.ts'
import { doorView, everyoneView, facilitatorView, mineView, screenView } from '#shared/session/views/views.ts'
import { diff } from '#shared/wire/merge-patch.ts'
import { parseCommand } from '#shared/wire/parse.ts'
import type { Act, Answer } from '#shared/wire/protocol.ts'
import { receiptOf, tagOf } from '../../server/access/veil.ts'
import { MARK, marksIn, sameThing, type Sent } from './marks.ts'
import type { Committed, Store } from './memory-log.ts'
import type { Who } from './page.ts'
import type { Throw } from './world.ts'

/** How often it is guessed by which throws something was made that is not stored; the last guess is the first again. */
const GUESSES = 64
export class Model {
  readonly problems: string[] = []
  readonly acts = new Map<string, Sent>()
  state: SessionState
  #session: string
  #store: Store
  #thrown: readonly Throw[]
  /** Throws of the dice that are spoken for. */
  #spent = 0
  #followed = 0
  #blanks = new Set<string>()
  #blanksTo = 0
  #byReceipt = new Map<string, Sent>()
  #joining: { person: string; name: string; department?: string }[] = []
  /** Acts with an effect, in the order of storage. */
  readonly done: Sent[] = []

  constructor(session: string, store: Store, thrown: readonly Throw[]) {
    this.#session = session
    this.#store = store
    this.#thrown = thrown
    this.state = emptySession(session, undefined as never)
    this.follow()
  }

  joining(person: string, name: string, department?: string): void {
    this.#joining.push({ person, name, ...(department === undefined ? {} : { department }) })
  }

  sent(act: Act, who: Who): void {
    const sent: Sent = { act, who, since: this.#followed }
    this.acts.set(act.id, sent)
    this.#byReceipt.set(receiptOf(this.#session, act.id), sent)
  }

  /** This act's refusal was not told to every server: a copy of it that is late may be taken there. */
  forgiven: (receipt: string) => boolean = () => false

  /** A page was told: a yes is durable or changes nothing, a no left nothing (A5, ID3). */
  answered(id: string, answer: Answer): void {
    this.follow()
    const sent = this.acts.get(id)
    if (sent === undefined) return
    const named = `${sent.act.step ?? 'session'}/${sent.act.do.type}`
    if (sent.answer !== undefined && sent.answer.ok !== answer.ok) this.problems.push(`${named} was answered ${JSON.stringify(sent.answer)}, then ${JSON.stringify(answer)}`)
    sent.answer = answer
    if (!answer.ok && sent.commit !== undefined && !this.forgiven(receiptOf(this.#session, id))) this.problems.push(`${named} was refused (${answer.code}) and is stored`)
    if (answer.ok && sent.commit === undefined && !this.#changedNothing(sent)) this.problems.push(`A1 A5 ${named} was answered yes and is not stored`)
  }

  /** Takes in what has been stored since. */
  follow(): void {
    const history = this.#store.history(this.#session)
    for (; this.#followed < history.length; this.#followed += 1) this.#commit(history[this.#followed] as Committed)
  }

  view(audience: Audience, who: Who): unknown {
    if (audience === 'everyone') return everyoneView(this.state)
    if (audience === 'screen') return screenView(this.state)
    if (audience === 'facilitator') return facilitatorView(this.state)
    if (audience === 'door') return who.door === 'phone' ? doorView(this.state, who.person) : undefined
    return who.door === 'phone' ? mineView(this.state, whoIs(this.state, who.person), tagger(who, this.#session)) : undefined
  }

  /** What storage would fold into is what the acts made. */
  checkLog(): void {
    const rows = this.#store.rows(this.#session)
    const state = fold(this.#session, rows.map(({ data, at }) => ({ event: JSON.parse(data) as SessionEvent, at })))
    if (!same(state, this.state)) this.problems.push(`the log is not what the acts made, which would be so much different: ${JSON.stringify(diff(state, this.state))}`)
  }

  /**
   * Of what a commit drops in itself nobody can tell which throw of the dice it was made by: where one leads to something else than what is
   * stored, it was another.
   */
  #commit(commit: Committed): void {
    const before = { state: commit.dropSteps === undefined ? undefined : structuredClone(this.state), spent: this.#spent, done: this.done.length, problems: this.problems.length }
    for (let tries = 0; tries <= GUESSES; tries += 1) {
      this.#take(commit, [tries % 4, (tries >> 2) % 4, (tries >> 4) % 4])
      if (before.state === undefined || tries === GUESSES || this.problems.length === before.problems) return
      this.state = structuredClone(before.state)
      this.#spent = before.spent
      for (const sent of this.done.splice(before.done)) delete sent.commit
      this.problems.splice(before.problems)
    }
  }

  #take(commit: Committed, skips: number[]): void {
    const events = commit.events.map(({ data }) => JSON.parse(data) as SessionEvent)
    let next = 0
    const [first] = events
    if (first?.type === 'session.created') {
      this.state = fold(this.#session, events.map((event, i) => ({ event, at: commit.events[i]?.at ?? 0 }))) ?? this.state
      return
    }
    // Of several servers each has drawn for drafts that came to nothing: this is of the last one of its own.
    if (commit.by !== undefined) {
      const last = this.#thrown.findLast(({ by, when }) => by === commit.by && when <= commit.when)
      this.#spent = Math.max(this.#spent, this.#thrown.findIndex(({ by, when }) => by === commit.by && when === last?.when))
    }
    /** Steps whose replacement in this commit has been seen: what came before it in the same commit is not stored. */
    const replaced = new Set<string>()
    /** Lets these happen if they are what was stored next. */
    const take = (decided: readonly SessionEvent[], now: number, sure: () => boolean = () => true): boolean => {
      let at = next
      const seen = new Set<string>()
      const times: (number | undefined)[] = []
      for (const event of decided) {
        const step = stepOf(event)
        const same = JSON.stringify(withoutPeople(event, new Set(commit.dropPeople)) ?? event) === JSON.stringify(events[at])
        const waits = step !== undefined && commit.dropSteps?.includes(step) === true && !replaced.has(step) && !seen.has(step)
        if (!same && !waits) return false
        times.push(same ? commit.events[at]?.at : undefined)
        if (same) at += 1
        if (same && waits && replacedBy(event) === step) seen.add(step)
      }
      if (times.includes(undefined) && !sure()) return false
      decided.forEach((event, i) => {
        // When a throw was made says when at the latest; several may say the same.
        const when = storedTime(this.state, event, times[i] ?? now)
        if (when !== (times[i] ?? when)) this.problems.push(`AU6 ${event.type} is stored with a time that is nobody’s to know`)
        evolve(this.state, JSON.parse(JSON.stringify(event)) as SessionEvent, when)
      })
      for (const step of seen) replaced.add(step)
      next = at
      return true
    }
    const joins = () => {
      for (;;) {
        const event = events[next]
        // Who had knocked has joined by what a facilitator asked for.
        const came = (event?.type === 'person.joined' || event?.type === 'person.knocked') && !Object.hasOwn(this.state.waiting, event.person)
        const join = came ? this.#joining.find(({ person }) => person === event.person) : undefined
        if (join === undefined) return
        const decided = decideJoin(this.state, { type: 'person.join', ...join })
        if ('refused' in decided || decided.events.length === 0 || !take(decided.events, commit.events[next]?.at ?? commit.now)) return void this.problems.push(`${join.person} joined in a way that the rules do not know: ${JSON.stringify(events.slice(next))}`)
      }
    }
    // One that ends before anything was said has nothing to rewrite.
    const ends = events.some(({ type }) => type === 'session.ended')
    for (const receipt of commit.receipts) {
      joins()
      const sent = this.#byReceipt.get(receipt)
      if (sent === undefined && (commit.dropSteps !== undefined || ends) && this.#isBlank(receipt)) continue
      if (sent === undefined) return void this.problems.push(`something is stored for a command that nobody sent: ${JSON.stringify(events)}`)
      if (sent.commit !== undefined) this.problems.push(`A2 ${sent.act.do.type} is stored twice`)
      if (!this.#explained(sent, take, skips)) return void this.problems.push(`A2 ${sent.act.step ?? 'session'}/${sent.act.do.type} of ${JSON.stringify(sent.who)} has another effect than the rules say: ${JSON.stringify(events.slice(next))}`)
      sent.commit = this.#followed
      this.done.push(sent)
      for (const mark of marksIn(sent.act)) {
        const { step } = sent.act
        if (step !== undefined && !JSON.stringify(this.state.steps[step]?.state).includes(mark)) this.problems.push(`A1 what was written is not in the state: ${mark} ${JSON.stringify(sent.act)}`)
      }
    }
    joins()
    if (this.state.phase === 'ended' && commit.dropSteps !== undefined && next < events.length) {
      const seal = this.#thrown.findIndex(({ seed }, i) => i >= this.#spent && JSON.stringify(sealing(this.state, seed)) === JSON.stringify(events.slice(next)))
      const drawn = this.#thrown[seal]
      if (drawn !== undefined && take(sealing(this.state, drawn.seed), drawn.at)) this.#spent = seal + 1
    }
    if (next < events.length) this.problems.push(`A2 an effect that nobody asked for: ${JSON.stringify(events.slice(next))}`)
  }

  /** Receipts of nothing, thrown by the server's own dice: beside an ended session's events they hide how many there were. */
  #isBlank(receipt: string): boolean {
    for (; this.#blanksTo < this.#thrown.length; this.#blanksTo += 1) this.#blanks.add(receiptOf(this.#session, this.#thrown[this.#blanksTo]?.seed ?? ''))
    return this.#blanks.has(receipt)
  }

  /** Finds the throw of the dice with which the rules say what was stored. */
  #explained(sent: Sent, take: (decided: readonly SessionEvent[], now: number, sure: () => boolean) => boolean, skips: number[]): boolean {
    let skip: number | undefined
    const sure = () => (skip = (skip ?? skips.shift() ?? 0) - 1) < 0
    for (let i = this.#spent; i < this.#thrown.length; i += 1) {
      const thrown = this.#thrown[i] as Throw
      const decided = this.#decide(this.state, sent, thrown.at, thrown)
      if (decided === undefined || decided.length === 0 || !take(decided, thrown.at, sure)) continue
      this.#spent = i + 1
      return true
    }
    return false
  }

  /** What follows from an act in a state; undefined: a refusal. */
  #decide(state: SessionState, { act, who }: Sent, now: number, { seed, id }: { seed: string; id?: string } = { seed: 'seed' }): SessionEvent[] | undefined {
    const person = who.door === 'phone' ? whoIs(state, who.person) : ''
    if (who.door === 'screen' || (who.door === 'phone' && state.people[person]?.removed === true)) return undefined
    const parsed = parseCommand(state, act.step, act.do)
    if ('refused' in parsed) return undefined
    const context = {
      ...(who.door === 'phone' ? { sender: 'participant' as const, person, tag: tagger(who, this.#session) } : { sender: 'facilitator' as const, tag: () => 'facilitators' }),
      now, seed, id: id ?? '',
    }
    const decision = 'session' in parsed.value ? decideSession(state, parsed.value.session, context) : decideActivity(state, parsed.value.step, parsed.value.command, context)
    return 'refused' in decision ? undefined : decision.events
  }

  /** Whether there was a moment since it was made at which it had nothing to change. */
  #changedNothing(sent: Sent): boolean {
    const now = Date.now()
    if (this.#decide(this.state, sent, now)?.length === 0) return true
    let state: SessionState | undefined
    return this.#store.history(this.#session).slice(0, this.#followed).some((commit, i) => {
      for (const { data, at } of commit.events) {
        const event = JSON.parse(data) as SessionEvent
        if (event.type === 'session.created') state = emptySession(this.#session, event.plan)
        else if (state !== undefined) evolve(state, event, at)
        if (state !== undefined && i + 1 >= sent.since && this.#decide(state, sent, now)?.length === 0) return true
      }
      return false
    })
  }

  /** Words of an act that nothing later was about: they must still stand in their step, and before their author (A1). */
  checkWords(): void {
    const states = Object.fromEntries(Object.entries(this.state.steps).map(([step, run]) => [step, JSON.stringify(run.state)]))
    this.done.forEach((sent, i) => {
      const { step } = sent.act
      if (step === undefined || this.state.steps[step]?.sealed === true) return
      // Under whichever name they had come in.
      if (this.#isErased(sent) || this.#isOfErased(sent)) return
      for (const mark of marksIn(sent.act)) {
        // What its author took off an anonymous wall goes when others go with it: also after facilitators have written on it.
        const about = this.done.filter((other, j) => j > i || (other.act.do.type === 'take-back' && other !== sent))
        if (about.some((other) => sameThing(sent, other, this.#madeBy(sent)))) continue
        if (states[step]?.includes(mark) !== true) this.problems.push(`A1 ${mark} of ${sent.act.do.type} in ${step} is gone, and nobody asked for that`)
        // Who has become somebody else finds there what they say from then on.
        else if (sent.who.door === 'phone' && this.state.people[sent.who.person]?.as === undefined && !JSON.stringify(this.view('mine', sent.who)).includes(mark)) this.problems.push(`A1 ${mark} is not in its author’s own view`)
      }
    })
  }

  #isErased = ({ who }: Sent): boolean => who.door === 'phone' && this.state.people[who.person]?.erased === true

  /** It is about a card whose author was erased: what others said of it went with it. */
  #isOfErased({ act }: Sent): boolean {
    const { id } = act.do as { id?: unknown }
    return typeof id === 'string' && this.done.some((other) => this.#isErased(other) && this.#madeBy(other).includes(id))
  }

  /** Ids of what an act made, from what is stored of it. */
  #madeBy({ commit, act }: Sent): string[] {
    const marks = marksIn(act)
    return (this.#store.history(this.#session)[commit ?? -1]?.events ?? [])
      .filter(({ data }) => marks.some((mark) => data.includes(mark)))
      .flatMap(({ data }) => { const { id } = (JSON.parse(data) as { is?: { id?: string } }).is ?? {}; return id === undefined ? [] : [id] })
  }

  /** Marks of hidden cards: in nobody's view but facilitators' and their author's (F56). */
  checkHidden(): void {
    const shared = JSON.stringify([everyoneView(this.state), screenView(this.state)])
    for (const run of Object.values(this.state.steps)) {
      const { cards = {} } = run.state as { cards?: Record<string, { text: string; hidden?: object }> }
      for (const card of Object.values(cards)) {
        if (card.hidden !== undefined) for (const mark of card.text.match(MARK) ?? []) if (shared.includes(mark)) this.problems.push(`F56 ${mark} is hidden and is shown`)
      }
    }
  }
}

/** Whether two values are the same JSON, whatever the order of keys. */
export function same(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null || Array.isArray(a) !== Array.isArray(b)) return false
  const [left, right] = [a as Record<string, unknown>, b as Record<string, unknown>]
  for (const key in left) if (left[key] !== undefined && !(Object.hasOwn(right, key) && same(left[key], right[key]))) return false
  for (const key in right) if (right[key] !== undefined && (!Object.hasOwn(left, key) || left[key] === undefined)) return false
  return true
}

function tagger({ veil }: Extract<Who, { door: 'phone' }>, session: string): (scope: string) => string {
  return (scope) => tagOf(veil, session, scope)
}
