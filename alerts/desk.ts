import type { State } from '../data/state.ts'
import { fault } from '../entities/faults.ts'
import { AccessError, RequestError } from '../errors.ts'
import type { AlertDesk, AlertStatus, FiringGroup } from '../models/metrics/alert.ts'
import type { Catalogue, Viewer } from '../models/metrics/metric.ts'
import { formatMetricQuery } from '../models/metrics/query-string.ts'
import type { Watched } from './alert.ts'
import { decide, evaluationsOf, groupsOf, healthOf, type Health, type KeptGroup } from './log.ts'
import { acknowledged, snoozed, type GroupState } from './machine.ts'
import { seenGroups, seenWhy, seesAlert, type AlertSight, type SeeDeps, type SeesGroup } from './seen.ts'
import { changeParameters, splitQuestion } from './split.ts'

export interface DeskDeps extends SeeDeps {
  readonly alerts: readonly Watched[]
  readonly state: Pick<State, 'tables'>
  readonly catalogue: Catalogue
  readonly edition: () => Promise<{ readonly as_of: string } | undefined>
  readonly now: () => Date
  /** Told of every decision: who did what to which. */
  readonly record: (viewer: Viewer, action: Decision, subject: string) => Promise<void>
  /** Does something while no evaluation goes on. */
  readonly alone: <T>(work: () => Promise<T>) => Promise<T>
}

type Decision = 'alert_acknowledged' | 'alert_snoozed'

const YEAR = 366 * 86_400_000

/** How alerts stand, as a viewer may see it, and what it decides on them. */
export function createDesk(deps: DeskDeps): AlertDesk {
  const { alerts, state, now } = deps
  const find = (viewer: Viewer, name: string): Watched => {
    const alert = alerts.find((one) => one.name === name)
    if (alert === undefined || !seesAlert(alert, deps.sight(viewer)))
      throw new RequestError(fault('alert_name_unknown', { alert: name }), { status: 404 })
    return alert
  }
  const statusOf = async (viewer: Viewer, alert: Watched): Promise<AlertStatus> => {
    const health = (await healthOf(state.tables)).get(alert.name)
    const sees = await seenGroups(alert, viewer, deps)
    const groups = await seenOf(alert, sees)
    const sight = deps.sight(viewer)
    return shown(alert, { health, groups, asOf: (await deps.edition())?.as_of, sight }, deps.catalogue)
  }
  const seenOf = async ({ name }: Watched, sees: SeesGroup): Promise<KeptGroup[]> =>
    (await groupsOf(state.tables, name)).filter((kept) => sees({ ...kept, found: kept.why[0] }))
  const change = async (
    { viewer, name, group }: { viewer: Viewer; name: string; group: string },
    action: Decision,
    next: (state: GroupState) => GroupState | undefined,
  ): Promise<AlertStatus> => {
    const alert = find(viewer, name)
    if (!deps.sight(viewer).may('acknowledge_alerts'))
      throw new AccessError(fault('action_not_allowed', { action: 'acknowledge_alerts' }))
    const sees = await seenGroups(alert, viewer, deps)
    const kept = (await seenOf(alert, sees)).find((one) => one.group === group)
    const after = kept && next(kept)
    if (kept === undefined || after === undefined)
      throw new RequestError(fault('alert_not_firing', { alert: name, group }), { field: 'group', status: 422 })
    const said =
      after.status === 'acknowledged'
        ? fault('alert_acknowledged', { by: viewer.name })
        : fault('alert_snoozed', { until: after.snoozedUntil })
    const why = [...kept.why.slice(0, 1), said]
    await decide(state.tables, name, { ...kept, ...after, why }, { at: now().toISOString(), before: kept.status })
    await deps.record(viewer, action, `${name} ${group}`.trim())
    return statusOf(viewer, alert)
  }
  return {
    list: async (viewer) => {
      const sight = deps.sight(viewer)
      return Promise.all(alerts.filter((alert) => seesAlert(alert, sight)).map((alert) => statusOf(viewer, alert)))
    },
    log: async (viewer, name, { group, before, limit }) => {
      const alert = find(viewer, name)
      const sight = deps.sight(viewer)
      const sees = await seenGroups(alert, viewer, deps)
      const kept = sight.seesAllRows ? undefined : await seenOf(alert, sees)
      const seen = kept?.map((one) => one.group)
      const groups = group === undefined ? seen : [group].filter((one) => seen?.includes(one) ?? true)
      // Figures of earlier versions were compared with nothing that the viewer gets.
      const version = kept?.[0]?.version
      const asked = { limit: limit + 1, version, ...(groups && { groups }), ...(before !== undefined && { before }) }
      const found = await evaluationsOf(state.tables, name, asked)
      const evaluations = found.slice(0, limit).map((look) => ({ ...look, why: seenWhy(look.why, sight) }))
      return { evaluations, before: found.length > limit ? (evaluations.at(-1)?.evaluation_id ?? null) : null }
    },
    acknowledge: (viewer, name, group) =>
      deps.alone(() =>
        change({ viewer, name, group }, 'alert_acknowledged', (kept) => acknowledged(kept, viewer.name)),
      ),
    snooze: async (viewer, name, group, until) => {
      const at = Date.parse(until)
      const ahead = at - now().getTime()
      if (Number.isNaN(at) || ahead <= 0 || ahead > YEAR)
        throw new RequestError(fault('alert_snooze_until', { until, example: '2026-03-31T16:00:00Z' }), {
          field: 'until',
        })
      return deps.alone(() =>
        change({ viewer, name, group }, 'alert_snoozed', (kept) => snoozed(kept, new Date(at).toISOString())),
      )
    },
  }
}

function shown(
  alert: Watched,
  {
    health,
    groups,
    asOf,
    sight,
  }: {
    health: Health | undefined
    groups: readonly KeptGroup[]
    asOf: string | undefined
    sight: AlertSight
  },
  { dimensions }: Catalogue,
): AlertStatus {
  const firing = groups.filter(({ status }) => status !== 'ok')
  const isFigure = alert.watches === 'figure'
  return {
    name: alert.name,
    title: alert.title,
    built_in: alert.isBuiltIn,
    metric: isFigure ? alert.metric : null,
    by: isFigure ? (alert.by ?? null) : null,
    owner: alert.owner,
    // Its words may tell of rows and of what is hidden.
    error: health?.error == null ? null : sight.may('see_sources') ? health.error : fault('alert_in_error', {}),
    error_since: health?.errorSince ?? null,
    evaluated_at: health?.evaluatedAt ?? null,
    warehouse_version: health?.version ?? null,
    groups: groups.length,
    firing: firing
      .map((kept) => firingGroup(alert, kept, { asOf, dimensions, sight }))
      .toSorted((one, other) => other.since.localeCompare(one.since) || one.label.localeCompare(other.label)),
  }
}

function firingGroup(
  alert: Watched,
  kept: KeptGroup,
  { asOf, dimensions, sight }: { asOf: string | undefined; dimensions: Catalogue['dimensions']; sight: AlertSight },
): FiringGroup {
  const { group, label, value, limit, readAt } = kept
  const question =
    alert.watches === 'figure' && asOf !== undefined ? splitQuestion(alert, group, { asOf, dimensions }) : undefined
  return {
    group,
    label,
    status: kept.status === 'ok' ? 'firing' : kept.status,
    value,
    limit,
    why: seenWhy(kept.why, sight),
    since: kept.firedAt ?? '',
    told_at: kept.toldAt,
    acknowledged_by: sight.seesPeople ? kept.acknowledgedBy : null,
    snoozed_until: kept.snoozedUntil,
    read_at: readAt,
    query: alert.watches === 'figure' ? figureParameters(alert, group) : null,
    change: question === undefined ? null : changeParameters(question),
  }
}

/** Parameters of the page that shows the figure of a group. */
function figureParameters({ metric, by, where }: Watched & { watches: 'figure' }, group: string): string {
  const own = by === undefined ? [] : [{ field: by, operator: 'eq' as const, values: [group] }]
  return formatMetricQuery({
    metrics: [metric],
    by: by === undefined ? [] : [by],
    where: [...where, ...own],
    order: [],
  })
}
