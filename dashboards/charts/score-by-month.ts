import { stillRuns } from '../filters.ts'
import type { ChartDefinition } from '../page.ts'
import { chartConfig, monthsAcross } from './axes.ts'
import { figureOf } from './rows.ts'

/** How well records are kept, by the month they are about. A month that still runs says so in its label. */
export const scoreByMonth: ChartDefinition = {
  name: 'score-by-month',
  title: 'chart_score_title',
  about: 'chart_score_about',
  rows: (answer, speech) =>
    answer.rows.map((row) => {
      const day = String(row['month'])
      const running = stillRuns(day, answer.evidence.as_of)
      const month = speech.month(day)
      const label = running ? speech.say('chart_month_so_far', { month }) : month
      return {
        label,
        running,
        record_score: figureOf(row, 'record_score'),
        record_faults: figureOf(row, 'record_faults'),
      }
    }),
  draw: (speech, palette) => ({
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    width: 'container',
    height: 150,
    padding: { left: 3, right: 8, top: 4, bottom: 4 },
    data: { name: 'rows' },
    config: chartConfig(palette),
    mark: { type: 'line', color: palette.accent, point: { filled: true, size: 40 } },
    encoding: {
      x: monthsAcross,
      y: {
        field: 'record_score',
        type: 'quantitative',
        title: null,
        scale: { zero: false, nice: true },
        axis: { tickCount: 4, format: '.1~%', domain: false, ticks: false },
      },
      tooltip: [
        { field: 'label', type: 'nominal', title: speech.say('chart_month') },
        { field: 'record_score_text', type: 'nominal', title: speech.say('chart_score_title') },
        { field: 'record_faults_text', type: 'nominal', title: speech.say('chart_score_faults') },
      ],
    },
  }),
}
