import { opportunitiesBySource } from '../charts/opportunities-by-source.ts'
import { requestsByMonth } from '../charts/requests-by-month.ts'
import { valueAgainstLoad } from '../charts/value-against-load.ts'
import { chart, definePage, finding, kpi, table, type Asking } from '../page.ts'
import { bigButCostly } from './big-but-costly.ts'

const figures = [
  'revenue',
  'revenue_rank',
  'profit',
  'profit_rank',
  'rank_drop',
  'service_hours',
  'requests',
  'direct_service_cost',
  'indirect_cost',
]

/** All customers, the largest by revenue first, as far as a chart can show them. */
const customersBySize: Asking = {
  metrics: figures,
  by: ['customer', 'crm_class', 'eats_service'],
  order: ['-revenue', 'customer'],
  limit: 1000,
}

export const customerValue = definePage({
  path: '/customers',
  title: 'customers_title',
  intro: 'customers_intro',
  filters: [
    { name: 'period', field: 'period', standard: 'trailing_12' },
    { name: 'region', field: 'region' },
    { name: 'kind', field: 'customer_kind', standard: 'direct' },
    { name: 'class', field: 'crm_class' },
    { name: 'industry', field: 'industry' },
  ],
  rows: [
    [finding(bigButCostly, customersBySize)],
    [
      kpi('revenue'),
      kpi('service_revenue'),
      kpi('direct_service_cost'),
      kpi('indirect_cost'),
      kpi('profit'),
      kpi('eats_service_customers'),
      kpi('loss_making_customers'),
    ],
    [
      chart(valueAgainstLoad, { ...customersBySize, large: true, picks: true }),
      chart(requestsByMonth, { metrics: ['request_volume'], by: ['month'], order: ['month'] }),
      chart(opportunitiesBySource, {
        metrics: ['opportunities', 'won_opportunities'],
        by: ['lead_source'],
        order: ['-opportunities'],
      }),
    ],
    [
      table({
        title: 'table_drops_title',
        about: 'table_drops_about',
        links: { customer: { to: '/customer', as: 'customer' } },
        asking: { metrics: figures, by: ['customer', 'crm_class', 'eats_service'], order: ['-rank_drop', 'customer'] },
        pageSize: 25,
      }),
    ],
  ],
})
