import { between, firstRunning, periodWords } from '../../models/metrics/period.ts'
import { periodName } from '../filters.ts'
import type { Speech } from '../words/speech.ts'

/** Periods that only a report has: it is read later, and its links must ask for the same months then. */
export const REPORT_PERIODS = ['last_month', 'last_quarter', 'last_year'] as const

/**
 * The months that a period of a report means on the business date, as pages know them: last_month is the last that is over.
 * What pages know already stays as it is.
 */
export function pinnedPeriod(period: string, asOf: string): string {
  const running = firstRunning(asOf)
  if (period === 'last_month') return oneOrMore(running - 1, running)
  if (period === 'last_quarter') return oneOrMore(running - (running % 3) - 3, running - (running % 3))
  if (period === 'last_year') return String(Math.floor(running / 12) - 1)
  return period
}

/** 'Jun 2026', 'Apr 2026 – Jun 2026', 'Last 12 months'. */
export function spanWords(period: string, speech: Speech): string {
  const months = /^(\d{4}-\d\d)(?:\.\.(\d{4}-\d\d))?$/.exec(period)
  if (months === null) return periodName(period, speech)
  const [, first = '', last = first] = months
  return first === last ? speech.month(first) : `${speech.month(first)} – ${speech.month(last)}`
}

function oneOrMore(from: number, until: number): string {
  const words = periodWords(between(from, until))
  const [first, last] = words.split('..')
  return first === last ? (first ?? words) : words
}
