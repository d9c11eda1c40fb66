import { html } from 'hono/html'
import type { Answer } from '../../models/metrics/metric.ts'
import { profitByMonth } from '../charts/profit-by-month.ts'
import { figureOf, labelColumn, valueWords } from '../charts/rows.ts'
import { chart, definePage, finding, kpi, list, table, type Html, type Place } from '../page.ts'
import { classDecisions, classSet } from './customer-class.ts'
import type { WordKey } from '../words/en.ts'
import type { Speech } from '../words/speech.ts'

/** Who it is, and what it leaves, in words; with the ways to the path of each cent. */
function whatItLeaves(answer: Answer, speech: Speech, place: Place): Html {
  const [row] = answer.rows
  if (row === undefined || answer.total !== 1)
    return html`<p class="finding">
      ${speech.say('customer_choose')} <a href="/customers">${speech.say('customers_title')}</a>
    </p>`
  const id = String(row['customer'])
  const money = (name: string): string => speech.glance(figureOf(row, name), 'money')
  const profit = figureOf(row, 'profit') ?? 0
  // The file has the period and the language of the page.
  const [, query = ''] = place.hrefWith({ sort: undefined, page: undefined }).split('?')
  const pack = `/customer/pack?${query}`
  const eats = String(row['eats_service']) === 'true'
  return html`<div class="finding${profit < 0 ? ' finding-bad' : ''}">
    <p class="headline"><strong>${String(row[labelColumn(answer, 'customer')])}</strong></p>
    <p>
      ${speech.say(profit < 0 ? 'customer_costs' : 'customer_leaves', {
        period: place.period,
        profit: speech.glance(Math.abs(profit), 'money'),
        revenue: money('revenue'),
        cost: money('direct_service_cost'),
        indirect: money('indirect_cost'),
      })}
      ${eats ? speech.say('customer_eats') : ''}
    </p>
    <p>
      ${speech.say('customer_class')} ${valueWords('crm_class', row['crm_class'], speech)}
      <span class="elsewhere"
        >${ways(id, speech, place)} · <a href="${pack}" download>${speech.say('customer_pack')}</a> ·
        <a href="/customers">${speech.say('customers_title')}</a>
      </span>
    </p>
  </div>`
}

/** To the path of each cent, as far as the reader may go it. */
function ways(id: string, speech: Speech, { opens }: Place): readonly Html[] {
  const to: readonly (readonly [string, string, WordKey])[] = [
    ['/changes', `where=${encodeURIComponent(`customer:eq:${id}`)}`, 'changes_link'],
    ['/costs/paths', `customer=${encodeURIComponent(id)}`, 'customer_paths'],
    ['/costs/lines', `customer=${encodeURIComponent(id)}`, 'customer_lines'],
  ]
  return to
    .filter(([path]) => opens(path))
    .map(([path, query, words]) => html`· <a href="${path}?${query}">${speech.say(words)}</a> `)
}

const ledger = [
  'revenue',
  'sales_margin',
  'service_revenue',
  'direct_service_cost',
  'indirect_cost',
  'profit',
  'service_hours',
]

/** One customer on one page: what it buys, takes and leaves, and what it has of us. */
export const customer360 = definePage({
  path: '/customer',
  title: 'customer_title',
  intro: 'customer_intro',
  filters: [
    { name: 'period', field: 'period', standard: 'trailing_12' },
    { name: 'customer', field: 'customer', standard: 'none' },
  ],
  rows: [
    [
      finding(whatItLeaves, {
        metrics: ['revenue', 'profit', 'direct_service_cost', 'indirect_cost'],
        by: ['customer', 'crm_class', 'eats_service'],
        order: ['customer'],
        limit: 2,
      }),
    ],
    [
      kpi('revenue'),
      kpi('service_revenue'),
      kpi('direct_service_cost'),
      kpi('indirect_cost'),
      kpi('profit'),
      kpi('profit_margin'),
    ],
    [
      kpi('alive_chance'),
      kpi('expected_orders_365'),
      kpi('expected_orders_365_low'),
      kpi('expected_orders_365_high'),
      kpi('future_value'),
      kpi('open_invoice_amount'),
    ],
    [
      chart(profitByMonth, {
        metrics: ['profit', 'revenue', 'direct_service_cost'],
        by: ['month'],
        order: ['month'],
      }),
    ],
    [
      table({
        title: 'customer_months_title',
        about: 'customer_months_about',
        counted: 'table_shown_rows',
        asking: { metrics: ledger, by: ['month'], order: ['-month'] },
        pageSize: 12,
      }),
    ],
    [
      list({
        name: 'class',
        title: 'customer_class_title',
        about: 'customer_class_about',
        asking: {
          metrics: ['customer_score', 'advice_stake'],
          by: [
            'effective_class',
            'computed_class',
            'class_since',
            'override_class',
            'crm_class',
            'class_fit',
            'advice',
          ],
          order: ['computed_class'],
          limit: 3,
        },
      }),
    ],
    [classSet],
    [classDecisions],
    [
      list({
        name: 'score',
        title: 'customer_score_title',
        about: 'customer_score_about',
        asking: {
          metrics: ['score_percentile', 'score_points'],
          by: ['score_measure'],
          order: ['-score_points', 'score_measure'],
          limit: 12,
        },
      }),
    ],
    [
      list({
        name: 'machines',
        title: 'customer_machines_title',
        about: 'customer_machines_about',
        asking: {
          metrics: ['machine_sale_margin', 'warranty_cost', 'warranty_erosion', 'machine_service_cost'],
          by: ['machine', 'machine_status', 'installed_on', 'warranty_until'],
          order: ['-machine_service_cost', 'machine'],
          limit: 50,
        },
      }),
    ],
    [
      list({
        name: 'contracts',
        title: 'customer_contracts_title',
        about: 'customer_contracts_about',
        asking: {
          metrics: ['contract_earned', 'contract_service_cost', 'contract_result'],
          by: ['contract', 'contract_kind', 'starts_on', 'ends_on', 'running'],
          order: ['-ends_on', 'contract'],
          limit: 50,
        },
      }),
    ],
    [
      list({
        name: 'open-requests',
        title: 'customer_requests_title',
        about: 'customer_requests_about',
        asking: {
          metrics: ['request_service_cost'],
          by: ['request', 'opened_on', 'request_kind', 'topic', 'resolved'],
          order: ['-opened_on', 'request'],
          limit: 20,
        },
      }),
    ],
    [
      list({
        name: 'opportunities',
        title: 'customer_opportunities_title',
        about: 'customer_opportunities_about',
        asking: {
          metrics: ['opportunity_amount'],
          by: ['opportunity', 'opened_on', 'stage', 'lead_source', 'outcome'],
          order: ['-opened_on', 'opportunity'],
          limit: 20,
        },
      }),
    ],
    [
      list({
        name: 'receivables',
        title: 'customer_invoices_title',
        about: 'customer_invoices_about',
        asking: {
          metrics: ['open_invoice_amount', 'days_overdue'],
          by: ['invoice', 'due_on', 'invoice_age'],
          where: [{ field: 'invoice_age', operator: 'ne', values: ['paid'] }],
          order: ['due_on', 'invoice'],
          limit: 50,
        },
      }),
    ],
  ],
})
