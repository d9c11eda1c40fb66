import type { Alert, AlertList, Alerts, AlertSettings, BuiltInAlert } from '../config/alerts.ts'
import type { Filter } from '../models/metrics/metric.ts'
import { parseFilter } from '../models/metrics/query-string.ts'
import type { Watched, WatchedFigure } from './alert.ts'
import { builtIn, type BuiltIn } from './built-in.ts'
import { unreadable } from './refusals.ts'

/** Alerts of the configuration with every default filled in: those built in first. Throws ConfigError for a filter that cannot be read. */
export function resolveAlerts(alerts: Alerts): Watched[] {
  const definitions = builtIn({ owner: alerts.owner, operator: alerts.operator ?? alerts.owner })
  const given = alerts.builtIn === false ? undefined : (alerts.builtIn ?? {})
  const ofEveryCompany = (Object.keys(definitions) as BuiltInAlert[]).flatMap((name) => {
    const settings = given?.[name] ?? {}
    return given === undefined || given[name] === false
      ? []
      : [watchedBuiltIn(name, definitions[name], { settings: settings || {}, alerts })]
  })
  const own = (alerts.watch ?? []).map((alert, at) =>
    figure(alert, { place: `alerts.watch.${at}`, alerts, isBuiltIn: false }),
  )
  return [...ofEveryCompany, ...own]
}

function watchedBuiltIn(
  name: BuiltInAlert,
  definition: BuiltIn,
  { settings, alerts }: { settings: AlertSettings; alerts: Alerts },
): Watched {
  if (definition.watches === 'figure')
    return figure({ ...definition, ...settings, name }, { place: `alerts.builtIn.${name}`, alerts, isBuiltIn: true })
  const { watches, title } = definition
  const asked = { ...definition, ...settings }
  return { watches, ...base(name, { ...asked, title }, { alerts, isBuiltIn: true }) }
}

interface Place {
  readonly place: string
  readonly alerts: Alerts
  readonly isBuiltIn: boolean
}

function figure(alert: Alert, { place, alerts, isBuiltIn }: Place): WatchedFigure {
  const { metric, by, when, clock, list, lateAfterDays, period } = alert
  const during: Filter[] = period === undefined ? [] : [{ field: 'period', operator: 'eq', values: [period] }]
  return {
    watches: 'figure',
    ...base(alert.name, alert, { alerts, isBuiltIn }),
    metric,
    by,
    with: alert.with ?? [],
    where: [...filters(alert.where, `${place}.where`), ...during],
    when,
    clock,
    list: list && listOf(list, place),
    lateAfterDays,
  }
}

function base(
  name: string,
  asked: AlertSettings & Pick<Alert, 'title'>,
  { alerts, isBuiltIn }: Omit<Place, 'place'>,
): Omit<WatchedFigure, 'watches' | 'metric' | 'by' | 'with' | 'where' | 'when' | 'clock' | 'list' | 'lateAfterDays'> {
  const owner = asked.owner ?? alerts.owner
  return {
    name,
    title: asked.title ?? { en: name, zh: name },
    isBuiltIn,
    builds: asked.for ?? 1,
    owner,
    to: asked.to ?? [owner],
    quietHours: asked.quietHours === false ? undefined : (asked.quietHours ?? alerts.quietHours),
    repeatAfter: asked.repeatAfter,
    language: asked.language ?? alerts.language ?? 'en',
    role: asked.as ?? 'head',
  }
}

function listOf({ metrics, by, where, order = [], limit = 25 }: AlertList, place: string): WatchedFigure['list'] {
  return { metrics, by, order, limit, where: filters(where, `${place}.list.where`) }
}

function filters(texts: readonly string[] = [], place: string): Filter[] {
  return texts.map((text) => {
    try {
      return parseFilter(text)
    } catch (error) {
      throw unreadable(place, text, error)
    }
  })
}
