/** Runes without a compiler: plain values, as Svelte itself makes of them on a server. Imported before anything that uses them. */
const plain = <T>(value: T): T => value

Object.assign(globalThis, { $state: Object.assign(plain, { raw: plain }) })
