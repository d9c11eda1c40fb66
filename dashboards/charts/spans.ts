import { dimensions } from '../../models/metrics/catalogue.ts'
import type { Answer, Grain } from '../../models/metrics/metric.ts'
import type { Speech } from '../words/speech.ts'
import { dimensionWords } from './rows.ts'

/** The spans in which a time of an answer is told; undefined: it is none. */
export function grainOf(name: string, { columns }: Answer): Grain | undefined {
  const kind = dimensions[name]?.kind
  if (kind !== 'month' && kind !== 'day') return undefined
  return columns.find((column) => column.name === name)?.grain ?? kind
}

/** What a split is called: 'Quarters' for months that are cut so, 'Opened on (Weeks)' for days. */
export function splitWords(name: string, grain: Grain | undefined, speech: Speech): string {
  const own = dimensionWords(name, speech)
  const kind = dimensions[name]?.kind
  if (grain === undefined || grain === kind || (kind !== 'month' && kind !== 'day')) return own
  const spans = speech.say(`explore_grain_${grain}`)
  return name === 'month' ? spans : `${own} (${spans})`
}

/** A span by its first day: '2025 Q3'. */
export function spanWords(day: string, grain: Grain, speech: Speech): string {
  const year = day.slice(0, 4)
  if (grain === 'year') return year
  if (grain === 'quarter')
    return speech.say('explore_quarter', { year, quarter: Math.ceil(Number(day.slice(5, 7)) / 3) })
  if (grain === 'month') return speech.month(day)
  return grain === 'week' ? speech.say('explore_week', { day: speech.day(day) }) : speech.day(day)
}

const MONTHS: Readonly<Partial<Record<Grain, number>>> = { month: 1, quarter: 3, year: 12 }

/** The first day of the span after that of a first day. */
export function spanAfter(day: string, grain: Grain): string {
  const next = new Date(`${day.slice(0, 10)}T00:00:00Z`)
  const months = MONTHS[grain]
  if (months === undefined) next.setUTCDate(next.getUTCDate() + (grain === 'week' ? 7 : 1))
  else next.setUTCMonth(next.getUTCMonth() + months)
  return next.toISOString().slice(0, 10)
}
