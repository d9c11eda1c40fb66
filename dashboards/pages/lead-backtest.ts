import { html } from 'hono/html'
import type { Answer, MetricQuery } from '../../models/metrics/metric.ts'
import { dimensionWords, figureOf, metricWords, unitOf, valueWords, type AnswerRow } from '../charts/rows.ts'
import type { Html } from '../page.ts'
import { listCard, type ListColumn } from '../render/list.ts'
import type { View } from '../render/view.ts'
import type { Speech } from '../words/speech.ts'

/** How each signal did. */
export const BACKTEST: MetricQuery = {
  metrics: [
    'tested_leads',
    'tested_wins',
    'tested_expected',
    'tested_precision',
    'tested_precision_low',
    'tested_random',
    'tested_largest',
    'tested_lift',
    'tested_dismissed',
  ],
  by: ['lead_signal', 'lead_verdict', 'tested_on'],
  where: [],
  order: ['-tested_lift', 'lead_signal'],
}
/** Chances told, and what came of them. */
export const BANDS: MetricQuery = {
  metrics: ['banded_leads', 'banded_expected', 'banded_wins'],
  by: ['chance_band'],
  where: [],
  order: ['chance_band'],
}

/** How much more customers with service contact bought. */
export const INCREMENT: MetricQuery = {
  metrics: ['service_lift', 'service_lift_low', 'service_lift_high', 'served_customers'],
  by: ['service_verdict'],
  where: [],
  order: ['service_verdict'],
}

/** What service contact adds to purchases, with its interval; whether that can be told from chance. */
export function incrementWords({ rows }: Answer, speech: Speech): Html | string {
  const [row] = rows
  if (row === undefined) return ''
  const verdict = valueWords('service_verdict', row['service_verdict'], speech)
  if (row['service_verdict'] === 'too_few') return html`<p>${speech.say('increment_none', { verdict })}</p>`
  const share = (name: string): string => speech.figure(figureOf(row, name), 'share')
  return html`<p>
    ${speech.say('increment_found', {
      lift: share('service_lift'),
      low: share('service_lift_low'),
      high: share('service_lift_high'),
      count: speech.figure(figureOf(row, 'served_customers'), 'count'),
      verdict,
    })}
  </p>`
}

/** Each signal beside chance and beside calling the largest first. */
export function backtestCard(backtest: Answer, view: View): Html {
  const { speech } = view
  const day = backtest.rows[0]?.['tested_on']
  const marks = { lift: '✓', no_lift: '✗', too_few: '?' } as const
  return listCard(
    {
      name: 'backtest',
      title: speech.say('backtest_title'),
      about: speech.say('backtest_about', { day: typeof day === 'string' ? speech.day(day) : '–' }),
      rows: backtest.rows,
      columns: [
        {
          title: dimensionWords('lead_signal', speech),
          cell: (row) => valueWords('lead_signal', row['lead_signal'], speech),
        },
        {
          title: dimensionWords('lead_verdict', speech),
          cell: (row) =>
            html`<span aria-hidden="true">${marks[String(row['lead_verdict']) as keyof typeof marks]}</span>
              ${valueWords('lead_verdict', row['lead_verdict'], speech)}`,
        },
        ...figures(BACKTEST.metrics, speech),
      ],
      none: speech.say('backtest_none'),
    },
    view,
  )
}

/** Whether chances were what they said. */
export function bandsCard(bands: Answer, view: View): Html {
  const { speech } = view
  return listCard(
    {
      name: 'calibration',
      title: speech.say('calibration_title'),
      about: speech.say('calibration_about'),
      rows: bands.rows,
      columns: [
        {
          title: dimensionWords('chance_band', speech),
          cell: (row) => valueWords('chance_band', row['chance_band'], speech),
        },
        ...figures(BANDS.metrics, speech),
      ],
      none: speech.say('backtest_none'),
    },
    view,
  )
}

function figures(names: readonly string[], speech: Speech): readonly ListColumn<AnswerRow>[] {
  return names.map((name) => ({
    title: metricWords(name, speech),
    cell: (row) => speech.figure(figureOf(row, name), unitOf(name)),
    figure: true,
  }))
}
