import { html } from 'hono/html'
import type { Answer } from '../../models/metrics/metric.ts'
import { figureOf } from '../charts/rows.ts'
import { definePage, finding, kpi, table, type Html, type Place } from '../page.ts'
import type { Speech } from '../words/speech.ts'
import { salesPages } from './sales-pages.ts'

/** How much of what is open stands still. */
function standingStill(answer: Answer, speech: Speech, place: Place): Html {
  const [row = {}] = answer.rows
  const open = figureOf(row, 'open_opportunities') ?? 0
  const stale = figureOf(row, 'stale_opportunities') ?? 0
  const words = {
    open: speech.figure(open, 'count'),
    amount: speech.glance(figureOf(row, 'open_amount') ?? 0, 'money'),
    stale: speech.figure(stale, 'count'),
    stale_amount: speech.glance(figureOf(row, 'stale_amount') ?? 0, 'money'),
    slow: speech.figure(figureOf(row, 'slow_opportunities') ?? 0, 'count'),
  }
  return html`<div class="finding${stale > 0 ? ' finding-bad' : ''}">
    <p class="headline">
      ${open === 0 ? speech.say('pipeline_empty') : speech.say(stale > 0 ? 'pipeline_stale' : 'pipeline_moving', words)}
    </p>
    ${open === 0 ? '' : html`<p>${speech.say('pipeline_slow', words)}</p>`}
    ${salesPages('/sales/pipeline', speech, place)}
  </div>`
}

/** What is open today, how it moves, and what does not. */
export const salesPipeline = definePage({
  path: '/sales/pipeline',
  title: 'sales_pipeline_title',
  intro: 'sales_pipeline_intro',
  filters: [
    { name: 'region', field: 'region' },
    { name: 'owner', field: 'opportunity_owner' },
    { name: 'origin', field: 'origin' },
    { name: 'kind', field: 'opportunity_kind' },
    { name: 'family', field: 'product_family' },
  ],
  rows: [
    [
      finding(standingStill, {
        metrics: ['open_opportunities', 'open_amount', 'stale_opportunities', 'stale_amount', 'slow_opportunities'],
        by: [],
      }),
    ],
    [
      kpi('open_opportunities'),
      kpi('open_amount'),
      kpi('weighted_open_amount'),
      kpi('stale_opportunities'),
      kpi('slow_opportunities'),
      kpi('sales_velocity'),
    ],
    [
      table({
        title: 'pipeline_table_title',
        about: 'pipeline_table_about',
        counted: 'table_shown_rows',
        links: { customer: { to: '/customer', as: 'customer' } },
        asking: {
          metrics: ['unchanged_days', 'usual_days_to_win', 'opportunity_amount'],
          by: ['opportunity', 'customer', 'opportunity_owner', 'stage', 'origin', 'expected_close_on', 'stale', 'slow'],
          where: [{ field: 'outcome', operator: 'eq', values: ['open'] }],
          order: ['-unchanged_days', 'opportunity'],
        },
        pageSize: 25,
      }),
    ],
  ],
})
