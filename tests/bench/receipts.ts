/** When which version was where: on the screen, and on the last of the phones. */
import type { Guest } from './guest.ts'

/** Taps are numbered in their text: "… #12;". */
const NUMBERED = /#(\d+);/gu

export class Receipts {
  #phones: number
  #everyone = new Map<number, { phones: number; last: number }>()
  #screen: { at: number; when: number }[] = []
  #shown = new Map<number, number>()

  constructor(phones: readonly Guest[], screen: Guest) {
    this.#phones = phones.length
    for (const guest of phones) {
      guest.watch = {
        patch: (_guest, audience, at) => {
          if (audience !== 'everyone') return
          const receipt = this.#everyone.get(at) ?? { phones: 0, last: 0 }
          this.#everyone.set(at, receipt)
          receipt.phones += 1
          receipt.last = performance.now()
        },
      }
    }
    screen.watch = {
      patch: (_guest, _audience, at, packet) => {
        const when = performance.now()
        this.#screen.push({ at, when })
        for (const [, number] of packet.matchAll(NUMBERED)) if (!this.#shown.has(Number(number))) this.#shown.set(Number(number), when)
      },
    }
  }

  /**
   * When a patch to the screen first carried this tap's text. A card that the page turned over within the same window is never
   * carried: then, when the screen had everything up to its version.
   */
  shown(tap: number, at: number): number {
    return this.#shown.get(tap) ?? this.screenAt(at)
  }

  /** When the screen had everything up to this version. */
  screenAt(at: number): number {
    return this.#screen.find((one) => one.at >= at)?.when ?? Infinity
  }

  /** When the last phone had everything up to this version. */
  lastAt(at: number): number {
    const version = this.#versionFrom(at)
    const receipt = version === undefined ? undefined : this.#everyone.get(version)
    return receipt?.phones === this.#phones ? receipt.last : Infinity
  }

  /** True once every phone and the screen have everything up to this version. */
  everywhere(at: number): boolean {
    return this.lastAt(at) < Infinity && this.screenAt(at) < Infinity
  }

  #versionFrom(at: number): number | undefined {
    for (const version of this.#everyone.keys()) if (version >= at) return version
    return undefined
  }
}
