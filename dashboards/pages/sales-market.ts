import { html } from 'hono/html'
import type { Answer } from '../../models/metrics/metric.ts'
import { campaignReturns } from '../charts/campaign-returns.ts'
import { figureOf } from '../charts/rows.ts'
import { chart, definePage, finding, kpi, list, table, type Html, type PageFilter, type Place } from '../page.ts'
import type { Speech } from '../words/speech.ts'
import { salesPages } from './sales-pages.ts'

const period: PageFilter = { name: 'period', field: 'period', standard: 'trailing_12' }
const region: PageFilter = { name: 'region', field: 'region' }

/** What orders came from service and, apart from it, after service. */
function ordersOfService(answer: Answer, speech: Speech, place: Place): Html {
  const of = (origin: string): string =>
    speech.glance(figureOf(answer.rows.find((row) => row['origin'] === origin) ?? {}, 'origin_revenue') ?? 0, 'money')
  return html`<div class="finding">
    <p class="headline">
      ${speech.say('orders_headline', { period: place.period, sourced: of('sourced'), influenced: of('influenced'), other: of('other') })}
    </p>
    <p>${speech.say('orders_caution')}</p>
    ${salesPages('/sales/orders', speech, place)}
  </div>`
}

/** Orders by the part service had in them, with or without an opportunity; and targets with the pipeline that is to fill them. */
export const salesAfterService = definePage({
  path: '/sales/orders',
  title: 'sales_orders_title',
  intro: 'sales_orders_intro',
  filters: [period, region],
  rows: [
    [finding(ordersOfService, { metrics: ['origin_revenue'], by: ['origin'], order: ['origin'] })],
    [kpi('sourced_revenue'), kpi('influenced_revenue'), kpi('origin_revenue'), kpi('origin_margin')],
    [
      table({
        title: 'orders_table_title',
        about: 'orders_table_about',
        counted: 'table_shown_rows',
        splits: ['origin', 'month', 'customer', 'region', 'sales_owner', 'service_owner', 'industry'],
        links: { customer: { to: '/customer', as: 'customer' } },
        asking: {
          metrics: ['origin_revenue', 'origin_margin', 'sourced_revenue', 'influenced_revenue'],
          by: ['origin'],
          order: ['-origin_revenue'],
        },
        pageSize: 25,
      }),
    ],
    [
      list({
        name: 'targets',
        title: 'targets_title',
        about: 'targets_about',
        asking: {
          metrics: ['target_value', 'target_actual', 'target_remaining', 'target_pipeline', 'pipeline_coverage'],
          by: ['target_metric', 'target_scope', 'target_from', 'target_until'],
          where: [{ field: 'target_over', operator: 'eq', values: ['false'] }],
          order: ['target_from', 'target_metric', 'target_scope'],
          limit: 40,
        },
      }),
    ],
  ],
})

/** What campaigns left after what they cost. */
function campaignResult(answer: Answer, speech: Speech, place: Place): Html {
  const [row = {}] = answer.rows
  const cost = figureOf(row, 'campaign_cost') ?? 0
  const margin = figureOf(row, 'campaign_won_margin') ?? 0
  const count = figureOf(row, 'campaigns') ?? 0
  const lost = margin < cost
  const words = {
    period: place.period,
    count: speech.figure(count, 'count'),
    cost: speech.glance(cost, 'money'),
    margin: speech.glance(margin, 'money'),
    rest: speech.glance(Math.abs(margin - cost), 'money'),
  }
  return html`<div class="finding${count > 0 && lost ? ' finding-bad' : ''}">
    <p class="headline">
      ${speech.say(count === 0 ? 'campaigns_none' : lost ? 'campaigns_lost' : 'campaigns_won', words)}
    </p>
    ${salesPages('/sales/campaigns', speech, place)}
  </div>`
}

export const campaigns = definePage({
  path: '/sales/campaigns',
  title: 'campaigns_title',
  intro: 'campaigns_intro',
  filters: [period, { name: 'kind', field: 'campaign_kind' }],
  rows: [
    [finding(campaignResult, { metrics: ['campaigns', 'campaign_cost', 'campaign_won_margin'], by: [] })],
    [
      kpi('campaigns'),
      kpi('campaign_cost'),
      kpi('campaign_responses'),
      kpi('campaign_leads'),
      kpi('campaign_won_margin'),
      kpi('campaign_return'),
    ],
    [
      chart(campaignReturns, {
        metrics: ['campaign_return'],
        by: ['campaign'],
        order: ['-campaign_return', 'campaign'],
        limit: 40,
      }),
    ],
    [
      table({
        title: 'campaigns_table_title',
        about: 'campaigns_table_about',
        counted: 'table_shown_rows',
        asking: {
          metrics: [
            'campaign_budget',
            'campaign_cost',
            'campaign_responses',
            'campaign_response_rate',
            'campaign_leads',
            'campaign_won',
            'campaign_won_amount',
            'campaign_won_margin',
            'campaign_return',
          ],
          by: ['campaign', 'campaign_kind', 'campaign_from'],
          order: ['-campaign_from', 'campaign'],
        },
        pageSize: 25,
      }),
    ],
  ],
})

function listed(answer: Answer, speech: Speech, place: Place): Html {
  const count = figureOf(answer.rows[0] ?? {}, 'listed_customers')
  return html`<div class="finding">
    <p class="headline">${speech.say('lists_headline', { count: speech.figure(count, 'count') })}</p>
    ${salesPages('/sales/lists', speech, place)}
  </div>`
}

/** Customers to write to, by class, region, what they own, when its warranty ends and when they last bought. */
export const customerLists = definePage({
  path: '/sales/lists',
  title: 'lists_title',
  intro: 'lists_intro',
  filters: [
    { name: 'class', field: 'crm_class' },
    region,
    { name: 'industry', field: 'industry' },
    { name: 'kind', field: 'customer_kind' },
    { name: 'owner', field: 'sales_owner' },
    { name: 'family', field: 'product_family' },
    { name: 'product', field: 'product' },
    { name: 'warranty', field: 'warranty_ending' },
    { name: 'purchase', field: 'last_purchase' },
    { name: 'contract', field: 'contract_standing' },
  ],
  rows: [
    [finding(listed, { metrics: ['listed_customers'], by: [] })],
    [kpi('listed_customers'), kpi('listed_machines')],
    [
      table({
        title: 'lists_table_title',
        about: 'lists_table_about',
        links: { customer: { to: '/customer', as: 'customer' } },
        asking: {
          metrics: ['listed_machines'],
          by: [
            'customer',
            'crm_class',
            'customer_kind',
            'region',
            'industry',
            'sales_owner',
            'last_ordered_on',
            'contract_standing',
          ],
          order: ['-listed_machines', 'customer'],
        },
        pageSize: 25,
      }),
    ],
  ],
})
