/** Whether this device asks for less motion. Durations in script become zero then, as those in style sheets do. */
export function lessMotion(): boolean {
  return typeof matchMedia === 'function' && matchMedia('(prefers-reduced-motion: reduce)').matches
}
