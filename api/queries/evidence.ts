import type { Evidence } from '../../models/metrics/metric.ts'
import type { Sight } from '../access.ts'
import type { Edition } from './edition.ts'

/** What figures of an edition stand on. */
export function evidenceOf(
  { mark: _mark, entities: _entities, ...edition }: Edition,
  coverage: Evidence['coverage'],
  figures: Evidence['figures'],
): Evidence {
  return { ...edition, coverage, figures }
}

/** Each figure is as fresh as the stalest of the entities that its fields belong to; what no feed gives ages with none. */
export function figuresOf(
  { catalogue, seesAllRows }: Pick<Sight, 'catalogue' | 'seesAllRows'>,
  metrics: readonly string[],
  { entities }: Edition,
): Evidence['figures'] {
  return Object.fromEntries(
    metrics.map((name) => {
      const fields = catalogue.metrics[name]?.standsOn ?? []
      const named = [...new Set(fields.map((field) => field.split('.')[0] ?? ''))]
      const fed = named.flatMap((entity) => entities[entity] ?? [])
      const reads = fed.map(({ read_at }) => read_at)
      const lags = fed.flatMap(({ entry_lag_days }) => entry_lag_days ?? [])
      return [
        name,
        {
          sources: [...new Set(fed.flatMap(({ sources }) => sources))].toSorted(),
          read_at: reads.reduce(earlier, reads[0] ?? null),
          stale: fed.some(({ stale }) => stale),
          entry_lag_days: lags.length === 0 || !seesAllRows ? null : Math.max(...lags),
        },
      ]
    }),
  )
}

/** The earlier of two readings; one that never was comes before all. */
function earlier(one: string | null, other: string | null): string | null {
  return one === null || other === null ? null : one < other ? one : other
}
