import type { ChartDefinition } from '../page.ts'
import { amountAxis, chartConfig } from './axes.ts'
import { figureOf, labelColumn } from './rows.ts'

/** Profit of all customers so far, from the most profitable on: it climbs above what is left in the end, and falls. */
export const whaleCurve: ChartDefinition = {
  name: 'whale-curve',
  title: 'chart_whale_title',
  about: 'chart_whale_about',
  rows: (answer, speech) => {
    const label = labelColumn(answer, 'customer')
    let sum = 0
    return answer.rows.map((row, at) => {
      const profit = figureOf(row, 'profit') ?? 0
      sum += profit
      return {
        label: String(row[label] ?? row['customer']),
        place: at + 1,
        profit,
        cumulative: sum,
        cumulative_words: speech.figure(sum, 'money'),
      }
    })
  },
  draw: (speech, palette) => {
    const tooltip = [
      { field: 'label', type: 'nominal' as const, title: speech.say('chart_whale_customer') },
      { field: 'place', type: 'quantitative' as const, title: speech.say('chart_whale_place') },
      { field: 'profit_text', type: 'nominal' as const, title: speech.say('chart_whale_own') },
      { field: 'cumulative_words', type: 'nominal' as const, title: speech.say('chart_whale_sum') },
    ]
    return {
      $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
      width: 'container',
      height: 210,
      padding: { left: 3, right: 8, top: 4, bottom: 4 },
      data: { name: 'rows' },
      config: chartConfig(palette),
      encoding: {
        x: {
          field: 'place',
          type: 'quantitative',
          title: speech.say('chart_whale_place'),
          axis: { grid: false, tickCount: 6, domain: false },
        },
        y: {
          field: 'cumulative',
          type: 'quantitative',
          title: null,
          axis: amountAxis(speech),
        },
      },
      layer: [
        { mark: { type: 'area', color: palette.quiet, opacity: 0.5 } },
        {
          mark: { type: 'point', filled: true, size: 26 },
          encoding: {
            color: {
              condition: { test: 'datum.profit < 0', value: palette.groups.eats },
              value: palette.accent,
            },
            shape: { condition: { test: 'datum.profit < 0', value: 'triangle-down' }, value: 'circle' },
            tooltip,
          },
        },
      ],
    }
  },
}
