import { createHash } from 'node:crypto'

/** So many tries of one account that do not succeed within the span, from wherever they come. */
const MOST = 10
const SPAN = 15 * 60_000
/** Until tries that are under way have ended. */
const UNDER_WAY_SECONDS = 5
/** Accounts that were tried less often; what is tried beyond them makes room by forgetting the oldest. */
const KEPT = 10_000
/** Accounts that wait. More than them are a million tries within the span, each of which hashes a password: no server does as many. */
const WAITING = 100_000

interface Tries {
  readonly count: number
  readonly until: number
}

/** Counts tries by account until one succeeds, whether there is such an account or not: who guesses learns nothing from it. */
export class Attempts {
  readonly #few = new Map<string, Tries>()
  /** Apart, so that nobody who tries many other accounts makes those forgotten that wait. */
  readonly #waiting = new Map<string, Tries>()
  readonly #underWay = new Map<string, number>()
  readonly #now: () => Date

  constructor(now: () => Date) {
    this.#now = now
  }

  /**
   * Seconds to wait before the account may be tried again; 0: none. Tries under way count, so that many at once are no more than many
   * in turn. What began before `released`, when somebody let the account in again, is forgotten.
   */
  wait(account: string, released?: Date): number {
    const key = keyOf(account)
    const now = this.#now().getTime()
    const begun = (this.#found(key, now)?.until ?? Infinity) - SPAN
    if (released !== undefined && begun <= released.getTime()) this.#forget(key)
    const found = this.#found(key, now)
    if ((found?.count ?? 0) + (this.#underWay.get(key) ?? 0) < MOST) return 0
    return found === undefined ? UNDER_WAY_SECONDS : Math.ceil((found.until - now) / 1000)
  }

  begun(account: string): void {
    const key = keyOf(account)
    this.#underWay.set(key, (this.#underWay.get(key) ?? 0) + 1)
  }

  ended(account: string): void {
    const key = keyOf(account)
    const left = (this.#underWay.get(key) ?? 0) - 1
    if (left > 0) this.#underWay.set(key, left)
    else this.#underWay.delete(key)
  }

  /** In vain. */
  tried(account: string): void {
    const key = keyOf(account)
    const now = this.#now().getTime()
    const { count, until } = this.#found(key, now) ?? { count: 0, until: now + SPAN }
    this.#forget(key)
    const isWaiting = count + 1 >= MOST
    const kept = isWaiting ? this.#waiting : this.#few
    kept.set(key, { count: count + 1, until })
    for (const oldest of kept.keys()) {
      if (kept.size <= (isWaiting ? WAITING : KEPT)) break
      kept.delete(oldest)
    }
  }

  right(account: string): void {
    this.#forget(keyOf(account))
  }

  /** Undefined where the span has run out. */
  #found(key: string, now: number): Tries | undefined {
    const found = this.#waiting.get(key) ?? this.#few.get(key)
    return found !== undefined && found.until > now ? found : undefined
  }

  #forget(key: string): void {
    this.#few.delete(key)
    this.#waiting.delete(key)
  }
}

/** However long what was typed is, what is remembered of it is short. */
function keyOf(account: string): string {
  return createHash('sha256').update(account).digest('base64url')
}
