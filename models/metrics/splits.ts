import type { Catalogue } from './metric.ts'

/** The measured metrics a metric stands on, itself where it is one. */
export function measuredOf(catalogue: Catalogue, name: string): string[] {
  const metric = catalogue.metrics[name]
  if (metric === undefined || 'mart' in metric) return [name]
  const parents = 'rankOf' in metric ? [metric.rankOf] : metric.from
  return parents.flatMap((each) => measuredOf(catalogue, each))
}

/** The marts behind a metric. */
function martsOf(catalogue: Catalogue, name: string): string[] {
  return measuredOf(catalogue, name).flatMap((each) => {
    const metric = catalogue.metrics[each]
    return metric !== undefined && 'mart' in metric ? [metric.mart] : []
  })
}

/** Whether a metric can be split and filtered by a dimension: all marts behind it carry it. */
export function canSplit(catalogue: Catalogue, metric: string, dimension: string): boolean {
  const { columns = {} } = catalogue.dimensions[dimension] ?? {}
  return martsOf(catalogue, metric).every((mart) => columns[mart] !== undefined)
}

/** What metrics can be split and filtered by together. */
export function splitsOf(catalogue: Catalogue, names: readonly string[]): string[] {
  const marts = [...new Set(names.flatMap((name) => martsOf(catalogue, name)))]
  return Object.entries(catalogue.dimensions).flatMap(([dimension, { columns }]) =>
    marts.every((mart) => columns[mart] !== undefined) ? [dimension] : [],
  )
}
