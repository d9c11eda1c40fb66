/** Monday to Sunday as ISO 8601 counts them, 1 to 7. */
export const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const
export type Weekday = (typeof WEEKDAYS)[number]

/** When a service department works. */
export interface Calendar {
  /** IANA time zone of its clocks. Default: the company's. */
  readonly timeZone?: string
  /** Hours of each weekday, '08:30-12:00'; a weekday that is not named is off. A night is two: '22:00-24:00' and '00:00-06:00'. */
  readonly hours: Readonly<Partial<Record<Weekday, readonly string[]>>>
  /** Whose public holidays are off: a country, 'DE', or a part of it, 'DE-BY'; 'CN' with its make-up days. The entity `holidays` goes before. Default: nobody's. */
  readonly holidays?: string
  /** What comes after it counts as opened on the next working day, '16:00'. Default: the end of the day's hours. */
  readonly cutOff?: string
  /** The weekday whose hours a make-up working day has. Default: monday. */
  readonly makeUpAs?: Weekday
}

/** Minutes since midnight of 'HH:MM'; undefined where it is no time of a day. 24:00 is the end of it. */
export function minuteOf(time: string): number | undefined {
  const [, hours = '', minutes = ''] = /^(\d{2}):([0-5]\d)$/.exec(time) ?? []
  const minute = Number(hours) * 60 + Number(minutes)
  return hours === '' || minute > 24 * 60 ? undefined : minute
}

/** A span of hours in minutes since midnight; undefined where it is none. */
export function spanOf(span: string): { readonly starts: number; readonly ends: number } | undefined {
  const [from = '', to = '', more] = span.split('-')
  const [starts, ends] = [minuteOf(from), minuteOf(to)]
  return starts === undefined || ends === undefined || more !== undefined || ends <= starts
    ? undefined
    : { starts, ends }
}

/** Spans and the breaks between them are no shorter than the grid on which working time is kept. */
export const GRID_MINUTES = 15

/** Why the hours of a weekday cannot be: undefined where they can. */
export function faultOfHours(spans: readonly string[]): string | undefined {
  const read = spans.map(spanOf)
  const wrong = spans.find((_, at) => read[at] === undefined)
  if (wrong !== undefined) return `'${wrong}' is no span of hours; write '08:30-17:30', its end after its start`
  const inOrder = read.flatMap((span) => span ?? []).toSorted((one, other) => one.starts - other.starts)
  if (inOrder.some(({ starts, ends }) => ends - starts < GRID_MINUTES))
    return `a span is shorter than ${GRID_MINUTES} minutes`
  const close = inOrder.find(({ starts }, at) => at > 0 && starts - (inOrder[at - 1]?.ends ?? 0) < GRID_MINUTES)
  if (close === undefined) return undefined
  return `two spans overlap, or the break between them is shorter than ${GRID_MINUTES} minutes: ${spans.join(', ')}`
}
