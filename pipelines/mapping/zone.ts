/** What is known of a zone's offset from UTC without asking the calendar for each instant. */
export interface ZoneOffset {
  /** Zero for zones that are UTC by another name. */
  readonly always?: 0
  /** From this day until that one the offset is `minutes`. Absent where it still changes. */
  readonly since?: string
  readonly until: string
  readonly minutes: number
}

const FIRST_YEAR = 1970
/** Zone data says nothing about changes not yet decided; so far ahead one knows no more than today. */
const LAST_YEAR = 2037

const known = new Map<string, ZoneOffset>()

/** The latest stretch of years in which the zone kept one offset. */
export function zoneOffset(timeZone: string): ZoneOffset {
  const found = known.get(timeZone) ?? measure(timeZone)
  known.set(timeZone, found)
  return found
}

function measure(timeZone: string): ZoneOffset {
  const format = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' })
  const minutes = minutesAt(format, Date.UTC(LAST_YEAR, 11, 31))
  const until = `${LAST_YEAR}-12-31`
  let month = LAST_YEAR * 12 + 11
  while (month >= FIRST_YEAR * 12 && minutesAt(format, Date.UTC(Math.floor(month / 12), month % 12, 1)) === minutes)
    month--
  if (month < FIRST_YEAR * 12 && minutes === 0) return { always: 0, until, minutes }
  // Two months on: the change lies between two samples, and a local instant is up to a day from its UTC.
  const start = new Date(Date.UTC(Math.floor(month / 12), (month % 12) + 2, 1))
  if (start.getUTCFullYear() > 2020) return { until, minutes }
  return { since: start.toISOString().slice(0, 10), until, minutes }
}

function minutesAt(format: Intl.DateTimeFormat, instant: number): number {
  const name = format.formatToParts(instant).find((part) => part.type === 'timeZoneName')?.value ?? ''
  const match = /GMT([+-])(\d{2}):(\d{2})/.exec(name)
  if (match === null) return 0
  return (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3]))
}
