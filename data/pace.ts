import { setImmediate as turn } from 'node:timers/promises'

/** Milliseconds that work may take before others get the event loop. */
const LONGEST = 5

/** Long work in small steps: `await pace.rest()` between them lets others have the event loop when it is time. */
export class Pace {
  #since = performance.now()

  async rest(): Promise<void> {
    if (performance.now() - this.#since < LONGEST) return
    await turn()
    this.#since = performance.now()
  }
}
