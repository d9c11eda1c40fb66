import type { Access } from '../config/access.ts'
import type { Catalogue, Metric } from '../models/metrics/metric.ts'
import { nearest } from '../models/builder/nearest.ts'
import { periodOf, type Watched, type WatchedFigure } from './alert.ts'
import { FORECASTS } from './forecast.ts'
import { refused, unknownWord } from './refusals.ts'

/** Units of what is never below zero. */
const NEVER_NEGATIVE = ['count', 'rank'] as const

/** Throws ConfigError for a word that is not there, with the nearest one, and for a condition that its figure cannot meet or clear. */
export function checkAlerts(
  alerts: readonly Watched[],
  { catalogue, access }: { readonly catalogue: Catalogue; readonly access: Access },
): void {
  for (const alert of alerts) {
    const place = `alert '${alert.name}'`
    const roles = Object.keys(access)
    const named = [
      alert.role,
      ...alert.to.flatMap((one) => (typeof one === 'object' && 'role' in one ? [one.role] : [])),
    ]
    for (const role of named) {
      if (roles.includes(role)) continue
      const near = nearest(role, roles)
      throw refused(
        place,
        `there is no role '${role}'.${near === undefined ? '' : ` Did you mean '${near}'?`} Valid: ${roles.join(', ')}`,
      )
    }
    if (alert.watches === 'figure') checkFigure(alert, catalogue, place)
  }
}

function checkFigure(alert: WatchedFigure, { metrics, dimensions }: Catalogue, place: string): void {
  const { metric, by, list } = alert
  const metricNames = Object.keys(metrics)
  const dimensionNames = Object.keys(dimensions)
  for (const name of [metric, ...(list?.metrics ?? [])])
    if (!metricNames.includes(name)) throw unknownWord(place, name, metricNames)
  const split = [...(by === undefined ? [] : [by]), ...alert.with]
  for (const name of [...split, ...(list?.by ?? [])])
    if (!dimensionNames.includes(name)) throw unknownWord(place, name, dimensionNames)
  const fields = ['period', ...dimensionNames, ...metricNames]
  for (const { field } of [...alert.where, ...(list?.where ?? [])])
    if (!fields.includes(field)) throw unknownWord(`${place}.where`, field, fields)
  if (by === undefined && alert.with.length > 0) throw refused(place, '`with` tells more of a group; name one by `by`')
  for (const name of split)
    for (const mart of martsOf(metric, metrics))
      if (dimensions[name]?.columns[mart] === undefined)
        throw refused(place, `'${metric}' cannot be split by '${name}'; docs/metrics.md says what it can be split by`)
  checkNamed(alert, split, place)
  checkCondition(alert, metrics[metric] as Metric, place)
}

function checkNamed(alert: WatchedFigure, split: readonly string[], place: string): void {
  const people = alert.to.flatMap((one) => (typeof one === 'object' && 'person' in one ? [one.person] : []))
  for (const name of [...people, ...(alert.clock === undefined ? [] : [alert.clock])])
    if (!split.includes(name)) throw refused(place, `'${name}' must be named in \`by\` or \`with\``)
}

function checkCondition(alert: WatchedFigure, metric: Metric, place: string): void {
  const { when, by } = alert
  const limit = 'above' in when ? (when.clearBelow ?? when.above) : undefined
  if (limit !== undefined && limit < 0 && (NEVER_NEGATIVE as readonly string[]).includes(metric.unit))
    throw refused(place, `cannot clear: '${alert.metric}' is never below 0; set clearBelow to 0 or more`)
  const isCompared = 'against' in when || ('crossing' in when && when.crossing !== undefined)
  const period = periodOf(alert)
  if (isCompared && (period === undefined || period === 'all_time'))
    throw refused(place, 'it is held against another period and needs one itself, e.g. trailing_12')
  if (isCompared && by === 'month')
    throw refused(place, 'months cannot be held against other months; split it otherwise')
  if ('missing' in when && when.coverageBelow !== undefined) {
    if (by !== undefined) throw refused(place, 'coverage is that of the whole figure; take out `by`')
    if (!('coverage' in metric) || metric.coverage === undefined)
      throw refused(place, `'${alert.metric}' is always complete and has no coverage`)
  }
  if ('outsideForecast' in when && (by !== 'customer' || FORECASTS[alert.metric] === undefined))
    throw refused(
      place,
      `a forecast with an interval is there for ${Object.keys(FORECASTS).join(', ')} by customer only`,
    )
  if ('outsideForecast' in when && period !== undefined)
    throw refused(place, 'a forecast is of the last twelve whole months; take out `period`')
}

/** The marts behind a figure. */
function martsOf(name: string, metrics: Catalogue['metrics']): string[] {
  const metric = metrics[name]
  if (metric === undefined) return []
  if ('mart' in metric) return [metric.mart]
  return ('from' in metric ? metric.from : [metric.rankOf]).flatMap((each) => martsOf(each, metrics))
}
