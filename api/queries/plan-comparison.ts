import { fault } from '../../entities/faults.ts'
import { RequestError } from '../../errors.ts'
import type { Catalogue, Comparison, Filter, Metric } from '../../models/metrics/metric.ts'
import type { PlannedTime } from './plan-time.ts'

/** What is planned for each month, by metric and by whom it is for. */
export const TARGETS = 'marts.target_months'

interface Compared {
  readonly metrics: readonly string[]
  readonly marts: ReadonlyMap<string, readonly string[]>
  readonly time: PlannedTime | undefined
  readonly filters: readonly Filter[]
}

/** Throws RequestError where figures cannot be held against others like them. */
export function planComparison(catalogue: Catalogue, kind: Comparison, asked: Compared): void {
  const months = catalogue.dimensions['month']?.columns ?? {}
  for (const [mart, metrics] of asked.marts)
    if (months[mart] === undefined) throw refusal(fault('compare_without_months', { metrics, mart }))
  const times = ['month', asked.time?.name]
  const cut = asked.filters.find(({ field }) => times.includes(field) || catalogue.dimensions[field]?.datesRows)
  if (cut !== undefined) throw new RequestError(fault('compare_month_filter', { field: cut.field }), { field: 'where' })
  if (kind !== 'target') return
  const planned = Object.entries(catalogue.metrics).flatMap(([name, { target }]) =>
    target === undefined ? [] : [name],
  )
  const without = asked.metrics.find((name) => (catalogue.metrics[name] as Metric).target === undefined)
  if (without !== undefined) throw refusal(fault('compare_no_target', { metric: without, valid: planned }))
}

const refusal = (said: ReturnType<typeof fault>): RequestError => new RequestError(said, { field: 'compare' })
