import type { StepReport } from '../pipelines/run-journal.ts'
import type { RunReport } from '../pipelines/run.ts'
import { exitCodeOf } from '../terminal.ts'

/** A report as JSON can hold it: errors as their words, and the exit code that the first of them stands for. */
export type PlainReport = Omit<RunReport, 'failure' | 'steps'> & {
  readonly exit_code: number
  readonly steps: readonly Omit<StepReport, 'failure'>[]
}

export function plainReport({ failure, steps, ...rest }: RunReport): PlainReport {
  const exit_code = rest.error === null ? 0 : failure === undefined ? 1 : exitCodeOf(failure)
  return { ...rest, exit_code, steps: steps.map(({ failure: _cause, ...step }) => step) }
}
