/** Presenter keys, the same on the console and in the screen's window. Clickers send PageUp and PageDown. */
import type { Storage } from './storage.ts'

export type Wish = 'next' | 'back' | 'results' | 'blank' | 'timer' | 'qr' | 'full' | 'list' | 'step'

const ALWAYS: Record<string, Wish> = {
  ArrowRight: 'next',
  ArrowDown: 'next',
  PageDown: 'next',
  ArrowLeft: 'back',
  ArrowUp: 'back',
  PageUp: 'back',
  ' ': 'results',
  Escape: 'step',
}

/** WCAG 2.1.4: single letters can be switched off. */
const LETTERS: Record<string, Wish> = { b: 'blank', t: 'timer', q: 'qr', f: 'full', '?': 'list', '.': 'blank' }

const SWITCH = 'gw/letters'

/** Whether single letters are keys on this device: one switch for the console and the screen's window. */
export function lettersOn(device: Storage): boolean {
  return device.get(SWITCH) !== 'off'
}

/** Keeps the choice on the device, for both windows. */
export function switchLetters(device: Storage, on: boolean): void {
  device.set(SWITCH, on ? 'on' : 'off')
}

/** What a key asks for, or undefined: in a field, with a modifier, or on a control of its own the key stays what it is. */
export function wishOf(event: KeyboardEvent, letters: boolean): Wish | undefined {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat) return undefined
  // Whatever has the focus: keys belong to an open sheet alone, Escape above all.
  if (document.querySelector('dialog[open]') !== null) return undefined
  const target = event.target instanceof Element ? event.target : undefined
  const within = (selector: string) => Boolean(target?.closest(selector))
  if (within('input, textarea, select, [contenteditable]')) return undefined
  if (event.key === ' ' && within('button, a, summary, [role="tab"]')) return undefined
  if (event.key.startsWith('Arrow') && within('[role="tablist"], [role="radiogroup"], [draggable="true"]')) return undefined
  return ALWAYS[event.key] ?? (letters ? LETTERS[event.key.toLowerCase()] : undefined)
}

/** The line between a screen's window and the console in the same browser: the screen itself may not command anything. */
export function keyLine(session: string, heard?: (wish: Wish) => void): { tell: (wish: Wish) => void; close: () => void } {
  if (typeof BroadcastChannel === 'undefined') return { tell: () => undefined, close: () => undefined }
  const channel = new BroadcastChannel(`gatherwell/${session}`)
  if (heard !== undefined) channel.onmessage = (event: MessageEvent<Wish>) => heard(event.data)
  return { tell: (wish) => channel.postMessage(wish), close: () => channel.close() }
}

/** Full screen on and off, where the browser allows it. */
export function toggleFullScreen(): void {
  if (document.fullscreenElement !== null) void document.exitFullscreen()
  else void document.documentElement.requestFullscreen?.().catch(() => undefined)
}
