import type { Answer, Filter, MetricQuery } from '../../models/metrics/metric.ts'
import type { Sees } from '../../models/metrics/sight.ts'
import { figureOf, labelColumn, valueWords, type AnswerRow } from '../charts/rows.ts'
import type { Speech } from '../words/speech.ts'
import { filtersFor } from './lead-filters.ts'

/** The question behind the list of leads. */
export const LEADS: MetricQuery = {
  metrics: [
    'lead_expected_margin',
    'lead_chance',
    'lead_margin',
    'lead_told_days',
    'lead_told_count',
    'lead_told_share',
  ],
  by: [
    'lead',
    'customer',
    'lead_signal',
    'lead_object',
    'lead_offer',
    'lead_offer_name',
    'lead_told',
    'lead_told_on',
    'lead_status',
    'decided_by',
    'sales_owner',
  ],
  where: [],
  order: ['-lead_expected_margin', 'lead'],
}

/** How much all leads are worth, asked under the same conditions. */
export const LEADS_WORTH: MetricQuery = { metrics: ['leads', 'lead_expected_margin'], by: [], where: [], order: [] }

/** What the address narrows the leads by, of what the reader may see. */
export function leadConditions(url: URL, sight: Sees): readonly Filter[] {
  return filtersFor(sight).flatMap(({ name, field }): Filter[] => {
    const value = url.searchParams.get(name) ?? ''
    return value === '' ? [] : [{ field, operator: 'eq', values: [value] }]
  })
}

/** Signals that find more than chance; undefined: the reader may not see how they did. */
export type Proved = ReadonlySet<AnswerRow[string] | undefined> | undefined

export function provedBy(backtest: Answer | undefined): Proved {
  return (
    backtest && new Set(backtest.rows.filter((row) => row['lead_verdict'] === 'lift').map((row) => row['lead_signal']))
  )
}

export function worthWords({ rows: [sum = {}] }: Answer, speech: Speech): string {
  return speech.say('leads_headline', {
    count: speech.figure(figureOf(sum, 'leads'), 'count'),
    margin: speech.glance(figureOf(sum, 'lead_expected_margin'), 'money'),
  })
}

/** How many leads come from signals that find more than chance. */
export function provedWords(bySignal: Answer, proved: Proved, speech: Speech): string | undefined {
  if (proved === undefined) return undefined
  const sure = bySignal.rows
    .filter((row) => proved.has(row['lead_signal']))
    .reduce((count, row) => count + (figureOf(row, 'leads') ?? 0), 0)
  return speech.say('leads_proved', { count: speech.figure(sure, 'count') })
}

export function customerOf(row: AnswerRow, leads: Answer): string {
  return String(row[labelColumn(leads, 'customer')] ?? row['customer'])
}

export function offerOf(row: AnswerRow, speech: Speech): string {
  const offer = valueWords('lead_offer', row['lead_offer'], speech)
  const name = row['lead_offer_name']
  return name === 'unknown' || name === null || name === undefined ? offer : `${offer} · ${String(name)}`
}

export function statusOf(row: AnswerRow, speech: Speech): string {
  const by = row['decided_by']
  const who = by === null || by === undefined ? '' : ` ${speech.say('leads_by', { name: String(by) })}`
  return `${valueWords('lead_status', row['lead_status'], speech)}${who}`
}
