/** Rules the company owns. They reach SQL as tables in schema `policy`. */
export interface Policy {
  /** Key or VIP, this share of customers by workload or above, and no growth: eats service. */
  readonly eatsServiceWorkloadPercentile: number
  /** An order within so many days after a request or visit counts as influenced by service. */
  readonly influencedDays: number
  /** A metric below this coverage is shown greyed. */
  readonly coverageThreshold: number
  /** A source older than this many hours makes the figures that stand on it stale. */
  readonly staleAfterHours: number
  /** Lead-source values that mean a sale came from service. */
  readonly serviceLeadSources: readonly string[]
  /** Order statuses that take an order out of every figure. */
  readonly cancelledStatuses: readonly string[]
  /** Task kinds that are on the customer's site. */
  readonly visitKinds: readonly string[]
  /** Expense categories that the hourly rates of employees already cover: never counted beside the hours. */
  readonly labourCategories: readonly string[]
}

export const defaultPolicy: Policy = {
  eatsServiceWorkloadPercentile: 0.8,
  influencedDays: 90,
  coverageThreshold: 0.7,
  staleAfterHours: 48,
  serviceLeadSources: ['service'],
  cancelledStatuses: ['cancelled'],
  visitKinds: ['visit'],
  labourCategories: ['salary'],
}
