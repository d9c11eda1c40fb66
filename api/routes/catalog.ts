import { Hono } from 'hono'
import { describeRoute } from 'hono-openapi'
import type * as z from 'zod'
import type { Catalogue, Metric } from '../../models/metrics/metric.ts'
import { NAMED_PERIODS } from '../../models/metrics/period.ts'
import { OPERATORS } from '../../models/metrics/query-string.ts'
import { splitsOf } from '../../models/metrics/splits.ts'
import type { Env } from '../env.ts'
import { isMeasured } from '../queries/plan.ts'
import type { Queries } from '../queries/queries.ts'
import { problems, shape } from '../requests.ts'
import { CatalogueDocument } from '../schemas.ts'

const description = describeRoute({
  operationId: 'catalog',
  summary: 'Every metric and dimension the viewer may see: words, unit, what it means, and what it can be split by',
  responses: {
    200: { description: 'The catalogue', content: { 'application/json': { schema: shape(CatalogueDocument) } } },
    ...problems(403),
  },
})

export const catalog = ({ queries }: { queries: Queries }) =>
  new Hono<Env>().get('/', description, (c) => c.json(describeCatalogue(queries.sight(c.var.viewer).catalogue)))

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
      by: splitsOf(catalogue, [name]),
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
