import type { StepReport } from '../pipelines/run/journal.ts'
import type { RunReport } from '../pipelines/run/run.ts'
import { exitCodeOf } from '../terminal.ts'

/** A report as JSON can hold it: errors as their words, and the exit code: 1 where others went well, else that of the first error. */
export type PlainReport = Omit<RunReport, 'failure' | 'steps'> & {
  readonly exit_code: number
  readonly steps: readonly Omit<StepReport, 'failure'>[]
}

export function plainReport({ failure, steps, ...rest }: RunReport): PlainReport {
  const some = rest.status === 'partial' && othersWentWell(steps)
  const exit_code = rest.error === null ? 0 : some ? SOME_FAILED : exitCodeOf(failure)
  return { ...rest, exit_code, steps: steps.map(({ failure: _cause, ...step }) => step) }
}

const SOME_FAILED = 1

/** Something was read or loaded of which no step failed. */
function othersWentWell(steps: readonly StepReport[]): boolean {
  const nameOf = ({ source, entity, origin }: StepReport): string => JSON.stringify([source, entity, origin])
  const failed = new Set(steps.filter(({ status }) => status === 'failed').map(nameOf))
  return steps.some((step) => step.source !== undefined && step.status === 'succeeded' && !failed.has(nameOf(step)))
}
