import { Hono } from 'hono'
import { describeRoute, resolver } from 'hono-openapi'
import type * as z from 'zod'
import type { Catalogue, Metric } from '../../models/metrics/metric.ts'
import { NAMED_PERIODS } from '../../models/metrics/period.ts'
import { OPERATORS } from '../../models/metrics/query-string.ts'
import type { Env } from '../env.ts'
import { isMeasured, measuredOf } from '../queries/plan.ts'
import type { Queries } from '../queries/queries.ts'
import { CatalogueDocument } from '../schemas.ts'

const description = describeRoute({
  operationId: 'catalog',
  summary: 'Every metric and dimension: words, unit, what it means, and what it can be split by',
  responses: {
    200: { description: 'The catalogue', content: { 'application/json': { schema: resolver(CatalogueDocument) } } },
  },
})

export const catalog = ({ queries }: { queries: Queries }) =>
  new Hono<Env>().get('/', description, (c) => c.json(describeCatalogue(queries.catalogue)))

function describeCatalogue(catalogue: Catalogue): z.infer<typeof CatalogueDocument> {
  return {
    metrics: Object.entries(catalogue.metrics).map(([name, metric]) => ({
      name,
      words: metric.words,
      about: metric.about,
      unit: metric.unit,
      direction: metric.direction,
      ...origin(metric),
      stands_on: [...metric.standsOn],
      by: splitsOf(catalogue, name),
    })),
    dimensions: Object.entries(catalogue.dimensions).map(([name, { words, kind, labels, values }]) => ({
      name,
      words,
      kind,
      has_label: labels !== undefined,
      values: values ?? null,
    })),
    periods: [...NAMED_PERIODS, 'YYYY', 'YYYY-MM', 'YYYY-MM..YYYY-MM'],
    operators: [...OPERATORS],
  }
}

function origin(metric: Metric) {
  if (isMeasured(metric)) return { kind: 'measured' as const, from: [], coverage: metric.coverage?.words ?? null }
  if ('rankOf' in metric) return { kind: 'rank' as const, from: [metric.rankOf], coverage: null }
  return { kind: 'derived' as const, from: [...metric.from], coverage: null }
}

/** The dimensions that all marts behind a metric carry. */
function splitsOf(catalogue: Catalogue, name: string): string[] {
  const marts = measuredOf(catalogue, name).flatMap((each) => {
    const metric = catalogue.metrics[each]
    return metric !== undefined && isMeasured(metric) ? [metric.mart] : []
  })
  const dimensions = Object.entries(catalogue.dimensions)
  return dimensions.flatMap(([dimension, { columns }]) =>
    marts.every((mart) => columns[mart] !== undefined) ? [dimension] : [],
  )
}
