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

/** How customers are scored and classed from a day on. Earlier months stay under the policy of their day. */
export interface ScorePolicy {
  readonly version: string
  /** 'YYYY-MM-DD'. */
  readonly from: string
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
