import type { Lag } from '../../config/source.ts'

const MILLISECONDS = { days: 86_400_000, hours: 3_600_000, minutes: 60_000 }
const INSTANT = /^(\d{4}-\d{2}-\d{2})(?:[ T](\d{2}:\d{2}(?::\d{2})?)(\.\d+)?(Z|[+-]\d{2}(?::?\d{2})?)?)?$/

/**
 * The lower bound of the next window: the highest cursor seen, less the lag. Instants and days keep their layout,
 * fraction and offset; a number or any other text has no time in it, so the lag does not apply.
 * A cursor later than its reading (`readAt`, ISO 8601 in UTC) is a wrong date: the bound goes back to the reading, or
 * nothing that comes until then would be read.
 */
export function lowerBound(cursor: string | null, lag: Lag | undefined, readAt: string | null = null): string | null {
  const match = cursor === null ? null : INSTANT.exec(cursor)
  if (cursor === null || match === null) return cursor
  const [, day = '', time, fraction = '', zone = ''] = match
  const back =
    (lag?.days ?? 0) * MILLISECONDS.days +
    (lag?.hours ?? 0) * MILLISECONDS.hours +
    (lag?.minutes ?? 0) * MILLISECONDS.minutes +
    (readAt === null ? 0 : ahead({ written: `${day}T${time ?? '00:00'}`, zone }, readAt))
  if (back === 0) return cursor
  const iso = new Date(Date.parse(`${day}T${time ?? '00:00'}Z`) - back).toISOString()
  if (time === undefined) return iso.slice(0, 10)
  return `${iso.slice(0, 10)}${cursor[10] ?? ' '}${iso.slice(11, 11 + time.length)}${fraction}${zone}`
}

/** How far to go back so as not to lie after the reading. Without a zone a cursor may be a day off either way and right. */
function ahead({ written, zone }: { written: string; zone: string }, readAt: string): number {
  const [, sign = '+', hours = '0', minutes = '0'] = /^([+-])(\d{2}):?(\d{2})?$/.exec(zone) ?? []
  const east = (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * MILLISECONDS.minutes
  const slack = zone === '' ? MILLISECONDS.days : 0
  const gap = Date.parse(`${written}Z`) - east - Date.parse(readAt)
  return gap > slack ? gap + slack : 0
}

/** How the text of a cursor compares in files, where nothing has a type: as number, as instant, else as text. */
export function cursorKind(cursor: string): 'number' | 'instant' | 'text' {
  if (INSTANT.test(cursor)) return 'instant'
  return /^[+-]?\d+(\.\d+)?$/.test(cursor) ? 'number' : 'text'
}

/**
 * Whether later texts are greater. '31/12/2025' is greater than '01/01/2026', and '9' than '10': a bound of that kind would
 * leave out what is new. Digits alone grow where they are a date or a count of seconds.
 */
export function growsAsText(cursor: string): boolean {
  if (/^\s*\d{1,2}\s*[./ -]/.test(cursor)) return false
  return cursorKind(cursor) !== 'number' || /^[12]\d{7}(\d{2}|\d{4,6}|\d{9})?$/.test(cursor)
}
