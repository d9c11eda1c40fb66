import { html } from 'hono/html'
import type { Answer } from '../../models/metrics/metric.ts'
import { receivablesByAge } from '../charts/receivables-by-age.ts'
import { figureOf } from '../charts/rows.ts'
import { chart, definePage, finding, kpi, list, table, type Html, type Place } from '../page.ts'
import type { Speech } from '../words/speech.ts'
import { salesPages } from './sales-pages.ts'

/** What is owed, what of it is late, and how many days of sales that is. */
function owed(answer: Answer, speech: Speech, place: Place): Html {
  const [row = {}] = answer.rows
  const overdue = figureOf(row, 'overdue_amount') ?? 0
  const days = (metric: string): string => speech.figure(figureOf(row, metric), 'days')
  return html`<div class="finding${overdue > 0 ? ' finding-bad' : ''}">
    <p class="headline">
      ${speech.say('receivables_headline', {
        overdue: speech.glance(overdue, 'money'),
        all: speech.glance(figureOf(row, 'open_invoice_amount') ?? 0, 'money'),
      })}
    </p>
    <p>
      ${speech.say('receivables_dso', { dso: days('days_sales_outstanding'), best: days('best_possible_dso'), late: days('days_late') })}
    </p>
    ${salesPages('/receivables', speech, place)}
  </div>`
}

const figures = [
  'open_invoice_amount',
  'overdue_amount',
  'days_overdue',
  'days_sales_outstanding',
  'days_late',
  'service_hours',
  'profit',
]

/** Who owes, how late they pay, and what work they take meanwhile. */
export const receivables = definePage({
  path: '/receivables',
  title: 'receivables_title',
  intro: 'receivables_intro',
  filters: [
    { name: 'period', field: 'period', standard: 'trailing_12' },
    { name: 'region', field: 'region' },
    { name: 'owner', field: 'sales_owner' },
    { name: 'kind', field: 'customer_kind' },
    { name: 'class', field: 'crm_class' },
    { name: 'customer', field: 'customer' },
  ],
  rows: [
    [
      finding(owed, {
        metrics: ['open_invoice_amount', 'overdue_amount', 'days_sales_outstanding', 'best_possible_dso', 'days_late'],
        by: [],
      }),
    ],
    [
      kpi('open_invoice_amount'),
      kpi('overdue_amount'),
      kpi('overdue_share'),
      kpi('days_sales_outstanding'),
      kpi('days_late'),
      kpi('service_hours'),
    ],
    [chart(receivablesByAge, { metrics: ['open_invoice_amount'], by: ['invoice_age'], order: ['invoice_age'] })],
    [
      table({
        title: 'receivables_table_title',
        about: 'receivables_table_about',
        counted: 'table_shown_rows',
        splits: ['customer', 'sales_owner', 'service_owner', 'region', 'customer_kind', 'crm_class'],
        links: { customer: { to: '/customer', as: 'customer' } },
        asking: { metrics: figures, by: ['customer'], order: ['-overdue_amount'] },
        pageSize: 25,
      }),
    ],
    [
      list({
        name: 'overdue',
        title: 'overdue_title',
        about: 'overdue_about',
        asking: {
          metrics: ['open_invoice_amount', 'days_overdue'],
          by: ['invoice', 'customer', 'sales_owner', 'due_on', 'invoice_age'],
          where: [{ field: 'overdue_amount', operator: 'gt', values: ['0'] }],
          order: ['-days_overdue', 'invoice'],
          limit: 30,
        },
      }),
    ],
  ],
})
