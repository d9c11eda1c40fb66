import { fault } from '../../entities/faults.ts'
import { RequestError } from '../../errors.ts'

/** Months of a period as first days: `from` included, `until` not. Null: no bound. */
export interface Period {
  readonly from: string | null
  readonly until: string | null
}

export const NAMED_PERIODS = ['trailing_12', 'all_time', 'year_to_date'] as const

/**
 * The months that the words of a period mean on the business date `asOf` ('YYYY-MM-DD').
 * trailing_12: the twelve calendar months that end with the month of `asOf`. Throws RequestError.
 */
export function resolvePeriod(words: string, asOf: string): Period {
  const month = monthNumber(asOf.slice(0, 7))
  if (words === 'all_time') return { from: null, until: null }
  if (words === 'trailing_12') return span(month - 11, month)
  if (words === 'year_to_date') return span(monthNumber(`${asOf.slice(0, 4)}-01`), month)
  if (/^\d{4}$/.test(words)) return span(monthNumber(`${words}-01`), monthNumber(`${words}-12`))
  const [first, last = first] = words.split('..')
  if (!isMonth(first) || !isMonth(last) || words.split('..').length > 2) {
    throw new RequestError(fault('period_unknown', { period: words }), { field: 'period' })
  }
  if (first > last) throw new RequestError(fault('period_reversed', { period: words }), { field: 'period' })
  return span(monthNumber(first), monthNumber(last))
}

function isMonth(text: string | undefined): text is string {
  return text !== undefined && /^\d{4}-(0[1-9]|1[0-2])$/.test(text)
}

function span(first: number, last: number): Period {
  return { from: firstDay(first), until: firstDay(last + 1) }
}

function monthNumber(month: string): number {
  return Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1
}

function firstDay(month: number): string {
  const year = String(Math.floor(month / 12)).padStart(4, '0')
  return `${year}-${String((month % 12) + 1).padStart(2, '0')}-01`
}
