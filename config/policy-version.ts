import type { CostPool, SupportMethod } from './costs.ts'
import type { ResponsePromise } from './promise.ts'
import type { ScoreRules } from './score.ts'

/** Rules that can change from a month on while the months before keep theirs. */
export interface VersionedRules {
  readonly score: ScoreRules
  readonly costPools: readonly CostPool[]
  readonly supportMethod: SupportMethod
  readonly practicalCapacity: number
  /** The hourly cost of every employee, times this. */
  readonly hourlyCostFactor: number
  readonly promises: Readonly<Record<string, ResponsePromise>>
  /** What a visit is charged by the class that is recorded; `default`: of all others. Absent or 0: goodwill. */
  readonly visitCharges: Readonly<Record<string, number>>
}

/** A version of the rules that a person saved. Made in the product, never written in the configuration. */
export interface PolicyVersion extends VersionedRules {
  readonly version: string
  /** First day of a month, 'YYYY-MM-DD'. */
  readonly from: string
}
