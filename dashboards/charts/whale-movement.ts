import type { ChartDefinition } from '../page.ts'
import { amountAxis, chartConfig, monthsAcross } from './axes.ts'
import { figureOf, metricWords } from './rows.ts'

/** How the whale grew: what was earned above the line, what was eaten up again below it, and what was left between. */
export const whaleMovement: ChartDefinition = {
  name: 'whale-movement',
  title: 'chart_whale_movement_title',
  about: 'chart_whale_movement_about',
  rows: (answer, speech) =>
    answer.rows.map((row) => ({
      label: speech.month(String(row['closing_month'])),
      whale_earned: figureOf(row, 'whale_earned'),
      whale_eaten: figureOf(row, 'whale_eaten'),
      whale_left: figureOf(row, 'whale_left'),
    })),
  draw: (speech, palette) => {
    const tooltip = [
      { field: 'label', type: 'nominal' as const, title: speech.say('chart_month') },
      ...['whale_earned', 'whale_eaten', 'whale_left', 'losing_customers'].map((name) => ({
        field: `${name}_text`,
        type: 'nominal' as const,
        title: metricWords(name, speech),
      })),
    ]
    const y = (field: string) => ({
      field,
      type: 'quantitative' as const,
      title: null,
      axis: amountAxis(speech),
    })
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
        { mark: { type: 'bar', color: palette.accent }, encoding: { y: y('whale_earned'), tooltip } },
        { mark: { type: 'bar', color: palette.groups.eats }, encoding: { y: y('whale_eaten'), tooltip } },
        {
          mark: { type: 'line', color: palette.muted, strokeDash: [4, 3], point: { size: 22, color: palette.muted } },
          encoding: { y: y('whale_left'), tooltip },
        },
      ],
    }
  },
}
