import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

interface Watched<T> {
  readonly answer: T
  /** The most, in bytes. */
  readonly peak: number
}

/** The most memory that the process holds while `work` is done, with what the engine keeps ready. */
export async function watched<T>(work: () => Promise<T>): Promise<Watched<T>> {
  return peakOf(() => process.memoryUsage.rss(), 20, work)
}

/** The most that JavaScript holds while `work` is done. What nobody holds any more is freed first, so it does not count, however busy the machine is. */
export async function heldDuring<T>(work: () => Promise<T>): Promise<Watched<T>> {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  const held = (): number => {
    collect()
    const { heapUsed, external } = process.memoryUsage()
    return heapUsed + external
  }
  return peakOf(held, 200, work)
}

async function peakOf<T>(measure: () => number, milliseconds: number, work: () => Promise<T>): Promise<Watched<T>> {
  let peak = measure()
  const timer = setInterval(() => (peak = Math.max(peak, measure())), milliseconds)
  try {
    const answer = await work()
    return { answer, peak }
  } finally {
    clearInterval(timer)
  }
}
