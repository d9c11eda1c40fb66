import { fault } from '../../entities/faults.ts'
import { RequestError } from '../../errors.ts'
import { bestFirst, comparedColumns, isFigure } from '../../models/metrics/comparison.ts'
import {
  type Catalogue,
  type Comparison,
  type Dimension,
  type Filter,
  type MeasuredMetric,
  type Metric,
  type MetricQuery,
} from '../../models/metrics/metric.ts'
import { measuredOf } from '../../models/metrics/splits.ts'
import { planComparison, TARGETS } from './plan-comparison.ts'
import { planTime, type PlannedTime } from './plan-time.ts'
import { unknownWord } from './refusals.ts'

export interface NamedDimension {
  readonly name: string
  readonly dimension: Dimension
}

/** A query whose every word is known to the catalogue and fits the others. */
export interface Plan {
  readonly catalogue: Catalogue
  readonly metrics: readonly string[]
  readonly by: readonly NamedDimension[]
  /** Measured metrics by mart, those of derived ones and ranks among them. */
  readonly marts: ReadonlyMap<string, readonly string[]>
  /** Derived metrics and ranks; each level stands on the levels before it. */
  readonly levels: readonly (readonly string[])[]
  readonly dimensionFilters: readonly Filter[]
  readonly metricFilters: readonly Filter[]
  readonly period: string | undefined
  /** The dimension of `by` whose values are months or days, to be cut to spans and lined up with those compared. */
  readonly time: PlannedTime | undefined
  readonly compare: Comparison | undefined
  readonly top: number | undefined
  readonly totals: boolean
  readonly order: readonly { readonly name: string; readonly descending: boolean }[]
  readonly limit: number | undefined
  readonly offset: number
}

const MOST_TOP = 1_000

/** Checks a query against the catalogue. Throws RequestError with the field, the nearest word and the valid ones. */
export function planQuery(catalogue: Catalogue, query: MetricQuery): Plan {
  const metrics = [...new Set(query.metrics)]
  if (metrics.length === 0)
    throw new RequestError(fault('no_metrics', { valid: Object.keys(catalogue.metrics) }), { field: 'metrics' })
  for (const name of metrics) find(catalogue.metrics, name, { what: 'metric', field: 'metrics' })
  const named = [...new Set(query.by)].map((name) => ({
    name,
    dimension: find(catalogue.dimensions, name, { what: 'dimension', field: 'by' }),
  }))
  const { by, time } = planTime(catalogue, named, {
    grain: query.grain,
    compare: query.compare,
    metrics,
    marts: [...martsOf(catalogue, metrics).keys()],
  })
  const compared = query.compare === undefined ? [] : comparedColumns(metrics)
  const filters = query.where.filter((filter) => filter.field !== 'period' || isKnown(catalogue, 'period'))
  const metricFilters = filters.filter((filter) => isFigure(filter.field, query, catalogue))
  const dimensionFilters = filters.filter((filter) => !metricFilters.includes(filter))
  const top = topOf(query, by)
  const words = query.order.length === 0 && top !== undefined ? [bestFirst(metrics[0] ?? '', catalogue)] : query.order
  const order = words.map((word) =>
    readOrder([...by.map(({ name }) => name), ...compared, ...Object.keys(catalogue.metrics)], word),
  )
  const needed = [...metrics, ...metricFilters.map((filter) => filter.field), ...order.map(({ name }) => name)].filter(
    (name) => Object.hasOwn(catalogue.metrics, name),
  )
  const marts = martsOf(catalogue, needed)
  const splits = [
    ...by.map(({ name }) => ({ name, field: 'by' })),
    ...dimensionFilters.map((filter) => ({ name: filter.field, field: 'where' })),
  ]
  checkSplits(catalogue, marts, splits)
  if (query.compare !== undefined)
    planComparison(catalogue, query.compare, { metrics, marts, time, filters: dimensionFilters })
  if (query.compare === 'target') checkSplits(catalogue, new Map([[TARGETS, metrics]]), splits)
  return {
    catalogue,
    metrics,
    by,
    marts,
    levels: levelsOf(catalogue, needed),
    dimensionFilters,
    metricFilters,
    period: periodOf(query),
    time,
    compare: query.compare,
    top,
    totals: query.totals ?? false,
    order,
    limit: query.limit,
    offset: query.offset ?? 0,
  }
}

export function isMeasured(metric: Metric): metric is MeasuredMetric {
  return 'mart' in metric
}

/** The metrics that a metric is worked out from. */
export function parentsOf(metric: Metric): readonly string[] {
  if ('rankOf' in metric) return [metric.rankOf]
  return 'from' in metric ? metric.from : []
}

function find<T>(all: Readonly<Record<string, T>>, name: string, at: { what: string; field: string }): T {
  const found = Object.hasOwn(all, name) ? all[name] : undefined
  if (found === undefined) throw unknownWord(at.what, name, { field: at.field, valid: Object.keys(all) })
  return found
}

function isKnown({ metrics, dimensions }: Catalogue, name: string): boolean {
  return Object.hasOwn(metrics, name) || Object.hasOwn(dimensions, name)
}

function topOf({ top }: MetricQuery, by: readonly NamedDimension[]): number | undefined {
  if (top === undefined) return undefined
  if (top < 1 || top > MOST_TOP)
    throw new RequestError(fault('top_out_of_range', { top, most: MOST_TOP }), { field: 'top' })
  if (by.length === 0) throw new RequestError(fault('top_without_by', {}), { field: 'top' })
  return top
}

export function readOrder(valid: readonly string[], word: string): Plan['order'][number] {
  const descending = word.startsWith('-')
  const name = descending ? word.slice(1) : word
  if (!valid.includes(name)) throw unknownWord('order', name, { field: 'order', valid })
  return { name, descending }
}

function martsOf(catalogue: Catalogue, needed: readonly string[]): Map<string, string[]> {
  const measured = [...new Set(needed.flatMap((name) => measuredOf(catalogue, name)))]
  return Map.groupBy(
    measured,
    (name) =>
      find(catalogue.metrics as Record<string, MeasuredMetric>, name, { what: 'metric', field: 'metrics' }).mart,
  )
}

function levelsOf(catalogue: Catalogue, needed: readonly string[]): string[][] {
  const levels: string[][] = []
  const depth = (name: string): number => {
    const above = parentsOf(catalogue.metrics[name] as Metric)
    const level = above.length === 0 ? 0 : 1 + Math.max(...above.map(depth))
    if (level > 0 && !levels[level - 1]?.includes(name)) (levels[level - 1] ??= []).push(name)
    return level
  }
  for (const name of needed) depth(name)
  return levels
}

function checkSplits(
  catalogue: Catalogue,
  marts: ReadonlyMap<string, readonly string[]>,
  asked: readonly { name: string; field: string }[],
): void {
  for (const { name, field } of asked) {
    const valid = [
      ...Object.keys(catalogue.dimensions),
      ...(field === 'where' ? ['period', ...Object.keys(catalogue.metrics)] : []),
    ]
    const dimension = Object.hasOwn(catalogue.dimensions, name) ? catalogue.dimensions[name] : undefined
    if (dimension === undefined) throw unknownWord(field === 'by' ? 'dimension' : 'field', name, { field, valid })
    for (const [mart, metrics] of marts) {
      if (dimension.columns[mart] === undefined) throw cannotSplit(catalogue, { name, field, mart, metrics, dimension })
    }
  }
}

function cannotSplit(
  catalogue: Catalogue,
  at: { name: string; field: string; mart: string; metrics: readonly string[]; dimension: Dimension },
): RequestError {
  const possible = Object.entries(catalogue.dimensions).flatMap(([name, { columns }]) =>
    columns[at.mart] === undefined ? [] : [name],
  )
  const code = at.field === 'by' ? 'cannot_split' : 'cannot_filter'
  return new RequestError(
    fault(code, {
      metrics: at.metrics,
      name: at.name,
      mart: at.mart,
      marts: Object.keys(at.dimension.columns),
      valid: possible,
    }),
    { field: at.field },
  )
}

function periodOf(query: MetricQuery): string | undefined {
  const filters = query.where.filter((filter) => filter.field === 'period')
  if (filters.length > 1)
    throw new RequestError(fault('given_twice', { field: 'period', count: filters.length }), { field: 'period' })
  const [filter] = filters
  if (filter === undefined) return undefined
  if (filter.operator !== 'eq' || filter.values.length !== 1) {
    throw new RequestError(fault('period_operator', { operator: filter.operator }), { field: 'period' })
  }
  return filter.values[0]
}
