/**
 * Numbers as Prometheus reads them: text exposition format 0.0.4, written by hand. Three kinds and one label each are all that we use,
 * and counting an act must cost nanoseconds; a library would bring a registry, timers and dozens of numbers about Node besides.
 */

/** One number of a family; `labels` are in the order in which they are written. */
export interface Sample {
  labels?: Readonly<Record<string, string>>
  value: number
}

export interface Family {
  name: string
  /** All its lines, each ended. */
  text(): string
}

/** Rises, and never falls while the process lives. Its name ends in `_total`. */
export interface Counter extends Family {
  /** `which` is the value of its label, if it has one: out of a closed list, or the numbers would grow without end. */
  add(by?: number, which?: string): void
}

/** How often something took how much. */
export interface Histogram extends Family {
  observe(value: number): void
}

/** A counter; with `label`, one number for each of its `values`, which are told from the start, so that a rise from nothing is seen. */
export function counter(name: string, help: string, label?: string, values: readonly string[] = []): Counter {
  const counts = new Map<string, number>((label === undefined ? [''] : values).map((value) => [value, 0]))
  return {
    name,
    add(by = 1, which = '') {
      counts.set(which, (counts.get(which) ?? 0) + by)
    },
    text: () => family(name, 'counter', help, [...counts].map(([which, value]) => ({ value, ...(label === undefined ? {} : { labels: { [label]: which } }) }))),
  }
}

/** A number that is asked for when somebody reads it; without samples nothing is told of it. */
export function gauge(name: string, help: string, read: () => readonly Sample[], kind: 'gauge' | 'counter' = 'gauge'): Family {
  return { name, text: () => family(name, kind, help, read()) }
}

/** A histogram with these upper bounds, lowest first; whatever is above the last of them is counted too. */
export function histogram(name: string, help: string, bounds: readonly number[]): Histogram {
  const counts = new Float64Array(bounds.length + 1)
  let sum = 0
  return {
    name,
    observe(value) {
      let at = 0
      while (at < bounds.length && value > (bounds[at] as number)) at += 1
      counts[at] = (counts[at] ?? 0) + 1
      sum += value
    },
    text() {
      let below = 0
      const buckets = [...counts].map((count, i) => {
        below += count
        return line(`${name}_bucket`, { labels: { le: i < bounds.length ? String(bounds[i]) : '+Inf' }, value: below })
      })
      return [head(name, 'histogram', help), ...buckets, line(`${name}_sum`, { value: sum }), line(`${name}_count`, { value: below })].join('')
    },
  }
}

function family(name: string, kind: string, help: string, samples: readonly Sample[]): string {
  return samples.length === 0 ? '' : [head(name, kind, help), ...samples.map((sample) => line(name, sample))].join('')
}

function head(name: string, kind: string, help: string): string {
  return `# HELP ${name} ${help.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')}\n# TYPE ${name} ${kind}\n`
}

function line(name: string, { labels = {}, value }: Sample): string {
  const pairs = Object.entries(labels).map(([label, text]) => `${label}="${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`)
  return `${name}${pairs.length > 0 ? `{${pairs.join(',')}}` : ''} ${String(value)}\n`
}
