import { sql, type Selectable } from 'kysely'
import type { AlertEvaluationTable, AlertHealthTable, AlertStateTable } from '../data/alert-tables.ts'
import type { State } from '../data/state.ts'
import type { Fault } from '../entities/faults.ts'
import type { AlertEvaluation, AlertGroupStatus } from '../models/metrics/alert.ts'
import type { GroupState } from './machine.ts'

/** A group of an alert as it is kept. */
export interface KeptGroup extends GroupState {
  readonly group: string
  readonly label: string
  readonly value: number | null
  /** The figure as it was asked for, before a clock ran down. */
  readonly asked: number | null
  readonly limit: number | null
  readonly why: readonly Fault[]
  readonly readAt: string | null
  readonly version: number
}

/** One look that is written down. */
export interface Written extends KeptGroup {
  readonly before: AlertGroupStatus
  readonly told: boolean
  /** It is not among the figures any more and does not fire: nothing of it is kept but the log. */
  readonly forget: boolean
}

/** Whether an alert could be evaluated. */
export interface Health {
  readonly evaluatedAt: string
  readonly version: number
  readonly groups: number
  readonly error: Fault | null
  readonly errorSince: string | null
}

export interface Keeping {
  readonly days: number
  readonly evaluations: number
}

/** Columns of a row times rows stay below what one statement of SQLite takes. */
const CHUNK = 500

type Tables = State['tables']

export async function groupsOf(tables: Tables, alert?: string): Promise<(KeptGroup & { readonly alert: string })[]> {
  const all = tables.selectFrom('alert_states').selectAll().orderBy('alert').orderBy('group_key')
  const rows = await (alert === undefined ? all : all.where('alert', '=', alert)).execute()
  return rows.map((row) => ({ alert: row.alert, ...groupOf(row) }))
}

function groupOf(row: Selectable<AlertStateTable>): KeptGroup {
  return {
    group: row.group_key,
    label: row.label,
    status: row.status as AlertGroupStatus,
    streak: row.streak,
    streakVersion: row.streak_version,
    firedAt: row.fired_at,
    toldAt: row.told_at,
    acknowledgedBy: row.acknowledged_by,
    snoozedUntil: row.snoozed_until,
    value: row.value,
    asked: row.asked_value,
    limit: row.limit_value,
    why: JSON.parse(row.why) as Fault[],
    readAt: row.read_at,
    version: row.version,
  }
}

/** Every look of one evaluation, with the states that follow. A look that equals the one before it at that version is counted with it. */
export async function write(tables: Tables, alert: string, at: string, looks: readonly Written[]): Promise<void> {
  const latest = await latestOf(tables, alert)
  const equal = looks.filter((look) => isSame(latest.get(look.group), look))
  for (const look of equal) {
    await tables
      .updateTable('alert_evaluations')
      .set(({ eb }) => ({ last_at: at, times: eb('times', '+', 1), value: look.value, why: JSON.stringify(look.why) }))
      .where('evaluation_id', '=', latest.get(look.group)?.evaluation_id ?? -1)
      .execute()
  }
  const fresh = looks.filter((look) => !equal.includes(look))
  for (let from = 0; from < fresh.length; from += CHUNK)
    await tables
      .insertInto('alert_evaluations')
      .values(fresh.slice(from, from + CHUNK).map((look) => evaluationRow(alert, at, look)))
      .execute()
  await keep(tables, alert, at, looks)
}

async function keep(tables: Tables, alert: string, at: string, looks: readonly Written[]): Promise<void> {
  const kept = looks.filter(({ forget }) => !forget)
  for (let from = 0; from < kept.length; from += CHUNK)
    await tables
      .replaceInto('alert_states')
      .values(kept.slice(from, from + CHUNK).map((group) => stateRow(alert, at, group)))
      .execute()
  for (const { group } of looks.filter(({ forget }) => forget))
    await tables.deleteFrom('alert_states').where('alert', '=', alert).where('group_key', '=', group).execute()
}

/** What a person decided of a group, beside what was found of it. */
export async function decide(
  tables: Tables,
  alert: string,
  group: KeptGroup,
  { at, before }: { readonly at: string; readonly before: AlertGroupStatus },
): Promise<void> {
  await tables.transaction().execute(async (transaction) => {
    await transaction
      .replaceInto('alert_states')
      .values(stateRow(alert, at, group))
      .execute()
    await transaction
      .insertInto('alert_evaluations')
      .values(evaluationRow(alert, at, { ...group, before, told: false }))
      .execute()
  })
}

function stateRow(alert: string, at: string, group: KeptGroup): Selectable<AlertStateTable> {
  return {
    alert,
    group_key: group.group,
    label: group.label,
    status: group.status,
    streak: group.streak,
    streak_version: group.streakVersion,
    fired_at: group.firedAt,
    told_at: group.toldAt,
    acknowledged_by: group.acknowledgedBy,
    snoozed_until: group.snoozedUntil,
    value: group.value,
    asked_value: group.asked,
    limit_value: group.limit,
    why: JSON.stringify(group.why),
    read_at: group.readAt,
    version: group.version,
    evaluated_at: at,
  }
}

function evaluationRow(
  alert: string,
  at: string,
  look: KeptGroup & Pick<Written, 'before' | 'told'>,
): Omit<Selectable<AlertEvaluationTable>, 'evaluation_id'> {
  return {
    alert,
    group_key: look.group,
    label: look.label,
    at,
    last_at: at,
    times: 1,
    value: look.value,
    limit_value: look.limit,
    before: look.before,
    after: look.status,
    told: look.told ? 1 : 0,
    why: JSON.stringify(look.why),
    version: look.version,
  }
}

async function latestOf(tables: Tables, alert: string): Promise<Map<string, Selectable<AlertEvaluationTable>>> {
  const rows = await tables
    .selectFrom('alert_evaluations')
    .selectAll()
    .where('evaluation_id', 'in', (eb) =>
      eb
        .selectFrom('alert_evaluations')
        .select(({ fn }) => fn.max('evaluation_id').as('id'))
        .where('alert', '=', alert)
        .groupBy('group_key'),
    )
    .execute()
  return new Map(rows.map((row) => [row.group_key, row]))
}

function isSame(last: Selectable<AlertEvaluationTable> | undefined, look: Written): boolean {
  return (
    last !== undefined &&
    !look.told &&
    last.told === 0 &&
    last.version === look.version &&
    last.before === look.before &&
    last.after === look.status &&
    last.limit_value === look.limit &&
    codesOf(JSON.parse(last.why) as Fault[]) === codesOf(look.why)
  )
}

const codesOf = (why: readonly Fault[]): string => why.map(({ code }) => code).join(' ')

/** Newest first; of these groups and this version of the warehouse only, where they are given. */
export async function evaluationsOf(
  tables: Tables,
  alert: string,
  asked: {
    readonly groups?: readonly string[]
    readonly version?: number | undefined
    readonly before?: number
    readonly limit: number
  },
): Promise<AlertEvaluation[]> {
  const { groups, version, before, limit } = asked
  if (groups?.length === 0) return []
  let query = tables.selectFrom('alert_evaluations').selectAll().where('alert', '=', alert)
  if (before !== undefined) query = query.where('evaluation_id', '<', before)
  if (version !== undefined) query = query.where('version', '=', version)
  // A list of values may be longer than what a statement takes.
  if (groups !== undefined)
    query = query.where(sql<boolean>`group_key IN (SELECT value FROM json_each(${JSON.stringify(groups)}))`)
  const rows = await query.orderBy('evaluation_id', 'desc').limit(limit).execute()
  return rows.map((row) => ({
    evaluation_id: row.evaluation_id,
    group: row.group_key,
    label: row.label,
    at: row.at,
    last_at: row.last_at,
    times: row.times,
    value: row.value,
    limit: row.limit_value,
    before: row.before as AlertGroupStatus,
    after: row.after as AlertGroupStatus,
    told: row.told !== 0,
    why: JSON.parse(row.why) as Fault[],
    warehouse_version: row.version,
  }))
}

export async function healthOf(tables: Tables): Promise<Map<string, Health>> {
  const rows = await tables.selectFrom('alert_health').selectAll().execute()
  return new Map(
    rows.map((row) => [
      row.alert,
      {
        evaluatedAt: row.evaluated_at,
        version: row.version,
        groups: row.groups,
        error: row.error === null ? null : (JSON.parse(row.error) as Fault),
        errorSince: row.error_since,
      },
    ]),
  )
}

export async function writeHealth(tables: Tables, alert: string, health: Health): Promise<void> {
  const row: Selectable<AlertHealthTable> = {
    alert,
    evaluated_at: health.evaluatedAt,
    version: health.version,
    groups: health.groups,
    error: health.error === null ? null : JSON.stringify(health.error),
    error_since: health.errorSince,
  }
  await tables.replaceInto('alert_health').values(row).execute()
}

/** The oldest entries go, and what is kept of alerts that are no more. */
export async function trim(
  tables: Tables,
  { keeping, names, now }: { readonly keeping: Keeping; readonly names: readonly string[]; readonly now: Date },
): Promise<void> {
  const oldest = new Date(now.getTime() - keeping.days * 86_400_000).toISOString()
  await tables.deleteFrom('alert_evaluations').where('last_at', '<', oldest).execute()
  const last = await tables
    .selectFrom('alert_evaluations')
    .select('evaluation_id')
    .orderBy('evaluation_id', 'desc')
    .offset(keeping.evaluations)
    .limit(1)
    .executeTakeFirst()
  if (last !== undefined)
    await tables.deleteFrom('alert_evaluations').where('evaluation_id', '<=', last.evaluation_id).execute()
  await tables.deleteFrom('alert_messages').where('handed_at', 'is not', null).where('made_at', '<', oldest).execute()
  for (const table of ['alert_states', 'alert_health'] as const)
    await (
      names.length === 0 ? tables.deleteFrom(table) : tables.deleteFrom(table).where('alert', 'not in', [...names])
    ).execute()
}
