import { parse } from 'node-cron'
import type { ReportSchedule } from '../config/reports.ts'

export interface Span {
  /** Zone of the cron expression. */
  readonly timeZone: string
  /** Not itself. */
  readonly after: Date
  /** It too. */
  readonly until: Date
  /** Whether a day, 'YYYY-MM-DD', is worked. */
  readonly works: (day: string) => boolean
}

const DAY = 86_400_000

/** The instants at which a schedule falls due, in their order. */
export function occurrences({ cron, on }: ReportSchedule, { timeZone, after, until, works }: Span): Date[] {
  const fields = parse(cron)
  const days: string[] = []
  for (let at = after.getTime() - DAY; at <= until.getTime() + DAY; at += DAY) days.push(new Date(at).toISOString().slice(0, 10)) // prettier-ignore
  return days
    .filter((day) => isNamed(day, fields) && isAmong(day, on, works))
    .flatMap((day) =>
      fields.hour.flatMap((hour) => fields.minute.map((minute) => instantOf(day, { hour, minute, timeZone }))),
    )
    .filter((instant) => instant > after && instant <= until)
    .toSorted((one, other) => one.getTime() - other.getTime())
}

type Fields = ReturnType<typeof parse>

function isNamed(day: string, { dayOfMonth, month, dayOfWeek }: Fields): boolean {
  const date = new Date(`${day}T00:00:00Z`)
  const isLast = new Date(date.getTime() + DAY).getUTCDate() === 1
  const ofMonth = dayOfMonth as readonly (number | string)[]
  return (
    (ofMonth.includes(date.getUTCDate()) || (isLast && ofMonth.includes('L'))) &&
    (month as readonly number[]).includes(date.getUTCMonth() + 1) &&
    (dayOfWeek as readonly (number | string)[]).map((each) => Number(each) % 7).includes(date.getUTCDay())
  )
}

function isAmong(day: string, on: ReportSchedule['on'], works: Span['works']): boolean {
  if (on === undefined) return true
  if (!works(day)) return false
  if (on === 'working_days') return true
  const before = Array.from({ length: Number(day.slice(8)) - 1 }, (_, at) => `${day.slice(0, 8)}${String(at + 1).padStart(2, '0')}`) // prettier-ignore
  return !before.some(works)
}

/** When the clocks of a zone show that time; a time that a clock change leaves out is the one after it. */
function instantOf(day: string, { hour, minute, timeZone }: { hour: number; minute: number; timeZone: string }): Date {
  const shown = Date.parse(`${day}T00:00:00Z`) + (hour * 60 + minute) * 60_000
  const first = shown - offsetAt(shown, timeZone)
  return new Date(shown - offsetAt(first, timeZone))
}

/** East of UTC, in milliseconds. */
function offsetAt(instant: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' }).formatToParts(instant)
  const [, sign = '+', hours = '0', minutes = '0'] =
    /GMT([+-])(\d{2}):(\d{2})/.exec(parts.find(({ type }) => type === 'timeZoneName')?.value ?? '') ?? []
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000
}
