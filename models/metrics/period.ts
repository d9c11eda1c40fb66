import { fault } from '../../entities/faults.ts'
import { RequestError } from '../../errors.ts'
import { nearest } from '../builder/nearest.ts'

/** Months of a period as first days: `from` included, `until` not. Null: no bound. */
export interface Period {
  readonly from: string | null
  readonly until: string | null
}

export const NAMED_PERIODS = ['trailing_12', 'all_time', 'year_to_date'] as const

/** Of four digits, and so are all years that can be asked for. */
const FIRST_YEAR = '1000'

/**
 * The months that the words of a period mean on the business date `asOf` ('YYYY-MM-DD').
 * trailing_12: the twelve calendar months that end with the month of `asOf`. Throws RequestError.
 */
export function resolvePeriod(words: string, asOf: string): Period {
  const month = monthNumber(asOf.slice(0, 7))
  if (words === 'all_time') return { from: null, until: null }
  if (words === 'trailing_12') return span(month - 11, month)
  if (words === 'year_to_date') return span(monthNumber(`${asOf.slice(0, 4)}-01`), month)
  if (/^[1-9]\d{3}$/.test(words)) return span(monthNumber(`${words}-01`), monthNumber(`${words}-12`))
  const [first, last = first] = words.split('..')
  if (!isMonth(first) || !isMonth(last) || words.split('..').length > 2) {
    throw new RequestError(fault('period_unknown', { period: words, near: nearest(words, NAMED_PERIODS) }), {
      field: 'period',
    })
  }
  if (first > last) throw new RequestError(fault('period_reversed', { period: words }), { field: 'period' })
  return span(monthNumber(first), monthNumber(last))
}

/** Two periods of as many months that can be compared. */
export interface PeriodPair {
  readonly now: Period
  readonly before: Period
  /** Months from the one to the other. */
  readonly apart: number
  /** Every month of the asked period is over on the business date. */
  readonly whole: boolean
}

/**
 * The months of a period that are over on the business date beside those of the period before; a month that still runs is left
 * out of both. This year to date is compared with the same months of the last year. Undefined where nothing can be compared.
 * Throws RequestError.
 */
export function comparablePeriods(words: string, asOf: string, to: 'previous' | 'last_year'): PeriodPair | undefined {
  const { from, until } = resolvePeriod(words, asOf)
  if (from === null || until === null) return undefined
  const first = monthNumber(from)
  const end = monthNumber(until)
  const apart = to === 'last_year' || words === 'year_to_date' ? 12 : end - first
  const last = Math.min(end, firstRunning(asOf))
  if (last <= first) return undefined
  if (first - apart < monthNumber(`${FIRST_YEAR}-01`))
    throw new RequestError(fault('compare_too_far', { period: words, year: FIRST_YEAR }), { field: 'period' })
  return { now: between(first, last), before: between(first - apart, last - apart), apart, whole: last === end }
}

/** A period with both ends as its words: '2024-07..2025-06'. */
export function periodWords({ from, until }: Period): string {
  return `${from?.slice(0, 7)}..${until === null ? '' : firstDay(monthNumber(until) - 1).slice(0, 7)}`
}

/** The first month, as a number, that is not over at the end of the day. */
export function firstRunning(day: string): number {
  const tomorrow = new Date(`${day}T00:00:00Z`)
  tomorrow.setUTCDate(tomorrow.getUTCDate() + 1)
  return monthNumber(tomorrow.toISOString())
}

function isMonth(text: string | undefined): text is string {
  return text !== undefined && /^[1-9]\d{3}-(0[1-9]|1[0-2])$/.test(text)
}

function span(first: number, last: number): Period {
  return between(first, last + 1)
}

/** Months from the first up to the end, by their numbers. */
export function between(first: number, end: number): Period {
  return { from: firstDay(first), until: firstDay(end) }
}

export function monthNumber(month: string): number {
  const [year, number] = month.split('-').map(Number)
  return Number(year) * 12 + Number(number) - 1
}

function firstDay(month: number): string {
  const year = String(Math.floor(month / 12)).padStart(4, '0')
  return `${year}-${String((month % 12) + 1).padStart(2, '0')}-01`
}
