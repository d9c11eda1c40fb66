import { dimensions } from '../../models/metrics/catalogue.ts'
import type { ChartDefinition } from '../page.ts'
import { chartConfig } from './axes.ts'
import { dimensionWords, figureOf, valueWords } from './rows.ts'

const SPANS = Object.keys(dimensions['entry_lag']?.values ?? {})

/** How long after it happened records were keyed, as shares of each entity; spans stand in their order. */
export const entryLags: ChartDefinition = {
  name: 'entry-lags',
  title: 'chart_lags_title',
  about: 'chart_lags_about',
  rows: (answer, speech) => {
    const totals = new Map<unknown, number>()
    for (const row of answer.rows)
      totals.set(row['entity'], (totals.get(row['entity']) ?? 0) + (figureOf(row, 'entered_records') ?? 0))
    return answer.rows
      .map((row) => ({ row, place: SPANS.indexOf(String(row['entry_lag'])) }))
      .toSorted((one, other) => one.place - other.place)
      .map(({ row, place }) => {
        const records = figureOf(row, 'entered_records') ?? 0
        const entity = valueWords('entity', row['entity'], speech)
        const span = valueWords('entry_lag', row['entry_lag'], speech)
        return {
          label: speech.say('chart_lags_row', { entity, span }),
          entity,
          span,
          place,
          share: speech.figure(records / Math.max(totals.get(row['entity']) ?? 0, 1), 'share'),
          entered_records: records,
        }
      })
  },
  draw: (speech, palette) => ({
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    width: 'container',
    height: { step: 24 },
    padding: { left: 3, right: 8, top: 0, bottom: 4 },
    data: { name: 'rows' },
    config: chartConfig(palette),
    mark: { type: 'bar', height: 15, stroke: palette.surface, strokeWidth: 1 },
    encoding: {
      y: { field: 'entity', type: 'nominal', sort: null, title: null, axis: { domain: false, ticks: false } },
      x: {
        field: 'entered_records',
        type: 'quantitative',
        stack: 'normalize',
        title: null,
        axis: { tickCount: 5, format: '.0%', domain: false, ticks: false },
      },
      order: { field: 'place', type: 'quantitative' },
      color: {
        field: 'span',
        type: 'nominal',
        scale: { domain: SPANS.map((span) => valueWords('entry_lag', span, speech)), range: [...palette.spans] },
        legend: { orient: 'top', title: null },
      },
      tooltip: [
        { field: 'entity', type: 'nominal', title: dimensionWords('entity', speech) },
        { field: 'span', type: 'nominal', title: dimensionWords('entry_lag', speech) },
        { field: 'share', type: 'nominal', title: speech.say('chart_lags_share') },
        { field: 'entered_records_text', type: 'nominal', title: speech.say('chart_lags_records') },
      ],
    },
  }),
}
