import type { Limits } from '../../config/define.ts'
import { fault } from '../../entities/faults.ts'
import { LimitError, QueryError, RequestError } from '../../errors.ts'
import type { MetricQuery, Viewer } from '../../models/metrics/metric.ts'

export const defaultLimits: Limits = { rows: 10_000_000, cells: 2_000_000, seconds: 60, atOnce: 4, waiting: 200 }

export const DEFAULT_LIMIT = 1_000
const MOST_ROWS = 100_000

/** Rows at most of an answer that is kept. Throws RequestError. */
export function limitOf({ limit = DEFAULT_LIMIT }: MetricQuery): number {
  if (limit <= MOST_ROWS) return limit
  throw new RequestError(fault('limit_too_large', { limit, most: MOST_ROWS }), { field: 'limit' })
}

/** The error as the caller reads it, where SQL ran out of memory or of the time that `clock` gave it. */
export function whyItStopped(error: unknown, clock: AbortSignal, { seconds }: Limits): unknown {
  if (clock.aborted) return new LimitError(fault('takes_too_long', { seconds }), { status: 503, cause: error })
  return error instanceof QueryError && /out of memory/i.test(error.message)
    ? new LimitError(fault('takes_too_much_memory', {}), { status: 503, cause: error })
    : error
}

/** Aborts its signal when nothing has moved for so many seconds. */
export class Watch {
  readonly #controller = new AbortController()
  readonly #timer: NodeJS.Timeout

  constructor(seconds: number) {
    this.#timer = setTimeout(() => this.#controller.abort(), seconds * 1_000)
  }

  get signal(): AbortSignal {
    return this.#controller.signal
  }

  moved(): void {
    if (!this.signal.aborted) this.#timer.refresh()
  }

  stop(): void {
    clearTimeout(this.#timer)
  }
}

interface Line {
  running: number
  readonly waiting: (() => void)[]
}

/** Each viewer has some questions answered at once; the others wait for their turn, so that nobody takes all of the server. */
export class Turns {
  readonly #limits: Limits
  readonly #lines = new Map<string, Line>()

  constructor(limits: Limits) {
    this.#limits = limits
  }

  /** Waits for a turn; the caller ends it. Throws LimitError where too many wait, and the signal's reason. */
  async take({ id }: Viewer, signal?: AbortSignal): Promise<() => void> {
    const line = this.#lines.get(id) ?? { running: 0, waiting: [] }
    this.#lines.set(id, line)
    const { atOnce, waiting } = this.#limits
    if (line.running >= atOnce) {
      if (line.waiting.length >= waiting)
        throw new LimitError(fault('too_many_questions', { running: line.running, waiting: line.waiting.length }), {
          status: 429,
        })
      await called(line, signal)
    } else line.running += 1
    let isOver = false
    return () => {
      if (!isOver) this.#next(id, line)
      isOver = true
    }
  }

  /** A turn that ends is the next one's, so that nobody gets in between. */
  #next(id: string, line: Line): void {
    const next = line.waiting.shift()
    if (next !== undefined) return next()
    line.running -= 1
    if (line.running === 0) this.#lines.delete(id)
  }
}

async function called({ waiting }: Line, signal: AbortSignal | undefined): Promise<void> {
  signal?.throwIfAborted()
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const leave = (): void => {
    const place = waiting.indexOf(resolve)
    if (place >= 0) waiting.splice(place, 1)
    reject(signal?.reason as Error)
  }
  waiting.push(resolve)
  signal?.addEventListener('abort', leave, { once: true })
  try {
    await promise
  } finally {
    signal?.removeEventListener('abort', leave)
  }
}
