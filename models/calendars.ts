import Holidays from 'date-holidays'
import type { Calendar, Weekday } from '../config/calendar.ts'
import type { Session } from '../data/warehouse.ts'
import { ConfigError } from '../errors.ts'
import type { PolicyTables } from './policy.ts'

const WEEKDAYS: readonly Weekday[] = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']
/** Public holidays are written for as many years around the business date as working time is kept. */
const YEARS = { before: 10, after: 3 }

/** Writes the working calendars of the policy: `policy.calendars`, `policy.working_spans`, `policy.public_holidays`. */
export async function writeCalendars(
  session: Session,
  { policy, company, asOf }: Pick<PolicyTables, 'policy' | 'company' | 'asOf'>,
): Promise<void> {
  const calendars = Object.entries(policy.calendars)
  await session.run(
    `CREATE OR REPLACE TABLE policy.calendars (calendar_id VARCHAR, time_zone VARCHAR, cut_off_minute BIGINT, make_up_weekday BIGINT);
     CREATE OR REPLACE TABLE policy.working_spans (calendar_id VARCHAR, weekday BIGINT, starts_minute BIGINT, ends_minute BIGINT);
     CREATE OR REPLACE TABLE policy.public_holidays (calendar_id VARCHAR, day DATE, name VARCHAR)`,
  )
  for (const [name, { timeZone, hours, cutOff, makeUpAs = 'monday', holidays }] of calendars) {
    const cut = cutOff === undefined ? null : minuteOf(cutOff)
    await session.run('INSERT INTO policy.calendars VALUES ($1, $2, $3, $4)', [
      name,
      timeZone ?? company.timeZone,
      cut,
      WEEKDAYS.indexOf(makeUpAs) + 1,
    ])
    for (const { weekday, starts, ends } of spansOf(hours))
      await session.run('INSERT INTO policy.working_spans VALUES ($1, $2, $3, $4)', [name, weekday, starts, ends])
    if (holidays === undefined) continue
    const days = publicHolidays(name, holidays, Number(asOf.slice(0, 4)))
    await session.run(
      `INSERT INTO policy.public_holidays
       SELECT DISTINCT $1, CAST(unnest.day AS DATE), unnest.name FROM unnest(from_json($2, '[{"day":"VARCHAR","name":"VARCHAR"}]')) AS days(unnest)`,
      [name, JSON.stringify(days)],
    )
  }
}

/** What one working day is: the longest of the default calendar. */
export function workingDayMinutes({ calendars }: PolicyTables['policy']): number {
  const days = Map.groupBy(spansOf(calendars['default']?.hours ?? {}), ({ weekday }) => weekday)
  return Math.max(
    0,
    ...[...days.values()].map((spans) => spans.reduce((sum, { starts, ends }) => sum + ends - starts, 0)),
  )
}

function spansOf(hours: Calendar['hours']): { weekday: number; starts: number; ends: number }[] {
  return WEEKDAYS.flatMap((name, at) =>
    (hours[name] ?? []).map((span) => {
      const [from = '', to = ''] = span.split('-')
      return { weekday: at + 1, starts: minuteOf(from), ends: minuteOf(to) }
    }),
  )
}

/** Of a time that the configuration was checked for. */
function minuteOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))
}

/** The whole days off of a country or a part of it. Throws ConfigError for one that nobody knows. */
function publicHolidays(calendar: string, place: string, year: number): { day: string; name: string }[] {
  const [country = '', ...parts] = place.split('-')
  if (country === 'CN')
    throw new ConfigError(
      `policy.calendars.${calendar}.holidays: for 'CN' no make-up days are known here and festivals would be too short; leave it out and read the days the State Council announces into the entity holidays (day, working)`,
    )
  const known = new Holidays()
  const states = known.getStates(country)
  if (known.getCountries()[country] === undefined || (parts.length > 0 && states?.[parts.join('-')] === undefined))
    throw new ConfigError(
      `policy.calendars.${calendar}.holidays: '${place}' is no country or part of one that has public holidays here; write it as 'DE' or 'DE-BY'`,
    )
  const of = parts.length === 0 ? new Holidays(country) : new Holidays(country, parts.join('-'))
  const years = Array.from({ length: YEARS.before + YEARS.after + 1 }, (_, at) => year - YEARS.before + at)
  return years
    .flatMap((each) => of.getHolidays(each))
    .filter(({ type, date }) => type === 'public' && date.slice(11, 16) === '00:00')
    .flatMap(({ date, start, end, name }) => {
      const length = Math.max(1, Math.round((end.getTime() - start.getTime()) / 86_400_000))
      const first = Date.parse(`${date.slice(0, 10)}T00:00:00Z`)
      return Array.from({ length }, (_, at) => ({
        day: new Date(first + at * 86_400_000).toISOString().slice(0, 10),
        name,
      }))
    })
}
