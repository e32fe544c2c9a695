/** A timer is a fact in the log: when it ends, or how much is left. No clock runs on the server, so a restart loses none. */
import { accept, type Decision } from '../activities/activity.ts'
import { refuse } from '../refusals.ts'
import type { SessionCommand } from './commands.ts'
import type { SessionEvent } from './events.ts'
import type { SessionState, Timer } from './model.ts'

type TimerCommand = Extract<SessionCommand, { type: `timer.${string}` }>

/** Whether a command is about the timer. */
export function isTimerCommand(command: SessionCommand): command is TimerCommand {
  return command.type.startsWith('timer.')
}

/** What happens to the timer (TI1 to TI3). `now` in ms. */
export function decideTimer(state: SessionState, command: TimerCommand, now: number): Decision<SessionEvent> {
  const timer = state.timer
  switch (command.type) {
    case 'timer.start':
      return changed({ total: command.total, ends: now + command.total })
    case 'timer.clear':
      return accept({ type: 'timer.changed' })
    case 'timer.add':
      return changed(timer === undefined ? started(command.more, now) : longer(timer, command.more, now))
    case 'timer.pause':
      return timer !== undefined && 'ends' in timer
        ? changed({ total: timer.total, left: Math.max(0, timer.ends - now) })
        : refuse('already')
    case 'timer.resume':
      return timer !== undefined && 'left' in timer ? changed({ total: timer.total, ends: now + timer.left }) : refuse('already')
  }
}

function changed(timer: Timer): Decision<SessionEvent> {
  return accept({ type: 'timer.changed', timer })
}

function started(total: number, now: number): Timer {
  return { total: Math.max(0, total), ends: now + Math.max(0, total) }
}

/** Time is added to what is left: to a timer that is over, from now on, so that "one minute more" is one minute. */
function longer(timer: Timer, more: number, now: number): Timer {
  const total = Math.max(0, timer.total + more)
  if ('left' in timer) return { total, left: Math.max(0, timer.left + more) }
  return { total, ends: Math.max(now, Math.max(now, timer.ends) + more) }
}
