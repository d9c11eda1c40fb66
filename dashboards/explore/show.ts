import type { Show } from '../../models/metrics/exploration.ts'
import type { Catalogue, MetricQuery } from '../../models/metrics/metric.ts'

/** The dimensions of a question that are times. */
export function timesOf({ by }: MetricQuery, { dimensions }: Catalogue): readonly string[] {
  return by.filter((name) => ['month', 'day'].includes(dimensions[name]?.kind ?? ''))
}

/** Whether the parts of a figure sum to the whole: a sum or a count of rows. */
export function isSum(name: string, { metrics }: Catalogue): boolean {
  const metric = metrics[name]
  if (metric === undefined || !('mart' in metric) || !['money', 'hours', 'count'].includes(metric.unit)) return false
  return /^(COALESCE\(SUM\(|SUM\(|COUNT\(\*\))/.test(metric.sql) && !/\/|DISTINCT|CASE/.test(metric.sql)
}

/** How an answer can be shown, the fittest first. */
export function possibleShows(query: MetricQuery, catalogue: Catalogue): readonly Show[] {
  const { metrics, by } = query
  const times = timesOf(query, catalogue).length
  const line = times === 1 && by.length <= 2
  const stacked = by.length === 2 && times < 2 && metrics.some((name) => isSum(name, catalogue))
  const bar = by.length === 1 || by.length === 2
  const fit: readonly (Show | false)[] = [
    line && 'line',
    by.length === 2 && stacked && 'stacked',
    by.length === 1 && bar && 'bar',
    'table',
    bar && 'bar',
    by.length > 0 && metrics.length > 1 && 'scatter',
  ]
  return [...new Set(fit.filter((show) => show !== false))]
}
