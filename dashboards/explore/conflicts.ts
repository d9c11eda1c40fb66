import { nearest } from '../../models/builder/nearest.ts'
import { isFigure } from '../../models/metrics/comparison.ts'
import type { Catalogue, MetricQuery } from '../../models/metrics/metric.ts'
import { canSplit } from '../../models/metrics/splits.ts'
import { subjects } from '../../models/metrics/subjects.ts'

/** What does not go together in a question, and the nearest questions in which it does. */
export type Conflict =
  | { readonly kind: 'metric' | 'dimension'; readonly name: string; readonly near: string | undefined }
  | {
      readonly kind: 'split' | 'filter'
      readonly name: string
      /** The figures that cannot be split or filtered by it. */
      readonly metrics: readonly string[]
      /** Figures like them that can. */
      readonly instead: readonly string[]
    }

/** Conflicts of a question, those of unknown words first. None: it can be asked. */
export function conflictsOf(query: MetricQuery, catalogue: Catalogue): readonly Conflict[] {
  const { metrics, dimensions } = catalogue
  const fields = query.where
    .map(({ field }) => field)
    .filter((field) => field !== 'period' && !isFigure(field, query, catalogue))
  const strange = (kind: 'metric' | 'dimension', names: readonly string[], known: object): Conflict[] =>
    [...new Set(names)]
      .filter((name) => !Object.hasOwn(known, name))
      .map((name) => ({ kind, name, near: nearest(name, Object.keys(known)) }))
  const unknown = [
    ...strange('metric', query.metrics, metrics),
    ...strange('dimension', [...query.by, ...fields], dimensions),
  ]
  if (unknown.length > 0) return unknown
  const clash = (kind: 'split' | 'filter', name: string): Conflict[] => {
    const lack = query.metrics.filter((metric) => !canSplit(catalogue, metric, name))
    return lack.length === 0 ? [] : [{ kind, name, metrics: lack, instead: alike(query, lack, catalogue) }]
  }
  return [
    ...query.by.flatMap((name) => clash('split', name)),
    ...[...new Set(fields)].filter((name) => !query.by.includes(name)).flatMap((name) => clash('filter', name)),
  ]
}

/** The dimensions a question uses, that each of its figures must know. */
export function usedDimensions({ by, where }: MetricQuery, { dimensions }: Catalogue): readonly string[] {
  return [...new Set([...by, ...where.map(({ field }) => field)])].filter(
    (name) => name !== 'period' && Object.hasOwn(dimensions, name),
  )
}

/** Figures that go with all splits and filters of a question. */
export function fittingMetrics(query: MetricQuery, catalogue: Catalogue): readonly string[] {
  const used = usedDimensions(query, catalogue)
  return Object.keys(catalogue.metrics).filter((name) =>
    used.every((dimension) => canSplit(catalogue, name, dimension)),
  )
}

const OFFERED = 3

/** Of the figures that fit, those most like the ones that do not: of the same subject and unit before others. */
function alike(query: MetricQuery, lack: readonly string[], catalogue: Catalogue): readonly string[] {
  const [first = ''] = lack
  const subject = subjects.find(({ metrics }) => Object.hasOwn(metrics, first))
  const likeness = (name: string): number =>
    (subject !== undefined && Object.hasOwn(subject.metrics, name) ? 2 : 0) +
    (catalogue.metrics[name]?.unit === catalogue.metrics[first]?.unit ? 1 : 0)
  return fittingMetrics(query, catalogue)
    .filter((name) => !query.metrics.includes(name))
    .toSorted((one, other) => likeness(other) - likeness(one))
    .slice(0, OFFERED)
}
