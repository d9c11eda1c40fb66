import type { Catalogue, MetricQuery } from './metric.ts'

const SIDES = ['compared', 'difference', 'relative'] as const
type Side = (typeof SIDES)[number]

/** The columns that stand beside a metric that is compared. */
export function comparisonOf(metric: string): Readonly<Record<Side, string>> {
  return { compared: `${metric}_compared`, difference: `${metric}_difference`, relative: `${metric}_relative` }
}

/** All columns that a comparison of these metrics adds. */
export function comparedColumns(metrics: readonly string[]): string[] {
  return metrics.flatMap((name) => Object.values(comparisonOf(name)))
}

/** The metric that a column of a comparison stands beside, and as what; undefined: it is no such column. */
export function comparedBy(
  column: string,
  { metrics }: Pick<Catalogue, 'metrics'>,
): { metric: string; side: Side } | undefined {
  if (Object.hasOwn(metrics, column)) return undefined
  const side = SIDES.find((each) => column.endsWith(`_${each}`))
  const metric = side === undefined ? '' : column.slice(0, -side.length - 1)
  return side !== undefined && Object.hasOwn(metrics, metric) ? { metric, side } : undefined
}

/** Whether a name is a figure of this question: a metric, asked for or not, or a column that its comparison adds. */
export function isFigure(
  name: string,
  { metrics, compare }: MetricQuery,
  catalogue: Pick<Catalogue, 'metrics'>,
): boolean {
  return Object.hasOwn(catalogue.metrics, name) || (compare !== undefined && comparedColumns(metrics).includes(name))
}

/** Every metric and dimension that a question uses; a column of a comparison is its metric. */
export function wordsOf({ metrics, by, where, order }: MetricQuery, catalogue: Pick<Catalogue, 'metrics'>): string[] {
  const fields = where.map(({ field }) => field).filter((field) => field !== 'period')
  const orders = order.map((name) => name.replace(/^-/, ''))
  return [...metrics, ...by, ...fields, ...orders].map((name) => comparedBy(name, catalogue)?.metric ?? name)
}

/** An order by one figure: the largest first, and of places the first. */
export function bestFirst(name: string, { metrics }: Pick<Catalogue, 'metrics'>): string {
  return metrics[name]?.unit === 'rank' ? name : `-${name}`
}
