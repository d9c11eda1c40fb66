import { HIDDEN_GROUPS } from '../entities/actions.ts'
import type { Catalogue, Dimension } from '../models/metrics/metric.ts'
import { isMeasured, parentsOf } from './queries/plan.ts'

/** Names of a rule that stand for several words: those that tell of it. */
function isGroup(name: string): boolean {
  return (HIDDEN_GROUPS as readonly string[]).includes(name)
}

/** The metrics and dimensions that each name of `hides` stands for. */
export function hiddenWords({ metrics, dimensions }: Catalogue, hides: readonly string[]): Set<string> {
  const told = [...Object.entries(metrics), ...Object.entries(dimensions)].filter(
    ([, { tells }]) => tells !== undefined && hides.includes(tells),
  )
  return new Set([...hides.filter((name) => !isGroup(name)), ...told.map(([name]) => name)])
}

/**
 * The catalogue without what is hidden, what is worked out from that or shown beside it, and without marts of which no row may be
 * shown. Whoever asks by it is told no other word.
 */
export function visiblePart(
  catalogue: Catalogue,
  { hidden, shows, all }: { hidden: ReadonlySet<string>; shows: (mart: string) => boolean; all: boolean },
): Catalogue {
  const metrics = Object.entries(catalogue.metrics).filter(([name]) =>
    isVisible(catalogue, name, { hidden, shows, all }),
  )
  const used = new Set(metrics.flatMap(([, metric]) => (isMeasured(metric) ? [metric.mart] : [])))
  const known = new Set(Object.values(catalogue.metrics).flatMap((metric) => (isMeasured(metric) ? [metric.mart] : [])))
  const kept = (mart: string): boolean => shows(mart) && (used.has(mart) || !known.has(mart))
  const secret = new Set([...hidden].flatMap((name) => columnsOf(catalogue.dimensions[name])))
  const dimensions = Object.entries(catalogue.dimensions).flatMap(([name, dimension]): [string, Dimension][] => {
    const isSecret = hidden.has(name) || columnsOf(dimension).some((column) => secret.has(column))
    const columns = within(dimension.columns, kept)
    if (isSecret || Object.keys(columns).length === 0) return []
    return [[name, { ...dimension, columns, ...(dimension.labels && { labels: within(dimension.labels, kept) }) }]]
  })
  return { metrics: Object.fromEntries(metrics), dimensions: Object.fromEntries(dimensions) }
}

function isVisible(catalogue: Catalogue, name: string, to: Parameters<typeof visiblePart>[1]): boolean {
  const metric = catalogue.metrics[name]
  if (metric === undefined || isHidden(catalogue, name, to.hidden) || (metric.ofAll && !to.all)) return false
  return isMeasured(metric) ? to.shows(metric.mart) : parentsOf(metric).every((each) => isVisible(catalogue, each, to))
}

/** By its own name, by one that it is worked out from, or by one that it tells in another place. */
function isHidden(catalogue: Catalogue, name: string, hidden: ReadonlySet<string>): boolean {
  const metric = catalogue.metrics[name]
  const same = metric === undefined ? [] : [...parentsOf(metric), ...(metric.sameAs ?? [])]
  return hidden.has(name) || same.some((each) => isHidden(catalogue, each, hidden))
}

/** Each column a dimension shows, with its mart: two dimensions over one column tell the same. */
function columnsOf(dimension: Dimension | undefined): string[] {
  return [dimension?.columns, dimension?.labels].flatMap((columns) =>
    Object.entries(columns ?? {}).map(([mart, column]) => `${mart} ${column}`),
  )
}

function within(columns: Readonly<Record<string, string>>, kept: (mart: string) => boolean): Record<string, string> {
  return Object.fromEntries(Object.entries(columns).filter(([mart]) => kept(mart)))
}
