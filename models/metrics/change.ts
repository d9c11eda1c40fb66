import type { Words } from '../../entities/entity.ts'
import type { Filter } from './metric.ts'

/** What a change is split into. Their sum is the change, to the cent. */
export const EFFECTS = ['volume', 'mix', 'rate', 'rule', 'late'] as const
export type Effect = (typeof EFFECTS)[number]

/** The parts of profit as `marts.change_basis` has them. */
export const changeComponents = {
  revenue: { en: 'Order revenue', zh: '订单收入' },
  cost_of_goods: { en: 'Cost of goods sold', zh: '销售成本' },
  chargeable_revenue: { en: 'Parts and labour charged', zh: '收费的零件与工时' },
  contract_revenue: { en: 'Contract revenue', zh: '合约收入' },
  visit_charges: { en: 'Visits charged', zh: '上门收费' },
  labour_cost: { en: 'Labour', zh: '人工' },
  parts_cost: { en: 'Parts at cost', zh: '零件成本' },
  traced_expenses: { en: 'Traced expenses', zh: '可追溯费用' },
  indirect_cost: { en: 'Indirect cost', zh: '间接费用' },
} as const satisfies Record<string, Words>
export type ChangeComponent = keyof typeof changeComponents

const margin = { revenue: 1, cost_of_goods: -1 } as const
const service = { chargeable_revenue: 1, contract_revenue: 1, visit_charges: 1 } as const
const direct = { labour_cost: 1, parts_cost: 1, traced_expenses: 1 } as const
const contribution = { ...margin, ...service, labour_cost: -1, parts_cost: -1, traced_expenses: -1 } as const

/** Metrics whose change can be explained, as sums of parts: 1 adds to the figure, -1 takes from it. */
export const changeMetrics: Readonly<Record<string, Readonly<Partial<Record<ChangeComponent, 1 | -1>>>>> = {
  profit: { ...contribution, indirect_cost: -1 },
  profit_before_allocation: contribution,
  sales_margin: margin,
  revenue: { revenue: 1 },
  cost_of_goods: { cost_of_goods: 1 },
  service_revenue: service,
  direct_service_cost: direct,
  labour_cost: { labour_cost: 1 },
  parts_cost: { parts_cost: 1 },
  traced_expenses: { traced_expenses: 1 },
  indirect_cost: { indirect_cost: 1 },
}

/** Metrics whose change may be explained to who is not to know some of them: an answer shows parts, and what is a sum of these. */
export function explained(isHidden: (name: string) => boolean): string[] {
  const parts = (name: string): string[] => Object.keys(changeMetrics[name] ?? {})
  const hidden = Object.keys(changeMetrics).filter(isHidden)
  return Object.keys(changeMetrics).filter(
    (name) => !hidden.some((each) => parts(each).every((part) => parts(name).includes(part))),
  )
}

/** A question for the causes of a change. Everything in it comes from outside and is checked. */
export interface ChangeQuestion {
  readonly metric: string
  /** Two periods in the words of a query: 2024-07..2025-06. */
  readonly from: string
  readonly to: string
  /** What the change is also split by: one dimension. */
  readonly by?: string
  readonly where: readonly Filter[]
  /** Days after the end of a period within which a record is not late. Absent: late records are not told apart. */
  readonly graceDays?: number
  /** Rows of the split by `by` at most. */
  readonly limit: number
}

/** Two figures and what lies between them: is = was + the sum of the effects, to the cent. */
export interface ChangeSplit extends Readonly<Record<Effect, number>> {
  readonly was: number
  readonly is: number
}

export interface ChangePart extends ChangeSplit {
  readonly value: string | null
  readonly label: string | null
}

/** Why a metric changed between two periods. */
export interface Change extends ChangeSplit {
  readonly metric: string
  /** First and last month of each period, as first days. */
  readonly from: ChangePeriod
  readonly to: ChangePeriod
  /** What each part of the metric adds to it: costs are negative in a profit. They sum to the whole, effect by effect. */
  readonly components: readonly (ChangeSplit & { readonly component: ChangeComponent })[]
  readonly by: string | null
  /** Those whose figure changed most. All of them sum to the whole, effect by effect. */
  readonly parts: readonly ChangePart[]
  /** Before the limit. */
  readonly total: number
  /** Those behind each effect, the largest first. */
  readonly leaders: Readonly<Record<Effect, readonly ChangePart[]>>
  readonly grace_days: number | null
  readonly as_of: string
  readonly known_at: string
  readonly warehouse_version: number
}

export interface ChangePeriod {
  readonly first: string
  readonly last: string
  /** The knowledge its figure is split by. */
  readonly known_at: string
}
