import type { Action } from '../../entities/actions.ts'
import type { MetricQuery } from './metric.ts'

/** What a viewer may see and do, as far as a page needs to know it. */
export interface Sees {
  /** A metric or dimension by name. */
  readonly sees: (name: string) => boolean
  readonly may: (action: Action) => boolean
}

/** Whether a question uses nothing but what the viewer may see. */
export function seesAll(
  { sees }: Sees,
  { metrics, by }: { metrics: readonly string[]; by: readonly string[] },
): boolean {
  return [...metrics, ...by].every(sees)
}

/** The question without the columns that the viewer may not see. */
export function seenPart(query: MetricQuery, { sees }: Sees): MetricQuery {
  const { metrics, by, order } = query
  return {
    ...query,
    metrics: metrics.filter(sees),
    by: by.filter(sees),
    order: order.filter((name) => sees(name.replace(/^-/, ''))),
  }
}
