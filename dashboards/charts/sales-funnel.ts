import { dimensions } from '../../models/metrics/catalogue.ts'
import type { ChartDefinition } from '../page.ts'
import { chartConfig, shortNumbers } from './axes.ts'
import { dimensionWords, figureOf, metricWords, valueWords } from './rows.ts'

/** The metric that counts each step. */
const STEPS = {
  opportunities: 'lead',
  qualified_opportunities: 'qualified',
  quoted_opportunities: 'quoted',
  won_opportunities: 'won',
} as const
const METRICS = Object.keys(STEPS)
const ORIGINS = Object.keys(dimensions['origin']?.values ?? {})

/** How many opportunities reached each step, beside one another by the part service had in them: never one on top of the other. */
export const salesFunnel: ChartDefinition = {
  name: 'sales-funnel',
  title: 'chart_funnel_title',
  about: 'chart_funnel_about',
  rows: (answer, speech) =>
    ORIGINS.map((origin) => {
      const row = answer.rows.find((each) => each['origin'] === origin) ?? {}
      const figures = METRICS.map((metric): [string, number] => [metric, figureOf(row, metric) ?? 0])
      return { label: valueWords('origin', origin, speech), ...Object.fromEntries(figures) }
    }),
  draw: (speech, palette) => {
    const words = Object.fromEntries(
      Object.entries(STEPS).map(([metric, step]) => [metric, valueWords('sales_step', step, speech)]),
    )
    const origins = ORIGINS.map((origin) => valueWords('origin', origin, speech))
    return {
      $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
      width: 'container',
      height: { step: 19 },
      padding: { left: 3, right: 40, top: 0, bottom: 4 },
      data: { name: 'rows' },
      config: chartConfig(palette),
      transform: [
        { fold: METRICS, as: ['metric', 'count'] },
        { calculate: `${JSON.stringify(words)}[datum.metric]`, as: 'step' },
        { calculate: "datum.opportunities > 0 ? format(datum.count / datum.opportunities, '.0%') : ''", as: 'share' },
      ],
      encoding: {
        y: {
          field: 'step',
          type: 'ordinal',
          sort: Object.values(words),
          title: null,
          axis: { domain: false, ticks: false },
        },
        yOffset: { field: 'label', type: 'nominal', sort: origins },
        x: {
          field: 'count',
          type: 'quantitative',
          title: null,
          axis: { tickCount: 4, labelExpr: shortNumbers(speech), domain: false, ticks: false },
        },
        tooltip: [
          { field: 'step', type: 'nominal', title: dimensionWords('sales_step', speech) },
          { field: 'label', type: 'nominal', title: dimensionWords('origin', speech) },
          { field: 'count', type: 'quantitative', format: ',', title: metricWords('opportunities', speech) },
          { field: 'share', type: 'nominal', title: speech.say('chart_funnel_share') },
        ],
      },
      layer: [
        {
          mark: { type: 'bar', cornerRadiusEnd: 2 },
          encoding: {
            color: {
              field: 'label',
              type: 'nominal',
              scale: { domain: origins, range: [palette.accent, palette.quiet, palette.groups.regular] },
              legend: { orient: 'top', title: null },
            },
          },
        },
        {
          mark: { type: 'text', align: 'left', dx: 4, color: palette.text, fontSize: 11.5 },
          encoding: { text: { field: 'count', type: 'quantitative', format: ',' } },
        },
      ],
    }
  },
}
