import type { Metric } from './metric.ts'
import { subjects } from './subjects.ts'

export { dimensions } from './dimensions.ts'

/** Every figure Trueworth can be asked for, by name. */
export const metrics: Record<string, Metric> = Object.fromEntries(
  subjects.flatMap((subject) => Object.entries(subject.metrics)),
)
