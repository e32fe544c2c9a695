/**
 * The plan while it is being edited: what the page shows, what the server has, and how the one becomes the other. Every change is on
 * this device at once and on the server after a pause in typing. A plan that somebody else changed meanwhile is never overwritten unasked.
 */
import type { Plan } from '#shared/session/plan.ts'
import { request, type Reply } from '../../live/api.ts'
import type { Storage } from '../../live/storage.ts'
import { forgetDraft, keepDraft, readDraft } from './draft.ts'

/** A pause in typing: long enough not to save every letter, short enough that nobody waits for it. */
const PAUSE_MS = 900
/** After no answer, or a server that could not save. */
const RETRY_MS = 5_000
const PASSING = ['offline', 'portal', 'storage', 'failed', 'too-fast']

/** What the server did not take, and where in the plan ("steps.weather.title.en"). */
export interface Refused {
  code: string
  path: string
}

export type Saving = 'saved' | 'unsaved' | 'saving' | 'refused' | 'conflict'

export class PlanKeeper {
  /** The plan as it is on this page; undefined until it has come. */
  plan = $state.raw<Plan | undefined>()
  saving = $state<Saving>('saved')
  /** Why the newest change is not saved. */
  refused = $state.raw<Refused | undefined>()
  /** What was put back, since people have answered already. */
  frozen = $state.raw<Refused | undefined>()
  /** Why there is no plan to show. */
  missing = $state<string | undefined>()
  #session: string
  #storage: Storage
  #timer: ReturnType<typeof setTimeout> | undefined
  #sending = false
  #closed = false
  /** What the server has, and the version that it calls it. */
  #kept: { plan: Plan; version: string } | undefined

  constructor(session: string, storage: Storage) {
    this.#session = session
    this.#storage = storage
  }

  /** Reads the plan, and takes up what this device still has of an earlier visit. */
  async load(): Promise<void> {
    const reply = await this.#read()
    if (!reply.ok) {
      this.missing = reply.code
      return
    }
    this.missing = undefined
    const version = reply.version ?? ''
    const draft = readDraft(this.#storage, this.#session)
    this.#kept = { plan: reply.body, version }
    this.plan = draft?.plan ?? reply.body
    if (draft === undefined) return
    this.saving = draft.seen === version ? 'unsaved' : 'conflict'
    if (this.saving === 'unsaved') await this.save()
  }

  /** Shows the changed plan, keeps it here, and saves it after a pause. */
  change(plan: Plan): void {
    this.plan = plan
    this.frozen = undefined
    keepDraft(this.#storage, this.#session, { seen: this.#kept?.version ?? '', plan })
    if (this.saving === 'conflict') return
    if (!this.#sending) this.saving = 'unsaved'
    this.#later(PAUSE_MS)
  }

  /** Saves what is not saved yet, now. */
  async save(): Promise<void> {
    clearTimeout(this.#timer)
    const { plan } = this
    if (plan === undefined || this.#kept === undefined || this.#sending || this.saving === 'saved' || this.saving === 'conflict') return
    this.#sending = true
    this.saving = 'saving'
    const reply = await request<unknown>('PUT', this.#path(), plan, this.#kept.version)
    this.#sending = false
    if (reply.ok) this.#saved(plan, reply.version ?? '')
    else this.#no(reply.code, (reply.path ?? '').replace(/^plan\./u, ''))
  }

  /** Somebody else changed the plan: theirs stands, and what was written here is let go. */
  async takeTheirs(): Promise<void> {
    const reply = await this.#read()
    if (!reply.ok) return this.#no(reply.code, '', 'conflict')
    forgetDraft(this.#storage, this.#session)
    this.#kept = { plan: reply.body, version: reply.version ?? '' }
    this.plan = reply.body
    this.refused = undefined
    this.saving = 'saved'
  }

  /** Somebody else changed the plan: what is on this page takes its place. */
  async keepMine(): Promise<void> {
    const reply = await this.#read()
    if (!reply.ok) return this.#no(reply.code, '', 'conflict')
    this.#kept = { plan: reply.body, version: reply.version ?? '' }
    this.saving = 'unsaved'
    await this.save()
  }

  /** Saves what is left, and stops trying: what the server does not take now waits on this device for the next visit. */
  close(): void {
    void this.save()
    this.#closed = true
  }

  #read(): Promise<Reply<Plan>> {
    return request<Plan>('GET', this.#path())
  }

  #path(): string {
    return `/api/sessions/${encodeURIComponent(this.#session)}/plan`
  }

  #later(ms: number): void {
    clearTimeout(this.#timer)
    if (!this.#closed) this.#timer = setTimeout(() => void this.save(), ms)
  }

  #saved(plan: Plan, version: string): void {
    this.#kept = { plan, version }
    this.refused = undefined
    if (this.plan === plan) {
      forgetDraft(this.#storage, this.#session)
      this.saving = 'saved'
      return
    }
    // More was typed while it was on its way.
    if (this.plan !== undefined) keepDraft(this.#storage, this.#session, { seen: version, plan: this.plan })
    this.saving = 'unsaved'
    this.#later(PAUSE_MS)
  }

  #no(code: string, path: string, saving: Saving = 'refused'): void {
    this.refused = { code, path }
    this.saving = saving
    if (code === 'moved-on') this.saving = 'conflict'
    else if (code === 'frozen') this.#putBack(path)
    else if (saving === 'refused' && PASSING.includes(code)) this.#later(RETRY_MS)
  }

  /** What is frozen goes back to what it was, so that everything else can be saved. */
  #putBack(path: string): void {
    const { plan } = this
    const before = this.#kept?.plan
    const [, id = '', field] = path.split('.')
    const step = plan?.steps[id]
    const was = before?.steps[id]
    if (plan === undefined || before === undefined) return
    if (path === 'k') this.change({ ...plan, k: before.k })
    else if (step !== undefined && was !== undefined && field === 'anonymous') this.change({ ...plan, steps: { ...plan.steps, [id]: { ...step, anonymous: was.anonymous } } })
    else if (step !== undefined && field === 'hidden') this.change({ ...plan, steps: { ...plan.steps, [id]: { ...step, hidden: false } } })
    else if (was !== undefined) this.change({ ...plan, steps: { ...plan.steps, [id]: was } })
    else return
    this.refused = undefined
    this.frozen = { code: 'frozen', path }
  }
}
