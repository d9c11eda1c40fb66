/** What a customer can be scored by: figures of the twelve months up to the end of each month. */
export const MEASURES = [
  'profit',
  'revenue',
  'sales_margin',
  'service_revenue',
  'orders',
  'service_hours',
  'requests',
  'cost_to_serve',
  'machines',
  'opportunities',
] as const
export type Measure = (typeof MEASURES)[number]

/** A measure, what it weighs, and which way is good. */
export interface ScoreComponent {
  readonly measure: Measure
  readonly weight: number
  readonly better: 'more' | 'less'
}

/** How customers are scored and classed. */
export interface ScoreRules {
  /** Weights sum to 1. Each measure counts as a percentile among customers of the same kind, 100 the best. */
  readonly components: readonly ScoreComponent[]
  /** Of indirect customers, who never order from us. Absent: as all others. */
  readonly indirect?: readonly ScoreComponent[]
  /** Scores from which a customer is VIP or key. Who leaves less than it costs is on watch, whatever its score. */
  readonly bands: { readonly VIP: number; readonly key: number }
  /** So many points beyond a band's edge before the class changes: scores that waver do not. */
  readonly hysteresis: number
  /** With fewer months since the first order or request a customer is new. */
  readonly newMonths: number
}

/** How customers are scored and classed from a day on. Earlier months stay under the policy of their day. */
export interface ScorePolicy extends ScoreRules {
  readonly version: string
  /** 'YYYY-MM-DD'. */
  readonly from: string
}

/** What a customer can be: from its score, `watch` where it leaves less than it costs, `new` with too little history. */
export type Class = 'VIP' | 'key' | 'regular' | 'watch' | 'new'

/** What a person decided of a customer's class. The last one of a customer counts. */
export interface ClassDecision {
  readonly decisionId: string
  /** ISO 8601 instant in UTC: nobody knew of it before. */
  readonly at: string
  readonly by: string
  readonly customer: string
  /** Absent: the decision before is ended, and the computed class holds again. */
  readonly class?: Class
  /** Business date of the figures it was made on, 'YYYY-MM-DD'. */
  readonly from: string
  /** Last day on which it holds. */
  readonly until?: string
  readonly reason: string
}
