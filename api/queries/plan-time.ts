import { fault } from '../../entities/faults.ts'
import { RequestError } from '../../errors.ts'
import { GRAINS, type Catalogue, type Comparison, type Grain } from '../../models/metrics/metric.ts'
import type { NamedDimension } from './plan.ts'

export interface PlannedTime {
  readonly name: string
  /** Undefined: as the mart has it. */
  readonly grain: Grain | undefined
}

interface Asked {
  readonly grain: Grain | undefined
  readonly compare: Comparison | undefined
  readonly metrics: readonly string[]
  /** Those behind the metrics. */
  readonly marts: readonly string[]
}

/** Grains that months can be cut to. */
const OF_MONTHS: readonly Grain[] = ['month', 'quarter', 'year']

/** The month or day of `by` that a grain cuts or a comparison lines up; a grain adds `month` where none stands there. Throws RequestError. */
export function planTime(
  catalogue: Catalogue,
  by: readonly NamedDimension[],
  { grain, compare, metrics, marts }: Asked,
): { by: readonly NamedDimension[]; time: PlannedTime | undefined } {
  if (grain === undefined) {
    const dates = by.filter(({ dimension }) => dimension.kind === 'month' || dimension.datesRows)
    const names = dates.map(({ name }) => name)
    if (compare !== undefined && names.length > 1)
      throw new RequestError(fault('compare_several', { names }), { field: 'by' })
    const name = compare === undefined ? names.find((each) => each === 'month') : names[0]
    return { by, time: name === undefined ? undefined : { name, grain } }
  }
  const times = by.filter(({ dimension }) => dimension.kind === 'month' || dimension.kind === 'day')
  if (times.length > 1)
    throw new RequestError(fault('grain_several', { names: times.map(({ name }) => name) }), { field: 'grain' })
  const month = catalogue.dimensions['month']
  const added = month && marts.every((mart) => mart in month.columns)
  const time = times[0] ?? (added ? { name: 'month', dimension: month } : undefined)
  if (time === undefined) throw new RequestError(fault('grain_without_time', { metrics, grain }), { field: 'grain' })
  if (time.dimension.kind === 'month' && !OF_MONTHS.includes(grain)) throw tooFine(catalogue, grain, time.name, marts)
  return { by: times.length === 0 ? [...by, time] : by, time: { name: time.name, grain } }
}

function tooFine(catalogue: Catalogue, grain: Grain, name: string, marts: readonly string[]): RequestError {
  const days = Object.entries(catalogue.dimensions).flatMap(([day, { kind, columns }]) =>
    kind === 'day' && marts.every((mart) => mart in columns) ? [day] : [],
  )
  const near = GRAINS.find((each) => OF_MONTHS.includes(each))
  return new RequestError(fault('grain_too_fine', { grain, name, near, valid: OF_MONTHS, days }), { field: 'grain' })
}
