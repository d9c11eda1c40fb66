import type { Lag } from '../../config/source.ts'

const MILLISECONDS = { days: 86_400_000, hours: 3_600_000, minutes: 60_000 }
const INSTANT = /^(\d{4}-\d{2}-\d{2})(?:[ T](\d{2}:\d{2}(?::\d{2})?)(\.\d+)?(Z|[+-]\d{2}(?::?\d{2})?)?)?$/

/**
 * The lower bound of the next window: the highest cursor seen, less the lag. Instants and days keep their layout,
 * fraction and offset; a number or any other text has no time in it, so the lag does not apply.
 */
export function lowerBound(cursor: string | null, lag: Lag | undefined): string | null {
  const match = cursor === null ? null : INSTANT.exec(cursor)
  if (cursor === null || match === null || lag === undefined) return cursor
  const [, day = '', time, fraction = '', zone = ''] = match
  const back =
    (lag.days ?? 0) * MILLISECONDS.days +
    (lag.hours ?? 0) * MILLISECONDS.hours +
    (lag.minutes ?? 0) * MILLISECONDS.minutes
  const iso = new Date(Date.parse(`${day}T${time ?? '00:00'}Z`) - back).toISOString()
  if (time === undefined) return iso.slice(0, 10)
  return `${iso.slice(0, 10)}${cursor[10] ?? ' '}${iso.slice(11, 11 + time.length)}${fraction}${zone}`
}

/** How the text of a cursor compares in files, where nothing has a type: as number, as instant, else as text. */
export function cursorKind(cursor: string): 'DOUBLE' | 'TIMESTAMP' | 'VARCHAR' {
  if (INSTANT.test(cursor)) return 'TIMESTAMP'
  return /^[+-]?\d+(\.\d+)?$/.test(cursor) ? 'DOUBLE' : 'VARCHAR'
}
