import { resolve } from 'node:path'
import type { Calendar } from '../../config/calendar.ts'
import { defaultPolicy } from '../../config/policy.ts'
import { installMacros } from '../../data/macros.ts'
import type { Session } from '../../data/warehouse.ts'
import type { SqlModel } from '../../models/builder/model.ts'
import { readModels } from '../../models/builder/read.ts'
import { writePolicy } from '../../models/policy.ts'
import type { DayOff } from './working-time.ts'

export interface Asked {
  readonly calendar: string
  readonly opened: string
  readonly responded?: string
  readonly promise?: { readonly kind: string; readonly hours?: number }
}

export interface Told {
  readonly minutes: number | null
  readonly due: string | null
  readonly kept?: boolean | null
}

const models = await readModels(resolve(import.meta.dirname, '../../models'))
const sqlOf = (name: string): string => (models.find((model) => model.name === name) as SqlModel).sql

/** Runs the models of working time over given calendars, days off and requests. */
export async function tell(
  session: Session,
  calendars: Readonly<Record<string, Calendar>>,
  { days = [], asked, asOf = '2026-06-30' }: { days?: readonly DayOff[]; asked: readonly Asked[]; asOf?: string },
): Promise<Told[]> {
  const company = { currency: 'CNY', timeZone: 'Asia/Shanghai' }
  await installMacros(session, company)
  await writePolicy(session, {
    policy: { ...defaultPolicy, calendars, promises: {} },
    company,
    asOf,
    knownAt: `${asOf}T23:59:00Z`,
  })
  const requests = asked.map(({ opened, responded }, at) => ({ request_id: String(at), opened, responded }))
  const promises = asked.map(({ calendar, promise }, at) => ({ request_id: String(at), calendar, ...promise }))
  await session.run(
    `CREATE OR REPLACE TABLE staging.holidays AS
       SELECT CAST(d.day AS DATE) AS day, d.working, d.calendars FROM (SELECT unnest(from_json($1, '[{"day":"VARCHAR","working":"BOOLEAN","calendars":"VARCHAR"}]')) AS d)`,
    [JSON.stringify(days)],
  )
  await session.run(
    `CREATE OR REPLACE TABLE staging.requests AS
       SELECT r.request_id, 'C' AS customer_id, CAST(r.opened AS TIMESTAMP) AS opened_at, CAST(r.responded AS TIMESTAMP) AS first_response_at,
         CAST(NULL AS TIMESTAMP) AS resolved_at, CAST(CAST(r.opened AS TIMESTAMP) AS DATE) AS opened_on,
         CAST(CAST(r.responded AS TIMESTAMP) AS DATE) AS first_response_on, CAST(NULL AS DATE) AS resolved_on
       FROM (SELECT unnest(from_json($1, '[{"request_id":"VARCHAR","opened":"VARCHAR","responded":"VARCHAR"}]')) AS r)`,
    [JSON.stringify(requests)],
  )
  await session.run(
    `CREATE OR REPLACE TABLE core.entitlements AS
       SELECT e.request_id, e.calendar AS calendar_id, e.kind AS response_kind, e.hours AS response_hours
       FROM (SELECT unnest(from_json($1, '[{"request_id":"VARCHAR","calendar":"VARCHAR","kind":"VARCHAR","hours":"DOUBLE"}]')) AS e)`,
    [JSON.stringify(promises)],
  )
  for (const name of ['staging.working_quarters', 'staging.working_marks'])
    await session.run(`CREATE OR REPLACE TABLE ${name} AS ${sqlOf(name)}`)
  const rows = await session.rows<{ minutes: number | null; due: string | null; kept: boolean | null }>(
    `SELECT CAST(response_business_minutes AS DOUBLE) AS minutes, strftime(response_due_at, '%Y-%m-%dT%H:%M:%SZ') AS due,
       is_promise_kept AS kept
     FROM (${sqlOf('core.promises')}) ORDER BY CAST(request_id AS INTEGER)`,
  )
  return rows
}
