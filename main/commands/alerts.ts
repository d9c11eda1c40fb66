import { evaluationsOf, groupsOf, healthOf } from '../../alerts/log.ts'
import type { Watched } from '../../alerts/alert.ts'
import type { Config } from '../../config/define.ts'
import { ConfigError, RequestError } from '../../errors.ts'
import { fault, type Fault } from '../../entities/faults.ts'
import { explainAlert } from '../../models/metrics/alert.ts'
import { metrics } from '../../models/metrics/catalogue.ts'
import type { Metric } from '../../models/metrics/metric.ts'
import { textTable } from '../../terminal.ts'
import { openKeptAlerts } from '../alerts.ts'

export interface AlertLogFlags {
  readonly group?: string
  readonly limit: number
  readonly json?: boolean
}

/** `trueworth alerts`: every alert with what of it fires, as it was last seen. */
export async function listAlerts(config: Config, { json }: { readonly json?: boolean }): Promise<number> {
  const { state, alerts } = openWatched(config)
  try {
    const [kept, health] = await Promise.all([groupsOf(state.tables), healthOf(state.tables)])
    const listed = alerts.map((alert) => ({
      name: alert.name,
      ...(health.get(alert.name) ?? { evaluatedAt: null, version: null, groups: 0, error: null, errorSince: null }),
      firing: kept.filter((group) => group.alert === alert.name && group.status !== 'ok'),
    }))
    if (json) console.log(JSON.stringify(listed, null, 2))
    else
      console.log(
        textTable(
          ['alert', 'state', 'fires', 'groups', 'last look', 'why'],
          listed.map(({ name, firing, groups, evaluatedAt, error }) => [
            name,
            stateOf({ error, evaluatedAt, firing: firing.length }),
            String(firing.length),
            String(groups),
            evaluatedAt === null ? '' : minuteOf(evaluatedAt),
            error === null ? '' : explained(config, alerts, name, [error]),
          ]),
          new Set(['fires', 'groups']),
        ),
      )
    return 0
  } finally {
    await state.close()
  }
}

/** `trueworth alerts log`. Throws RequestError for a name that is none. */
export async function logOfAlert(config: Config, name: string, flags: AlertLogFlags): Promise<number> {
  const { group, limit, json } = flags
  const { state, alerts } = openWatched(config)
  try {
    if (!alerts.some((alert) => alert.name === name))
      throw new RequestError(fault('alert_name_unknown', { alert: name }), { field: 'name', status: 404 })
    const log = await evaluationsOf(state.tables, name, { limit, ...(group !== undefined && { groups: [group] }) })
    if (json) console.log(JSON.stringify(log, null, 2))
    else if (log.length === 0) console.log('There are no looks yet.')
    else
      console.log(
        textTable(
          ['when', 'group', 'state', 'told', 'looks', 'version', 'why'],
          log.map((look) => [
            minuteOf(look.last_at),
            look.label,
            look.after,
            look.told ? 'told' : '',
            String(look.times),
            String(look.warehouse_version),
            explained(config, alerts, name, look.why),
          ]),
          new Set(['looks', 'version']),
        ),
      )
    return 0
  } finally {
    await state.close()
  }
}

function openWatched(config: Config): ReturnType<typeof openKeptAlerts> {
  if (config.alerts === undefined)
    throw new ConfigError(`nothing is watched; set alerts: { owner: 'you@example.com' } in ${config.file}`)
  return openKeptAlerts(config)
}

function stateOf({
  error,
  evaluatedAt,
  firing,
}: {
  error: Fault | null
  evaluatedAt: string | null
  firing: number
}): string {
  if (error !== null) return 'in error'
  if (evaluatedAt === null) return 'never evaluated'
  return firing > 0 ? 'fires' : 'quiet'
}

function explained({ company }: Config, alerts: readonly Watched[], name: string, why: readonly Fault[]): string {
  const alert = alerts.find((one) => one.name === name)
  const metric: Metric | undefined =
    alert?.watches === 'figure' ? (metrics as Readonly<Record<string, Metric>>)[alert.metric] : undefined
  return explainAlert(why, metric?.unit ?? 'number', { ...company, language: 'en' })
}

const minuteOf = (instant: string): string => instant.slice(0, 16).replace('T', ' ')
