import { setTimeout as sleep } from 'node:timers/promises'
import type { SourceError } from '../../errors.ts'

/** What a client needs of the world: passed in, so that a test need not wait. */
export interface World {
  readonly wait: (milliseconds: number, signal: AbortSignal) => Promise<void>
  readonly now: () => number
  /** From 0 up to 1. */
  readonly random: () => number
}

export const world: World = {
  wait: async (milliseconds, signal) => sleep(milliseconds, undefined, { signal }),
  now: () => Date.now(),
  random: () => Math.random(),
}

/** What a try came to. `pause` is how long the other side asks to wait. */
export type Tried<Answer> =
  { readonly answer: Answer } | { readonly failure: SourceError; readonly pause?: number | undefined }

const TRIES = 5
/** A server that asks for a longer pause is asked again by the next run. */
const LONGEST_PAUSE = 300_000

/** The answer of the first try that has one. What may pass is tried again, each time after a longer wait; the last failure is thrown. */
export async function untilAnswered<Answer>(
  { wait, random }: World,
  signal: AbortSignal,
  once: () => Promise<Tried<Answer>>,
): Promise<Answer> {
  for (let tried = 1; ; tried++) {
    const outcome = await once()
    if ('answer' in outcome) return outcome.answer
    signal.throwIfAborted()
    const pause = outcome.pause ?? 1_000 * 2 ** (tried - 1) * (0.5 + random())
    if (!outcome.failure.retry || tried === TRIES || pause > LONGEST_PAUSE) throw outcome.failure
    await wait(pause, signal)
  }
}
