/** How many answers, and how many cells all of them together, are kept. */
const MOST_ANSWERS = 1_000
const MOST_CELLS = 4_000_000

interface Running<T> {
  readonly answer: Promise<T>
  readonly controller: AbortController
  waiting: number
}

/** Answers by key: kept for the next who asks, and one run for all who ask the same at once. */
export class SharedAnswers<T> {
  readonly #weigh: (answer: T) => number
  readonly #kept = new Map<string, T>()
  readonly #running = new Map<string, Running<T>>()
  #cells = 0

  constructor(weigh: (answer: T) => number) {
    this.#weigh = weigh
  }

  /** A kept answer, moved to the end of those to be dropped. */
  kept(key: string): T | undefined {
    const answer = this.#kept.get(key)
    if (answer === undefined) return undefined
    this.#kept.delete(key)
    this.#kept.set(key, answer)
    return answer
  }

  keep(key: string, answer: T): void {
    this.#drop(key)
    this.#kept.set(key, answer)
    this.#cells += this.#weigh(answer)
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= MOST_ANSWERS && this.#cells <= MOST_CELLS) break
      this.#drop(oldest)
    }
  }

  /** Joins the run of that key, or starts it. The run is aborted when everyone who waited for it has left. */
  async run(key: string, start: (signal: AbortSignal) => Promise<T>, signal?: AbortSignal): Promise<T> {
    signal?.throwIfAborted()
    const running = this.#running.get(key) ?? this.#start(key, start)
    running.waiting += 1
    return signal === undefined ? running.answer : leaveOn(signal, running.answer, () => this.#leave(key, running))
  }

  #start(key: string, start: (signal: AbortSignal) => Promise<T>): Running<T> {
    const controller = new AbortController()
    const answer = start(controller.signal).finally(() => this.#forget(key, running))
    const running: Running<T> = { answer, controller, waiting: 0 }
    this.#running.set(key, running)
    return running
  }

  #leave(key: string, running: Running<T>): void {
    running.waiting -= 1
    if (running.waiting > 0) return
    this.#forget(key, running)
    running.controller.abort()
  }

  #forget(key: string, running: Running<T>): void {
    if (this.#running.get(key) === running) this.#running.delete(key)
  }

  #drop(key: string): void {
    const answer = this.#kept.get(key)
    if (answer === undefined) return
    this.#kept.delete(key)
    this.#cells -= this.#weigh(answer)
  }
}

async function leaveOn<T>(signal: AbortSignal, answer: Promise<T>, leave: () => void): Promise<T> {
  const { promise: left, reject } = Promise.withResolvers<never>()
  const onAbort = (): void => {
    leave()
    reject(signal.reason as Error)
  }
  signal.addEventListener('abort', onAbort, { once: true })
  return Promise.race([answer, left]).finally(() => signal.removeEventListener('abort', onAbort))
}
