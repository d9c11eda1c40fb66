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
     CREATE OR REPLACE TABLE policy.public_holidays (calendar_id VARCHAR, day DATE, name VARCHAR, working BOOLEAN)`,
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
    const days = await publicHolidays(name, holidays, Number(asOf.slice(0, 4)))
    await session.run(
      `INSERT INTO policy.public_holidays
       SELECT DISTINCT $1, CAST(unnest.day AS DATE), unnest.name, unnest.working FROM unnest(from_json($2, '[{"day":"VARCHAR","name":"VARCHAR","working":"BOOLEAN"}]')) AS days(unnest)`,
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

interface PublicDay {
  readonly day: string
  readonly name: string
  /** A day of a weekend that is worked to make up for a holiday. */
  readonly working: boolean
}

/**
 * The whole days off of a country or a part of it, and the days that make up for them. Throws ConfigError for a place that
 * nobody knows. Libraries of holidays are large: they are loaded where a calendar asks for one.
 */
async function publicHolidays(calendar: string, place: string, year: number): Promise<PublicDay[]> {
  const first = year - YEARS.before
  const last = year + YEARS.after
  return place === 'CN' ? chineseDays(first, last) : daysOff(calendar, place, { first, last })
}

async function daysOff(
  calendar: string,
  place: string,
  { first, last }: { first: number; last: number },
): Promise<PublicDay[]> {
  const { default: Holidays } = await import('date-holidays')
  const [country = '', ...parts] = place.split('-')
  const known = new Holidays()
  const states = known.getStates(country)
  if (known.getCountries()[country] === undefined || (parts.length > 0 && states?.[parts.join('-')] === undefined))
    throw new ConfigError(
      `policy.calendars.${calendar}.holidays: '${place}' is no country or part of one that has public holidays here; write it as 'DE' or 'DE-BY'`,
    )
  const of = parts.length === 0 ? new Holidays(country) : new Holidays(country, parts.join('-'))
  return Array.from({ length: last - first + 1 }, (_, at) => first + at)
    .flatMap((each) => of.getHolidays(each))
    .filter(({ type, date }) => type === 'public' && date.slice(11, 16) === '00:00')
    .flatMap(({ date, start, end, name }) => {
      const length = Math.max(1, Math.round((end.getTime() - start.getTime()) / DAY))
      const begins = Date.parse(`${date.slice(0, 10)}T00:00:00Z`)
      return Array.from({ length }, (_, at) => ({ day: dayOf(begins + at * DAY), name, working: false }))
    })
}

/**
 * What the State Council announced: days off within the week, working days of weekends. It does so each November for the year
 * after; of years beyond the library's last announcement weekends alone are known.
 */
async function chineseDays(first: number, last: number): Promise<PublicDay[]> {
  const { default: china } = await import('chinese-days')
  const begins = Date.UTC(first, 0, 1)
  const days = Math.round((Date.UTC(last + 1, 0, 1) - begins) / DAY)
  return Array.from({ length: days }, (_, at) => {
    const day = dayOf(begins + at * DAY)
    const isWeekend = [0, 6].includes(new Date(begins + at * DAY).getUTCDay())
    const { work, name } = china.getDayDetail(day)
    return work === isWeekend ? [{ day, name: name.split(',')[1] ?? name, working: work }] : []
  }).flat()
}

const DAY = 86_400_000

function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10)
}
