import { AccessError, RequestError } from '../errors.ts'
import type { Ask, Viewer } from '../models/metrics/metric.ts'
import type { Sees } from '../models/metrics/sight.ts'
import type { Watched } from './alert.ts'
import { askFor, numberOf } from './observe.ts'

export interface AlertSight extends Sees {
  readonly seesAllRows: boolean
}

export interface SeeDeps {
  readonly ask: Ask
  /** Throws AccessError for who may see nothing. */
  readonly sight: (viewer: Viewer) => AlertSight
}

/** Whether a viewer may see a group with its figure, as it was asked for. */
export type SeesGroup = (group: string, asked: number | null) => boolean

const none: SeesGroup = () => false

/** Whether the words of an alert are all such that the viewer knows them. */
export function seesAlert(alert: Watched, { sees, may }: Sees): boolean {
  if (alert.watches !== 'figure') return may('see_sources')
  const { metric, by, where } = alert
  const fields = where.map(({ field }) => field).filter((field) => field !== 'period')
  return [metric, ...(by === undefined ? [] : [by]), ...fields].every(sees)
}

/**
 * Groups of an alert as a viewer would find them itself: the question is asked with the viewer's own rights, and a group is
 * shown where the figure that comes back is the very one the alert has.
 */
export async function seenGroups(alert: Watched, viewer: Viewer, { ask, sight: sightOf }: SeeDeps): Promise<SeesGroup> {
  try {
    const sight = sightOf(viewer)
    if (!seesAlert(alert, sight)) return none
    if (alert.watches !== 'figure' || sight.seesAllRows) return () => true
    const known = alert.with.filter((name) => sight.sees(name))
    const { rows } = await askFor({ ...alert, with: known }, viewer, ask)
    const { by, metric } = alert
    const own = new Map(
      rows.map(({ row }) => [by === undefined ? '' : String(row[by] ?? ''), numberOf(row[metric])] as const),
    )
    return (group, asked) => own.has(group) && own.get(group) === asked
  } catch (error) {
    if (error instanceof AccessError || error instanceof RequestError) return none
    throw error
  }
}
