import { stillRuns } from '../filters.ts'
import type { ChartDefinition } from '../page.ts'
import { amountAxis, chartConfig, monthsAcross } from './axes.ts'
import { figureOf, metricWords } from './rows.ts'

/** What a customer left each month: bars of profit over a quiet line of what serving it cost. */
export const profitByMonth: ChartDefinition = {
  name: 'profit-by-month',
  title: 'chart_profit_title',
  about: 'chart_profit_about',
  rows: (answer, speech) =>
    answer.rows.map((row) => {
      const day = String(row['month'])
      const month = speech.month(day)
      return {
        label: stillRuns(day, answer.evidence.as_of) ? speech.say('chart_month_so_far', { month }) : month,
        profit: figureOf(row, 'profit'),
        direct_service_cost: figureOf(row, 'direct_service_cost'),
        revenue: figureOf(row, 'revenue'),
      }
    }),
  draw: (speech, palette) => {
    const tooltip = [
      { field: 'label', type: 'nominal' as const, title: speech.say('chart_month') },
      ...['profit', 'revenue', 'direct_service_cost'].map((name) => ({
        field: `${name}_text`,
        type: 'nominal' as const,
        title: metricWords(name, speech),
      })),
    ]
    const y = {
      type: 'quantitative' as const,
      title: null,
      axis: amountAxis(speech),
    }
    return {
      $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
      width: 'container',
      height: 180,
      padding: { left: 3, right: 8, top: 4, bottom: 4 },
      data: { name: 'rows' },
      config: chartConfig(palette),
      encoding: {
        x: monthsAcross,
      },
      layer: [
        {
          mark: { type: 'bar', cornerRadiusEnd: 2 },
          encoding: {
            y: { field: 'profit', ...y },
            color: {
              condition: { test: 'datum.profit < 0', value: palette.groups.eats },
              value: palette.accent,
            },
            tooltip,
          },
        },
        {
          mark: { type: 'line', color: palette.muted, strokeDash: [4, 3], point: { size: 18, color: palette.muted } },
          encoding: { y: { field: 'direct_service_cost', ...y }, tooltip },
        },
      ],
    }
  },
}
