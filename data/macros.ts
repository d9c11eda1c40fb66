import type { Session } from './warehouse.ts'
import { localTime } from './time-zone.ts'

/**
 * Functions that models may call besides SQL's own: the company's time zone, and what Trino has and DuckDB lacks.
 * The list the model guard allows in core/ and marts/.
 */
export const macroNames = [
  'local_date',
  'local_time',
  'day_of_week',
  'last_day_of_month',
  'regexp_like',
  'approx_percentile',
] as const

/**
 * Creates the macros in the database of this session; safe to call again.
 * `local_date(instant)`: the calendar day of a UTC instant in the company's time zone; `local_time(instant)`: what its clocks show, a TIMESTAMP.
 * The others as in Trino: `day_of_week(day)` 1 Monday to 7 Sunday, `last_day_of_month(day)`, `regexp_like(text, pattern)`,
 * `approx_percentile(value, share)`, which here is exact.
 */
export async function installMacros(session: Session, company: { readonly timeZone: string }): Promise<void> {
  const local = await localTime(session, company.timeZone)
  await session.run(`
    CREATE OR REPLACE MACRO local_time(instant) AS ${local};
    CREATE OR REPLACE MACRO local_date(instant) AS CAST(${local} AS DATE);
    CREATE OR REPLACE MACRO day_of_week(day) AS isodow(day);
    CREATE OR REPLACE MACRO last_day_of_month(day) AS last_day(day);
    CREATE OR REPLACE MACRO regexp_like(text, pattern) AS regexp_matches(text, pattern);
    CREATE OR REPLACE MACRO approx_percentile(value, share) AS quantile_cont(value, share)`)
}
