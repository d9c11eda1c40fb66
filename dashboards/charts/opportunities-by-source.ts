import type { ChartDefinition } from '../page.ts'
import { chartConfig, shortNumbers } from './axes.ts'
import { figureOf, metricWords, valueWords } from './rows.ts'

/** Opportunities by the source of the lead; the won part stands darker within each bar. */
export const opportunitiesBySource: ChartDefinition = {
  name: 'opportunities-by-source',
  title: 'chart_opportunities_title',
  about: 'chart_opportunities_about',
  rows: (answer, speech) =>
    answer.rows.map((row) => ({
      label: valueWords('lead_source', row['lead_source'], speech),
      opportunities: figureOf(row, 'opportunities'),
      won_opportunities: figureOf(row, 'won_opportunities'),
    })),
  draw: (speech, palette) => {
    const tooltip = [
      { field: 'label', type: 'nominal' as const, title: speech.say('chart_source') },
      { field: 'opportunities_text', type: 'nominal' as const, title: metricWords('opportunities', speech) },
      { field: 'won_opportunities_text', type: 'nominal' as const, title: metricWords('won_opportunities', speech) },
    ]
    const series = [metricWords('opportunities', speech), metricWords('won_opportunities', speech)]
    const bar = (field: string, name: string | undefined, height: number) => ({
      mark: { type: 'bar' as const, height, cornerRadiusEnd: 2 },
      encoding: {
        x: {
          field,
          type: 'quantitative' as const,
          title: null,
          axis: { tickCount: 4, labelExpr: shortNumbers(speech), domain: false, ticks: false },
        },
        color: {
          datum: name ?? '',
          type: 'nominal' as const,
          scale: { domain: series, range: [palette.quiet, palette.accent] },
          legend: { orient: 'top' as const, title: null },
        },
        tooltip,
      },
    })
    return {
      $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
      width: 'container',
      height: 150,
      padding: { left: 3, right: 4, top: 0, bottom: 4 },
      data: { name: 'rows' },
      config: chartConfig(palette),
      encoding: {
        y: { field: 'label', type: 'ordinal', sort: null, title: null, axis: { domain: false, ticks: false } },
      },
      layer: [bar('opportunities', series[0], 16), bar('won_opportunities', series[1], 8)],
    }
  },
}
