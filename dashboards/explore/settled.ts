import { comparedBy, isFigure } from '../../models/metrics/comparison.ts'
import type { Catalogue, MetricQuery } from '../../models/metrics/metric.ts'
import { canSplit } from '../../models/metrics/splits.ts'
import { timesOf } from './show.ts'

/**
 * The question as it stands: with the month that the API adds to a grain among its splits, so that every row tells its span,
 * and without orders by splits and comparisons that it no longer has.
 */
export function settledQuery(query: MetricQuery, catalogue: Catalogue): MetricQuery {
  const isSpanned =
    query.grain !== undefined &&
    query.metrics.length > 0 &&
    timesOf(query, catalogue).length === 0 &&
    query.metrics.every((name) => canSplit(catalogue, name, 'month'))
  const spanned = isSpanned ? { ...query, by: [...query.by, 'month'] } : query
  return { ...spanned, order: spanned.order.filter((order) => canOrder(named(order), spanned, catalogue)) }
}

/** An order by a word that nobody knows stays, to be refused by name. */
function canOrder(name: string, query: MetricQuery, catalogue: Catalogue): boolean {
  if (isFigure(name, query, catalogue) || query.by.includes(name)) return true
  return !Object.hasOwn(catalogue.dimensions, name) && comparedBy(name, catalogue) === undefined
}

const named = (order: string): string => order.replace(/^-/, '')

/** A question from its first row without some figures or splits, and without what hangs on them: orders, comparisons, spans of time. */
export function without(query: MetricQuery, names: readonly string[], catalogue: Catalogue): MetricQuery {
  const { offset: _offset, grain, top, ...rest } = query
  const hangs = (name: string): boolean => names.includes(comparedBy(name, catalogue)?.metric ?? '')
  const stays = (name: string): boolean => !names.includes(name) && !hangs(name)
  const by = query.by.filter(stays)
  const isTimeless = timesOf(query, catalogue).length > 0 && timesOf({ ...query, by }, catalogue).length === 0
  return {
    ...rest,
    metrics: query.metrics.filter(stays),
    by,
    where: query.where.filter(({ field }) => !hangs(field)),
    order: query.order.filter((order) => stays(named(order))),
    ...(grain === undefined || isTimeless ? {} : { grain }),
    ...(top === undefined || by.length === 0 ? {} : { top }),
  }
}
