/** So many tries of one account that do not succeed within the span, from wherever they come. */
const MOST = 10
const SPAN = 15 * 60_000
/** Accounts that are remembered; what is tried beyond them makes room by forgetting the oldest. */
const KEPT = 10_000

/** Counts tries by account until one succeeds, whether there is such an account or not: who guesses learns nothing from it. */
export class Attempts {
  readonly #tries = new Map<string, { count: number; until: number }>()
  readonly #now: () => Date

  constructor(now: () => Date) {
    this.#now = now
  }

  /** Seconds to wait before the account may be tried again; 0: none. */
  wait(account: string): number {
    const found = this.#tries.get(account)
    if (found === undefined || found.count < MOST) return 0
    return Math.max(0, Math.ceil((found.until - this.#now().getTime()) / 1000))
  }

  tried(account: string): void {
    const now = this.#now().getTime()
    const found = this.#tries.get(account)
    const open = found !== undefined && found.until > now ? found : { count: 0, until: now + SPAN }
    this.#tries.delete(account)
    this.#tries.set(account, { count: open.count + 1, until: open.until })
    for (const oldest of this.#tries.keys()) {
      if (this.#tries.size <= KEPT) break
      this.#tries.delete(oldest)
    }
  }

  right(account: string): void {
    this.#tries.delete(account)
  }
}
