import type { QuietHours } from '../config/alerts.ts'

export interface QuietPlace {
  readonly timeZone: string
  /** Whether people work on a day 'YYYY-MM-DD' of the company. */
  readonly isWorkingDay: (day: string) => boolean
}

/** No span of days off is longer. */
const MOST_DAYS = 400
const MINUTE = 60_000

/**
 * When the quiet hours end that `now` falls in; undefined: it falls in none. Local times go by the clocks of the company: a
 * time that a change of the clocks leaves out is that of the first minute after it, one that comes twice its first coming.
 */
export function quietUntil(now: Date, quiet: QuietHours, place: QuietPlace): Date | undefined {
  if (!isQuiet(now, quiet, place)) return undefined
  const today = localOf(now, place.timeZone).day
  for (let ahead = 0; ahead <= MOST_DAYS; ahead += 1) {
    const day = addDays(today, ahead)
    // A day off is quiet to its end, whether or not the night after it is.
    const ends = [...(quiet.workingDays === true ? ['00:00'] : []), quiet.to]
    for (const time of ends) {
      const end = instantOf(day, time, place.timeZone)
      if (end > now && !isQuiet(end, quiet, place)) return end
    }
  }
  return undefined
}

function isQuiet(now: Date, { from, to, workingDays }: QuietHours, { timeZone, isWorkingDay }: QuietPlace): boolean {
  const { day, time } = localOf(now, timeZone)
  if (workingDays === true && !isWorkingDay(day)) return true
  return from < to ? time >= from && time < to : time >= from || time < to
}

const formats = new Map<string, Intl.DateTimeFormat>()

/** Day and time of day where the company is. */
export function localOf(now: Date, timeZone: string): { readonly day: string; readonly time: string } {
  const format =
    formats.get(timeZone) ??
    new Intl.DateTimeFormat('sv-SE', {
      timeZone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    })
  formats.set(timeZone, format)
  const [day = '', time = ''] = format.format(now).split(' ')
  return { day, time }
}

/** The first instant of a day at which the clocks show the time or a later one. */
function instantOf(day: string, time: string, timeZone: string): Date {
  const shown = Date.parse(`${day}T${time}:00Z`)
  // No zone is further from UTC than 15 hours, and local time runs forward but for an hour or so in a year.
  let low = shown - 15 * 60 * MINUTE
  let high = shown + 15 * 60 * MINUTE
  const isReached = (at: number): boolean => {
    const local = localOf(new Date(at), timeZone)
    return `${local.day} ${local.time}` >= `${day} ${time}`
  }
  while (high - low > MINUTE) {
    const middle = low + Math.floor((high - low) / 2 / MINUTE) * MINUTE
    if (isReached(middle)) high = middle
    else low = middle
  }
  // A clock that was put back shows the time twice; the search may have found the second.
  for (let at = high - 3 * 60 * MINUTE; at < high; at += MINUTE) if (isReached(at)) return new Date(at)
  return new Date(high)
}

export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
}
