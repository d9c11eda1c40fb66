interface Lane {
  /** Runs the work; where it runs already, once more when it has ended. Resolves when what was asked for is done. */
  readonly run: () => Promise<void>
  /** Resolves when nothing runs; never throws. */
  readonly idle: () => Promise<void>
}

/** Work that never runs twice at once, and never misses what came while it ran. */
export function oneAtATime(work: () => Promise<void>): Lane {
  let running: Promise<void> | undefined
  let wanted = false
  const loop = async (): Promise<void> => {
    try {
      while (wanted) {
        wanted = false
        await work()
      }
    } finally {
      running = undefined
    }
  }
  return {
    run: async () => {
      wanted = true
      running ??= loop()
      await running
    },
    idle: async () => {
      wanted = false
      await running?.catch(() => undefined)
    },
  }
}
