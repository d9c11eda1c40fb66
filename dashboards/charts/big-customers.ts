import type { Answer } from '../../models/metrics/metric.ts'
import { figureOf, type AnswerRow } from './rows.ts'

/** Classes that a company gives to the customers it holds for big. */
const BIG_CLASSES: ReadonlySet<unknown> = new Set(['VIP', 'key'])

/** Who passes for big: recorded as VIP or key, or among the largest by revenue. Most revenue first. */
export function bigCustomers(answer: Answer): readonly AnswerRow[] {
  const rows = answer.rows.toSorted((a, b) => (figureOf(b, 'revenue') ?? 0) - (figureOf(a, 'revenue') ?? 0))
  const largest = new Set(rows.slice(0, largestCount(answer)))
  return rows.filter(
    (row) => BIG_CLASSES.has(row['crm_class']) || (largest.has(row) && (figureOf(row, 'revenue') ?? 0) > 0),
  )
}

/** How many are the largest by revenue: a tenth, at least 10 and at most 40. */
export function largestCount(answer: Answer): number {
  return Math.min(40, Math.max(10, Math.round(answer.total / 10)))
}

/** Those that cost more than they leave, the worst first. */
export function costliest(rows: readonly AnswerRow[]): readonly AnswerRow[] {
  return rows.filter((row) => profitOf(row) < 0).toSorted((a, b) => profitOf(a) - profitOf(b))
}

const profitOf = (row: AnswerRow): number => figureOf(row, 'profit') ?? 0
