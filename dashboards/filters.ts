import type { Filter } from '../models/metrics/metric.ts'
import { between, comparablePeriods, firstRunning, monthNumber, periodWords } from '../models/metrics/period.ts'
import type { PageDefinition, PageFilter } from './page.ts'
import type { Speech } from './words/speech.ts'

/** In the URL: this filter is off, although it may have a standard. */
export const ALL = 'all'

/** The value each filter has under this URL; `ALL` where it does not narrow. */
export function chosen(filter: PageFilter, url: URL): string {
  return url.searchParams.get(filter.name) || (filter.standard ?? ALL)
}

/** The conditions that the URL puts on every figure of the page. */
export function conditions(definition: PageDefinition, url: URL): readonly Filter[] {
  return definition.filters
    .map((filter) => ({ field: filter.field, value: chosen(filter, url) }))
    .filter(({ value }) => value !== ALL)
    .map(({ field, value }) => ({ field, operator: 'eq', values: [value] }))
}

/** The same URL with some parameters changed; undefined takes one out. Path and query only. */
export function hrefWith(url: URL, changes: Readonly<Record<string, string | undefined>>): string {
  const parameters = new URLSearchParams(url.searchParams)
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined) parameters.delete(name)
    else parameters.set(name, value)
  }
  const query = parameters.toString()
  return query === '' ? url.pathname : `${url.pathname}?${query}`
}

/** Periods offered: two rolling ones, the last three calendar years, everything, and whatever the URL asks for. */
export function offeredPeriods(asOf: string, current: string): readonly string[] {
  const year = Number(asOf.slice(0, 4))
  const years = [year - 1, year - 2, year - 3].map(String)
  const offered = ['trailing_12', 'year_to_date', ...years, 'all_time']
  return offered.includes(current) ? offered : [...offered, current]
}

export function periodName(period: string, speech: Speech): string {
  if (period === 'trailing_12') return speech.say('period_trailing_12')
  if (period === 'year_to_date') return speech.say('period_year_to_date')
  if (period === 'all_time') return speech.say('period_all_time')
  return speech.say('period_custom', { period: period.replace('..', ' – ') })
}

/** The period as it stands in a sentence: 'in the last 12 months'. */
export function periodInSentence(period: string, speech: Speech): string {
  if (period === 'trailing_12') return speech.say('period_now_trailing_12')
  if (period === 'year_to_date') return speech.say('period_now_year_to_date')
  if (period === 'all_time') return speech.say('period_now_all_time')
  return speech.say('period_now', { period: period.replace('..', ' – ') })
}

/** Two periods that can be compared: the months of the page that are over, and as many before them. */
export interface Comparison {
  readonly now: string
  readonly before: string
  /** Every month of the page's period is over on the business date. */
  readonly whole: boolean
}

/**
 * The months of a period that are over on the business date beside those of the period before; a month that still runs
 * is left out of both. Undefined where nothing can be compared. Throws RequestError.
 */
export function comparison(period: string, asOf: string): Comparison | undefined {
  const pair = comparablePeriods(period, asOf, 'previous')
  return pair && { now: periodWords(pair.now), before: periodWords(pair.before), whole: pair.whole }
}

/** So many months that are over on the business date, ending so many months before the last of them: '2024-07..2025-06'. */
export function fullMonths(asOf: string, count: number, back: number): string {
  const end = firstRunning(asOf) - back
  return periodWords(between(end - count, end))
}

/** Whether the month of a day is not over at the end of the business date. */
export function stillRuns(day: string, asOf: string): boolean {
  return monthNumber(day) >= firstRunning(asOf)
}
