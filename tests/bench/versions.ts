/** When which version was with how many, and when with the last of them. */

interface Arrival {
  from: number
  at: number
  heard: number
  last: number
}

export class Versions {
  /** In order: whoever hears a version first has heard all before it. */
  #arrivals: Arrival[] = []
  #byVersion = new Map<number, Arrival>()
  #listeners: number

  constructor(listeners: number) {
    this.#listeners = listeners
  }

  /** One listener has been brought from version `from` to `at`, now. */
  heard(from: number, at: number): void {
    let arrival = this.#byVersion.get(at)
    if (arrival === undefined) {
      arrival = { from, at, heard: 0, last: 0 }
      this.#byVersion.set(at, arrival)
      this.#arrivals.push(arrival)
    }
    arrival.heard += 1
    arrival.last = performance.now()
  }

  /** When the last listener had everything up to this version; Infinity while somebody has not. */
  lastAt(at: number): number {
    const arrival = this.#arrivals[this.#after(at)]
    return arrival?.heard === this.#listeners ? arrival.last : Infinity
  }

  /** The same, where what was told holds this version's own change; undefined where nobody was told anything for it. */
  toldAt(at: number): number | undefined {
    const arrival = this.#arrivals[this.#after(at)]
    return arrival === undefined || arrival.from >= at ? undefined : this.lastAt(at)
  }

  /** The first that is not before `at`. */
  #after(at: number): number {
    let [low, high] = [0, this.#arrivals.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.#arrivals[middle] as Arrival).at < at) low = middle + 1
      else high = middle
    }
    return low
  }
}
