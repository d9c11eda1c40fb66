import { fault, type Fault } from '../entities/faults.ts'
import { AccessError, RequestError } from '../errors.ts'
import type { Ask, Viewer } from '../models/metrics/metric.ts'
import type { Sees } from '../models/metrics/sight.ts'
import type { Watched } from './alert.ts'
import { FORECASTS } from './forecast.ts'
import { askFor, numberOf } from './observe.ts'

export interface AlertSight extends Sees {
  readonly seesAllRows: boolean
  /** Names of people who work here are shown. */
  readonly seesPeople: boolean
}

export interface SeeDeps {
  readonly ask: Ask
  /** Throws AccessError for who may see nothing. */
  readonly sight: (viewer: Viewer) => AlertSight
}

/** What is told of a group. */
interface ToldGroup {
  readonly group: string
  /** The figure as it was asked for. */
  readonly asked: number | null
  readonly found: Fault | undefined
}

/** Whether a viewer may see a group with its figure, as it was asked for, and with what was found of it. */
export type SeesGroup = (told: ToldGroup) => boolean

const none: SeesGroup = () => false

/** Whether the words of an alert are all such that the viewer knows them. */
export function seesAlert(alert: Watched, { sees, may }: Sees): boolean {
  if (alert.watches !== 'figure') return may('see_sources')
  const { metric, by, where, when } = alert
  const fields = where.map(({ field }) => field).filter((field) => field !== 'period')
  const forecast = 'outsideForecast' in when ? Object.values(FORECASTS[metric] ?? {}) : []
  return [metric, ...forecast, ...(by === undefined ? [] : [by]), ...fields].every(sees)
}

/** Figures beside its own that what was found of a group may tell. */
const BESIDE = ['was', 'low', 'high', 'share'] as const

/**
 * Groups of an alert as a viewer would find them itself: the question is asked with the viewer's own rights, and a group is
 * shown where the figures that come back are the very ones the alert has.
 */
export async function seenGroups(alert: Watched, viewer: Viewer, { ask, sight: sightOf }: SeeDeps): Promise<SeesGroup> {
  try {
    const sight = sightOf(viewer)
    if (!seesAlert(alert, sight)) return none
    if (alert.watches !== 'figure' || sight.seesAllRows) return () => true
    const known = alert.with.filter((name) => sight.sees(name))
    const { answer, rows } = await askFor({ ...alert, with: known }, viewer, ask)
    const { by, metric } = alert
    const share = answer.evidence.coverage[metric]?.share ?? null
    const own = new Map(
      rows.map(({ row, forecast }) => [
        by === undefined ? '' : String(row[by] ?? ''),
        { asked: numberOf(row[metric]), was: numberOf(row[`${metric}_compared`]), share, ...forecast },
      ]),
    )
    return ({ group, asked, found }) => {
      const mine = own.get(group)
      const told = BESIDE.filter((name) => found?.details[name] !== undefined)
      return mine?.asked === asked && told.every((name) => mine?.[name] === found?.details[name])
    }
  } catch (error) {
    if (error instanceof AccessError || error instanceof RequestError) return none
    throw error
  }
}

/** What was found and what follows from it, as far as the viewer knows people. */
export function seenWhy(why: readonly Fault[], { seesPeople }: AlertSight): readonly Fault[] {
  return seesPeople ? why : why.map((one) => (one.code === 'alert_acknowledged' ? fault(one.code, {}) : one))
}
