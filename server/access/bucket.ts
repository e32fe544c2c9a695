/** Token buckets as data: the time comes in, the bucket goes out. */

/** `burst` at once, and `perSecond` in the long run. */
export interface Rate {
  burst: number
  perSecond: number
}

export interface Bucket {
  /** May be below zero: what was spent in debt is waited for. */
  tokens: number
  /** When `tokens` was right, in milliseconds. */
  at: number
}

/** Yes, or no with the wait after which it would be yes. */
export type Verdict = { ok: true } | { ok: false; waitMs: number }

export const OK: Verdict = { ok: true }

function refilled(bucket: Bucket | undefined, rate: Rate, now: number): Bucket {
  if (!bucket) return { tokens: rate.burst, at: now }
  // A clock that was set back gives nothing and takes nothing.
  const elapsed = Math.max(0, now - bucket.at)
  return { tokens: Math.min(rate.burst, bucket.tokens + (elapsed / 1000) * rate.perSecond), at: now }
}

/** Whether one token is there. */
export function judge({ tokens }: Bucket, rate: Rate): Verdict {
  return tokens >= 1 ? OK : { ok: false, waitMs: Math.ceil(((1 - tokens) / rate.perSecond) * 1000) }
}

export interface Buckets {
  /** Whether `key` has a token; nothing is taken. */
  peek(key: string, now: number): Verdict
  /** Takes a token whether it is there or not. */
  spend(key: string, now: number): void
  /** Takes a token if it is there. */
  take(key: string, now: number): Verdict
  /** Gives a token back that turned out not to be owed. */
  giveBack(key: string, now: number): void
}

/** So many buckets are kept before the first look for full ones, which say nothing that an unknown key does not. */
const FEW = 1_000

/** One bucket a key; full ones are forgotten as they get many. Of more than `most` keys the longest untouched are forgotten too. */
export function buckets(rate: Rate, most = 50_000): Buckets {
  const kept = new Map<string, Bucket>()
  /** At this size full buckets are looked for: twice what was left the last time, so that looking costs little a key. */
  let many = Math.min(FEW, most)

  function look(key: string, now: number): Bucket {
    const known = kept.get(key)
    const bucket = refilled(known, rate, now)
    // The clock was set back: from now on it counts as it is, or nobody would be let in until it has caught up.
    if (known && known.at > now) kept.set(key, bucket)
    return bucket
  }

  function keep(key: string, bucket: Bucket): void {
    kept.delete(key) // so that the map's order is the order of the last touch
    kept.set(key, bucket)
    if (kept.size > many) forget(bucket.at)
  }

  function forget(now: number): void {
    for (const [key, bucket] of kept) {
      if (refilled(bucket, rate, now).tokens >= rate.burst) kept.delete(key)
    }
    if (kept.size > most) {
      const target = Math.floor(most * 0.9) // not at every new key again
      for (const key of kept.keys()) {
        if (kept.size <= target) break
        kept.delete(key)
      }
    }
    many = Math.min(most, Math.max(FEW, 2 * kept.size))
  }

  function spend(key: string, now: number): void {
    const { tokens, at } = look(key, now)
    keep(key, { tokens: tokens - 1, at })
  }

  return {
    peek: (key, now) => judge(look(key, now), rate),
    spend,
    take(key, now) {
      const verdict = judge(look(key, now), rate)
      if (verdict.ok) spend(key, now)
      return verdict
    },
    giveBack(key, now) {
      const { tokens, at } = look(key, now)
      keep(key, { tokens: Math.min(rate.burst, tokens + 1), at })
    },
  }
}
