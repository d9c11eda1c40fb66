import { html } from 'hono/html'
import { ROW_KIND, type Answer, type MetricQuery } from '../../models/metrics/metric.ts'
import { figureOf, labelColumn, metricWords, unitOf } from '../charts/rows.ts'
import { grainOf, spanWords, splitWords } from '../charts/spans.ts'
import { periodName } from '../filters.ts'
import type { Html } from '../page.ts'
import type { TableColumn } from '../render/table-rows.ts'
import type { Speech } from '../words/speech.ts'

/** Spans of time in words. */
export function withSpans(column: TableColumn, answer: Answer, speech: Speech): TableColumn {
  const grain = grainOf(column.name, answer)
  if (grain === undefined || grain === column.date) return column
  const { date: _date, ...rest } = column
  const days = answer.rows.flatMap((row) => row[column.name] ?? []).map(String)
  return {
    ...rest,
    title: splitWords(column.name, grain, speech),
    words: Object.fromEntries(days.map((day) => [day, spanWords(day, grain, speech)])),
  }
}

/** The columns with what each figure is compared with beside it: that figure, the difference, and it as a share. */
export function withCompared(columns: readonly TableColumn[], answer: Answer, speech: Speech): readonly TableColumn[] {
  return columns.flatMap((column) => [
    withSpans(column, answer, speech),
    ...comparedColumns(column.name, answer, speech),
  ])
}

function comparedColumns(metric: string, { columns, compared }: Answer, speech: Speech): TableColumn[] {
  if (compared === undefined) return []
  const what = metricWords(metric, speech)
  const other = speech.say(`explore_compared_${compared.kind}`)
  const titles = {
    compared: speech.say('explore_compared', { what, other }),
    difference: speech.say('explore_difference', { what }),
    relative: speech.say('explore_relative', { what }),
  } as const
  const figures = columns.filter((column) => column.metric === metric)
  return figures.flatMap(({ name, kind }) =>
    kind === 'compared' || kind === 'difference' || kind === 'relative'
      ? [{ name, title: titles[kind], kind: 'figure', unit: kind === 'relative' ? 'share' : unitOf(metric) }]
      : [],
  )
}

/** What one figure is compared with, below it. */
export function comparedFigures(metric: string, answer: Answer, speech: Speech): readonly Html[] {
  const [row = {}] = answer.rows
  return comparedColumns(metric, answer, speech).map(
    ({ name, title, unit = 'number' }) =>
      html`<dd class="kpi-note">${title} <strong>${speech.figure(figureOf(row, name), unit)}</strong></dd>`,
  )
}

/** The rows with words where a row is the rest or the total: it has no value of its own. */
export function namedRows({ by }: MetricQuery, answer: Answer, speech: Speech): Answer['rows'] {
  const [first] = by
  if (first === undefined) return answer.rows
  const name = labelColumn(answer, first)
  const words = { rest: speech.say('explore_others'), total: speech.say('explore_total') }
  return answer.rows.map((row) => {
    const kind = row[ROW_KIND]
    return kind === 'rest' || kind === 'total' ? { ...row, [first]: null, [name]: words[kind] } : row
  })
}

/** Which months are compared with which. */
export function comparedLine({ compared }: Answer, speech: Speech): Html | string {
  if (compared === undefined) return ''
  const period = periodName(compared.period, speech)
  const words =
    compared.with === null
      ? speech.say('explore_compared_targets', { period })
      : speech.say('explore_compared_line', { period, other: periodName(compared.with, speech) })
  return html`<p class="small">${words} ${compared.whole ? '' : speech.say('explore_compared_whole')}</p>`
}
