/** Milliseconds that work may take before others get the event loop. */
const LONGEST = 5

let since = performance.now()
const waiting: (() => void)[] = []

/**
 * Long work in small steps: `await pace()` between them lets others have the event loop when it is time. All work of the process
 * keeps one pace, or many who each take little would hold the loop together.
 */
export async function pace(): Promise<void> {
  if (waiting.length === 0 && performance.now() - since < LONGEST) return
  const { promise, resolve } = Promise.withResolvers<void>()
  if (waiting.push(resolve) === 1) setImmediate(next)
  await promise
}

/** One at a time, each in a turn of the loop of its own. */
function next(): void {
  since = performance.now()
  waiting.shift()?.()
  if (waiting.length > 0) setImmediate(next)
}
