import { createHash } from 'node:crypto'
import type { MetricQuery } from '../../models/metrics/metric.ts'
import type { Edition } from './edition.ts'

/** Questions with the same key have the same answer. `access`: what may be seen, `Sight.key`. */
export function keyOf(edition: Edition, query: MetricQuery, access: string): string {
  const { metrics, by, where, order, limit, offset, grain, compare, top, totals, asOf, knownAt } = query
  const rest = [limit, offset ?? 0, grain, compare, top, totals, asOf, knownAt]
  return JSON.stringify([edition.mark, access, metrics, by, where, order, ...rest])
}

/** A key that tells nothing of what stands in it. */
export function identityOf(key: string): string {
  return createHash('sha256').update(key).digest('base64url').slice(0, 22)
}
