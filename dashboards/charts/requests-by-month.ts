import { stillRuns } from '../filters.ts'
import type { ChartDefinition } from '../page.ts'
import { chartConfig, monthsAcross, shortNumbers } from './axes.ts'
import { figureOf, type AnswerRow } from './rows.ts'
import type { Speech } from '../words/speech.ts'

/** Service requests by the month they were opened. A month that still runs is paler, and says so. */
export const requestsByMonth: ChartDefinition = {
  name: 'requests-by-month',
  title: 'chart_requests_title',
  about: 'chart_requests_about',
  rows: (answer, speech) =>
    answer.rows.map((row) => ({
      ...monthOf(row, answer.evidence.as_of, speech),
      request_volume: figureOf(row, 'request_volume'),
    })),
  draw: (speech, palette) => ({
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    width: 'container',
    height: 130,
    padding: { left: 3, right: 4, top: 4, bottom: 4 },
    data: { name: 'rows' },
    config: chartConfig(palette),
    mark: { type: 'bar', color: palette.accent, cornerRadiusEnd: 2 },
    encoding: {
      x: monthsAcross,
      y: {
        field: 'request_volume',
        type: 'quantitative',
        title: null,
        axis: { tickCount: 3, labelExpr: shortNumbers(speech), domain: false, ticks: false },
      },
      opacity: { condition: { test: 'datum.running', value: 0.45 }, value: 1 },
      tooltip: [
        { field: 'label', type: 'nominal', title: speech.say('chart_month') },
        { field: 'request_volume_text', type: 'nominal', title: speech.say('chart_requests_count') },
      ],
    },
  }),
}

function monthOf(row: AnswerRow, asOf: string, speech: Speech): { label: string; running: boolean } {
  const day = String(row['month'])
  const month = speech.month(day)
  const running = stillRuns(day, asOf)
  return { label: running ? speech.say('chart_month_so_far', { month }) : month, running }
}
