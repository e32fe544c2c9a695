/**
 * Every "no" that a command can meet: one closed list, so that sentences for people hang on codes (client/messages/refusals.ts).
 * A code never tells whether something that the asker may not see exists.
 */
export const REFUSALS = [
  'bad-shape', // not a command we know, or a field is missing, extra or too long; `path` names it
  'too-long', // a text over its limit; `path` names it
  'too-big', // more than one frame may hold
  'too-fast', // over the sender's rate: try again in a moment (retryable)
  'too-many', // a limit of things per person is reached
  'not-permitted', // this role may not do this, or the thing does not exist for it
  'not-found', // the thing is not there (any more), among things that the asker may see
  'not-open', // the session or step does not take this yet
  'locked', // the step is locked
  'full', // as many people are in as may be
  'ended', // the session has ended
  'moved-on', // somebody else moved the flow first; look and try again
  'already', // it has been done, and can be done once
  'too-few', // fewer than k people stand behind it, so it is not shown
  'frozen', // anonymity cannot be changed after the first answer
  'storage', // the server could not save it; nothing was kept (retryable)
] as const

export type RefusalCode = (typeof REFUSALS)[number]

export interface Refusal {
  refused: RefusalCode
  /** Where in the command, as "answers.2.text", for shape and length. */
  path?: string
}

/** Refusals after which the same command may be sent again unchanged. */
export const RETRYABLE: readonly RefusalCode[] = ['too-fast', 'storage']

/** Says no, with a code. */
export function refuse(code: RefusalCode, path?: string): Refusal {
  return path === undefined ? { refused: code } : { refused: code, path }
}
