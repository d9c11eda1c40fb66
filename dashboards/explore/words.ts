import type { Show } from '../../models/metrics/exploration.ts'
import type { Filter, MetricQuery } from '../../models/metrics/metric.ts'
import { metrics } from '../../models/metrics/catalogue.ts'
import { comparedBy } from '../../models/metrics/comparison.ts'
import { dimensionWords, metricWords, unitOf, valueWords } from '../charts/rows.ts'
import { splitWords } from '../charts/spans.ts'
import { periodName } from '../filters.ts'
import type { WordKey } from '../words/en.ts'
import type { Speech } from '../words/speech.ts'

/** What a reader reads for a metric, a dimension, or a column that a comparison adds. */
export function nameOf(name: string, speech: Speech): string {
  const compared = comparedBy(name, { metrics })
  if (compared !== undefined)
    return speech.say(COMPARED_WORDS[compared.side], { what: metricWords(compared.metric, speech) })
  return Object.hasOwn(metrics, name) ? metricWords(name, speech) : dimensionWords(name, speech)
}

const COMPARED_WORDS = {
  compared: 'explore_compared_with',
  difference: 'explore_difference',
  relative: 'explore_relative',
} as const satisfies Record<string, WordKey>

export const periodOf = ({ where }: MetricQuery): string =>
  where.find(({ field }) => field === 'period')?.values[0] ?? 'all_time'

export const filtersOf = ({ where }: MetricQuery): readonly Filter[] => where.filter(({ field }) => field !== 'period')

/** A question in a line: its figures, splits, period and filters. */
export function questionWords(query: MetricQuery, speech: Speech): string {
  const figures = speech.list(query.metrics.map((name) => metricWords(name, speech)))
  const by = speech.list(query.by.map((name) => splitWords(name, query.grain, speech)))
  return [
    query.by.length === 0 ? figures : speech.say('explore_question', { figures, by }),
    periodName(periodOf(query), speech),
    ...filtersOf(query).map((filter) => filterWords(filter, speech)),
  ].join(' · ')
}

/** 'Region is East'. */
export function filterWords(filter: Filter, speech: Speech): string {
  const { field, operator, values } = filter
  const isEmpty = values.length === 1 && values[0] === ''
  if (isEmpty && (operator === 'eq' || operator === 'ne'))
    return speech.say(operator === 'eq' ? 'explore_filter_unknown' : 'explore_filter_known', {
      field: nameOf(field, speech),
    })
  const said = values.map((value) => writtenValue(field, value, speech))
  const shown = said.length > 5 ? [...said.slice(0, 5), '…'] : said
  return speech.say(`explore_filter_${operator}`, { field: nameOf(field, speech), values: speech.list(shown) })
}

function writtenValue(field: string, value: string, speech: Speech): string {
  const compared = comparedBy(field, { metrics })
  if (compared === undefined && !Object.hasOwn(metrics, field)) {
    if (value === '') return speech.say('explore_not_known')
    if (value === 'true' || value === 'false') return speech.say(value === 'true' ? 'yes' : 'no')
    return valueWords(field, value, speech)
  }
  const figure = Number(value)
  const unit = compared?.side === 'relative' ? 'share' : unitOf(compared?.metric ?? field)
  return Number.isFinite(figure) ? speech.figure(figure, unit) : value
}

export const SHOW_WORDS: Readonly<Record<Show, WordKey>> = {
  table: 'explore_show_table',
  bar: 'explore_show_bar',
  line: 'explore_show_line',
  stacked: 'explore_show_stacked',
  scatter: 'explore_show_scatter',
}

/** Why a question cannot be shown so. */
export const SHOW_NEEDS: Readonly<Record<Show, WordKey>> = {
  table: 'explore_show_table',
  bar: 'explore_needs_bar',
  line: 'explore_needs_line',
  stacked: 'explore_needs_stacked',
  scatter: 'explore_needs_scatter',
}
