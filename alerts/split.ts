import { changeMetrics, type Change, type ChangeQuestion } from '../models/metrics/change.ts'
import type { Catalogue, Viewer } from '../models/metrics/metric.ts'
import { comparablePeriods, periodWords } from '../models/metrics/period.ts'
import { formatFilter } from '../models/metrics/query-string.ts'
import { periodOf, type WatchedFigure } from './alert.ts'

const BASIS = 'marts.change_basis'

export type AskChange = (viewer: Viewer, question: ChangeQuestion) => Promise<Change>

/**
 * The question that splits the change of a group into its causes: the period of the alert against the one it is held against,
 * else the one before. Undefined: the figure is no sum of such causes, or its groups are not told by them.
 */
export function splitQuestion(
  alert: WatchedFigure,
  group: string,
  { asOf, dimensions }: { readonly asOf: string; readonly dimensions: Catalogue['dimensions'] },
): ChangeQuestion | undefined {
  const { metric, by, when, lateAfterDays } = alert
  const period = periodOf(alert)
  if (changeMetrics[metric] === undefined || period === undefined) return undefined
  const against =
    'against' in when ? when.against : 'above' in when || 'below' in when ? (when.crossing ?? 'previous') : 'previous'
  const pair = comparablePeriods(period, asOf, against)
  if (pair === undefined) return undefined
  const others = alert.where.filter(({ field }) => field !== 'period')
  const where = by === undefined ? others : [...others, { field: by, operator: 'eq' as const, values: [group] }]
  if (
    !where.every(({ field }) => dimensions[field]?.columns[BASIS] !== undefined && dimensions[field].kind !== 'month')
  )
    return undefined
  return {
    metric,
    from: periodWords(pair.before),
    to: periodWords(pair.now),
    where,
    limit: 5,
    ...(lateAfterDays !== undefined && { graceDays: lateAfterDays }),
  }
}

/** Parameters of the page that shows the same. */
export function changeParameters({ metric, from, to, where, graceDays }: ChangeQuestion): string {
  const [beforeFirst = '', beforeLast = beforeFirst] = from.split('..')
  const [nowFirst = '', nowLast = nowFirst] = to.split('..')
  const parameters = new URLSearchParams({
    metric,
    before_first: beforeFirst,
    before_last: beforeLast,
    now_first: nowFirst,
    now_last: nowLast,
  })
  for (const filter of where) parameters.append('where', formatFilter(filter))
  if (graceDays !== undefined) parameters.set('late', '1')
  return parameters.toString()
}
