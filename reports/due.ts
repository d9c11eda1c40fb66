import type { ReportSchedule } from '../config/reports.ts'
import type { State } from '../data/state.ts'
import { occurrences, type Span } from './occurrences.ts'

const DAY = 86_400_000
/** What was missed longer ago is not made up for. */
const LOOK_BACK = 40 * DAY
/** A schedule that never falls due within it has no next time. */
const LOOK_AHEAD = 4 * 366 * DAY

export interface Calendar extends Pick<Span, 'works'> {
  /** Of schedules that name none. */
  readonly timeZone: string
}

/** When the report next falls due; null: never. */
export function nextDue(schedule: ReportSchedule | undefined, now: Date, { timeZone, works }: Calendar): Date | null {
  if (schedule === undefined) return null
  const zone = schedule.timeZone ?? timeZone
  const spans = [35 * DAY, LOOK_AHEAD]
  for (const span of spans) {
    const [next] = occurrences(schedule, { timeZone: zone, after: now, until: new Date(now.getTime() + span), works })
    if (next !== undefined) return next
  }
  return null
}

/**
 * The last time a report fell due since it was looked at before, which is noted: several that were missed are one. A report that
 * is seen for the first time is due from now on.
 */
export async function lastDue(
  { tables }: Pick<State, 'tables'>,
  { report, schedule }: { readonly report: string; readonly schedule: ReportSchedule },
  { now, calendar: { timeZone, works } }: { readonly now: Date; readonly calendar: Calendar },
): Promise<Date | undefined> {
  const known = await tables.selectFrom('report_checks').selectAll().where('report', '=', report).executeTakeFirst()
  if (known === undefined) {
    await checked({ tables }, report, now)
    return undefined
  }
  const after = new Date(Math.max(Date.parse(known.checked_at), now.getTime() - LOOK_BACK))
  return occurrences(schedule, { timeZone: schedule.timeZone ?? timeZone, after, until: now, works }).at(-1)
}

/** Noted only when what was due is in the archive: a process that ends before looks again. */
export async function checked({ tables }: Pick<State, 'tables'>, report: string, now: Date): Promise<void> {
  const checked_at = now.toISOString()
  await tables
    .insertInto('report_checks')
    .values({ report, checked_at })
    .onConflict((conflict) => conflict.column('report').doUpdateSet({ checked_at }))
    .execute()
}
