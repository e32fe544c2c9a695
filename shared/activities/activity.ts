/**
 * The contract of an activity: what people do in a step, as three pure functions (start, decide, evolve), a view for each
 * audience and a report for the notes. A kind knows nothing of sockets, storage, clocks or dice; all of that comes in as arguments.
 */
import type { TObject, TSchema } from 'typebox'
import type { Localized } from '../localized.ts'
import type { Refusal } from '../refusals.ts'
import type { Section } from '../report/model.ts'

export type PersonId = string
export type StepId = string
/** An anonymous author: a keyed hash of a scope (mostly the step) and a secret that only the device keeps. */
export type Tag = string
/** Whoever stands behind a contribution: a person's id in a named step, a tag in an anonymous one, FACILITATORS for them. */
export type Author = PersonId | Tag

export const FACILITATORS: Author = 'facilitators'

/** Who may send a command. Co-facilitators and the host act as facilitators; the screen sends nothing. */
export type Sender = 'facilitator' | 'participant'

export interface Department {
  order: number
  name: Localized
}

/** A group of the step's place. */
export interface PlacedGroup {
  order: number
  members: readonly PersonId[]
  /** Whose department it is, where people are grouped by it. */
  department?: string
}

/** What a kind may know of a step of the plan. */
export interface StepAround {
  order: number
  kind: string
  title: Localized
  started: boolean
  over: boolean
  /** The grouping that it takes place in; absent: the plenary. */
  place?: string
  /** The room had left it, and is in it again. */
  returned?: true
}

/** What a kind may know of the session around it. Read only. */
export interface Surroundings<Config> {
  /** As the plan has it now: it may have been edited since the step began. */
  config: Config
  step: StepId
  title: Localized
  anonymous: boolean
  /** Numbers about anonymous answers of fewer people than this are not shown to anybody. */
  k: number
  /** The steps of the plan in order, hidden ones left out: titles for reports that name steps. */
  steps: Readonly<Record<StepId, StepAround>>
  currentStep: StepId | undefined
  departments: Readonly<Record<string, Department>>
  /** The name that the author chose to be known by; undefined for tags, and where the naming policy is "none". */
  nameOf(author: Author): string | undefined
  /** The department that a person told us, if any; always undefined for tags. */
  departmentOf(author: Author): string | undefined
  /** The groups of the step's place, members in the order of the draw; absent in the plenary. */
  groups?: Readonly<Record<string, PlacedGroup>>
  /** The short number on a person's phone: what they are known by where there are no names. Undefined for tags. */
  numberOf?(author: Author): number | undefined
  /** The activity state of another step of this session, for kinds that take their material from it (then and now). Who asks is asked again when that step changes. */
  stateOf(step: StepId): unknown
  /** The same object for as long as the plan and what people go by stay as they are: what a kind remembers is kept under it. Absent: nothing is. */
  sameFor?: object
}

export interface DecideContext<Config> extends Surroundings<Config> {
  sender: Sender
  /** Who is speaking, as this step may know them. */
  author: Author
  /** The sender's tag in another scope, for kinds that must not link a person's acts over several steps. */
  tag(scope: string): Tag
  /** Server time, ms since the epoch. Not to be stored in anonymous steps. */
  now: number
  /** Fresh randomness of this command, for `random(seed)`. What is drawn must be stored in the event. */
  seed: string
  /** A fresh public id, for the thing that this command makes. Never derived from the command's own id. */
  id: string
}

/** One participant, as their own views may know them. */
export interface Viewer {
  author: Author
  tag(scope: string): Tag
}

export type Decision<Event> = { events: Event[] } | Refusal

/** Accepts a command: these events follow from it. */
export function accept<Event>(...events: Event[]): { events: Event[] } {
  return { events }
}

/** A thing that a later step may take as its material. */
export interface Item {
  id: string
  text: string
  kind?: string
  group?: string
}

/** Which authors' own views an event changes. Shared views are looked at after every event of the step. */
export type Touched = readonly Author[] | 'all'

/** What each audience may be sent of a kind. These types are the closed schemas that every frame is held against in the tests. */
export interface KindViews {
  facilitator: unknown
  screen: unknown
  everyone: unknown
  mine: unknown
  standing?: unknown
  standingForFacilitators?: unknown
}

/** A kind that sends something to stand at hand says in its views what that is. */
type Declared<Views, Name extends keyof KindViews> = Views extends Record<Name, infer View> ? View : never

export interface Activity<
  Config = unknown,
  State = unknown,
  Command extends { type: string } = { type: string },
  Event extends { type: string } = { type: string },
  Views extends KindViews = Required<KindViews>,
> {
  kind: string
  /** Nobody's name ever stands beside what is said here, whatever a plan says: the phone promises it in the kind's own words. */
  alwaysAnonymous?: true
  /** What the planner edits. */
  config: TSchema
  /** A closed schema for every command, by its type. */
  commands: Record<Command['type'], TObject>
  /** Every command → who may send it. What is not listed is refused. */
  may: Record<Command['type'], readonly Sender[]>
  /** Commands that are taken although the step is locked (a facilitator's are always). */
  whenLocked?: readonly Command['type'][]
  /** Commands of participants are taken from the step's start to the session's end, whatever step is current; else the same, but the phone shows only the current step. */
  start(config: Config): State
  decide(state: State, command: Command, context: DecideContext<Config>): Decision<Event>
  /** Writes the event into the state, which the room alone owns. Deterministic: no clock, no dice. */
  evolve(state: State, event: Event): void
  /** A copy that `evolve` may write into without touching the first, where one is cheaper than copying everything. */
  copy?(state: State): State
  /** The text that `JSON.stringify` makes of the state, where it can be had cheaper. */
  json?(state: State): string
  touches(event: Event): Touched
  /** All that steps which look into this one (`stateOf`) take from it: while it is the same, what was made of them stays. Absent: anything. */
  facing?(state: State): unknown
  /** "Next" and "back" inside the step (agreement by agreement, level by level): the event, or undefined to leave the step. */
  next?(state: State, around: Surroundings<Config>): Event | undefined
  back?(state: State, around: Surroundings<Config>): Event | undefined
  /** True once anybody has contributed: from then on the step's anonymity is frozen. */
  begun(state: State): boolean
  views: {
    /** Built field by field: keyed maps, no null, no arrays of objects, nothing spread from state. */
    facilitator(state: State, around: Surroundings<Config>): Views['facilitator']
    screen(state: State, around: Surroundings<Config>): Views['screen']
    everyone(state: State, around: Surroundings<Config>): Views['everyone']
    /** What one participant alone sees: their own contributions. Undefined: nothing. */
    mine(state: State, viewer: Viewer, around: Surroundings<Config>): Views['mine'] | undefined
    /** What stays at hand on every phone and screen for the rest of the session, once the step has begun. */
    standing?(state: State, around: Surroundings<Config>): Declared<Views, 'standing'> | undefined
    /** The same on the console, where facilitators see more of it. */
    standingForFacilitators?(state: State, around: Surroundings<Config>): Declared<Views, 'standingForFacilitators'> | undefined
  }
  gives?(state: State, around: Surroundings<Config>): Item[]
  /** For the notes to send: what the room made. */
  report(state: State, around: ReportContext<Config>): Section[]
  /** For the facilitator's record alone: what was withheld, and why. */
  record?(state: State, around: ReportContext<Config>): Section[]
  /** Single posts that those who led may read, with the ids by which `redact` removes them. Never part of a document. */
  readable?(state: State, around: ReportContext<Config>): readonly { id: string; text: string }[]
  /** The state without tags and without order, once the session has ended. Only called for anonymous steps. */
  seal(state: State, seed: string): State
  /** Removes what one author contributed, or one contribution by id: how a word is taken back for good. Changes nothing where there is none. */
  redact(state: State, what: { author: Author } | { id: string }): void
  /** Under which other tags the owner of a tag function has contributed to this step, where a kind doesn't go by one: erasing a person asks. */
  aliases?(state: State, step: StepId, tag: (scope: string) => Tag): readonly Author[]
  /** True of an event after which words are gone for good: what the log holds of the step is written anew without them. */
  erases?(event: Event): boolean
}

export interface ReportContext<Config> extends Surroundings<Config> {
  lang: 'en' | 'es'
}

/** Declares a kind, with its types inferred once and checked against the contract. */
export function defineActivity<
  Config,
  State,
  Command extends { type: string },
  Event extends { type: string },
  Views extends KindViews,
>(activity: Activity<Config, State, Command, Event, Views>): Activity<Config, State, Command, Event, Views> {
  return activity
}
