import { html } from 'hono/html'
import type { Answer } from '../../models/metrics/metric.ts'
import { whaleCurve } from '../charts/whale-curve.ts'
import { whaleMovement } from '../charts/whale-movement.ts'
import { figureOf, valueWords } from '../charts/rows.ts'
import { chart, definePage, finding, kpi, list, table, type Html } from '../page.ts'
import type { Speech } from '../words/speech.ts'

const TO_CUSTOMER = { customer: { to: '/customer', as: 'customer' } }

/** What is advised, for how many and for how much. */
function advised(answer: Answer, speech: Speech): Html {
  if (answer.rows.length === 0) return html`<p class="finding">${speech.say('finding_no_rows')}</p>`
  const reprice = answer.rows.find((row) => row['advice'] === 'reprice')
  // What loses money first.
  const losing = ['reprice', 'mend']
  const rows = answer.rows
    .filter((row) => row['advice'] !== 'grow')
    .toSorted(
      (one, other) => Number(losing.includes(String(other['advice']))) - Number(losing.includes(String(one['advice']))),
    )
  return html`<div class="finding${reprice === undefined ? '' : ' finding-bad'}">
    ${rows.map(
      (row) =>
        html`<p>
          <strong>${speech.figure(figureOf(row, 'classed_customers'), 'count')}</strong>
          ${valueWords('advice', row['advice'], speech)} (${speech.glance(figureOf(row, 'advice_stake'), 'money')})
        </p>`,
    )}
  </div>`
}

const filters = [
  { name: 'kind', field: 'customer_kind', standard: 'direct' },
  { name: 'region', field: 'region' },
  { name: 'owner', field: 'sales_owner' },
  { name: 'class', field: 'effective_class' },
  { name: 'set', field: 'override_class' },
  { name: 'fit', field: 'class_fit' },
  { name: 'advice', field: 'advice' },
] as const

/** Classes that follow from what customers are worth, beside those recorded; and what to do, with the money at stake. */
export const classes = definePage({
  path: '/classes',
  title: 'classes_title',
  intro: 'classes_intro',
  filters,
  rows: [
    [
      finding(advised, {
        metrics: ['classed_customers', 'advice_stake'],
        by: ['advice'],
        order: ['-advice_stake'],
      }),
    ],
    [
      kpi('classed_customers'),
      kpi('classed_too_high'),
      kpi('classed_too_low'),
      kpi('classes_overridden'),
      kpi('recorded_class_age'),
    ],
    [
      table({
        title: 'classes_table_title',
        about: 'classes_table_about',
        links: TO_CUSTOMER,
        asking: {
          metrics: ['customer_score', 'advice_stake'],
          by: [
            'customer',
            'effective_class',
            'computed_class',
            'override_class',
            'crm_class',
            'class_since',
            'class_fit',
            'advice',
          ],
          order: ['-advice_stake', 'customer'],
        },
        pageSize: 25,
      }),
    ],
    [
      list({
        name: 'by-class',
        title: 'classes_sums_title',
        about: 'classes_sums_about',
        asking: {
          metrics: ['classed_customers', 'customer_score', 'advice_stake'],
          by: ['effective_class', 'class_fit'],
          order: ['effective_class', 'class_fit'],
          limit: 40,
        },
      }),
    ],
  ],
})

const MOVEMENT = [
  'whale_profit_before',
  'whale_profit',
  'whale_profit_change',
  'whale_place_before',
  'whale_place',
] as const

/** How few customers earn what all leave, how many eat it up again, and how that moved. */
export const whale = definePage({
  path: '/customers/whale',
  title: 'whale_title',
  intro: 'whale_intro',
  filters: [
    { name: 'period', field: 'period', standard: 'trailing_12' },
    { name: 'kind', field: 'customer_kind', standard: 'direct' },
    { name: 'region', field: 'region' },
  ],
  rows: [
    [kpi('profit'), kpi('revenue'), kpi('direct_service_cost'), kpi('indirect_cost')],
    [
      chart(whaleCurve, {
        metrics: ['profit'],
        by: ['customer'],
        order: ['-profit', 'customer'],
        limit: 2000,
      }),
    ],
    [
      chart(whaleMovement, {
        metrics: ['whale_earned', 'whale_eaten', 'whale_left', 'losing_customers'],
        by: ['closing_month'],
        order: ['closing_month'],
        limit: 36,
      }),
    ],
    [
      list({
        name: 'fallen',
        title: 'whale_fallen_title',
        about: 'whale_fallen_about',
        links: TO_CUSTOMER,
        asking: { metrics: [...MOVEMENT], by: ['customer'], order: ['whale_profit_change', 'customer'], limit: 10 },
      }),
    ],
    [
      list({
        name: 'risen',
        title: 'whale_risen_title',
        about: 'whale_risen_about',
        links: TO_CUSTOMER,
        asking: { metrics: [...MOVEMENT], by: ['customer'], order: ['-whale_profit_change', 'customer'], limit: 10 },
      }),
    ],
    [
      table({
        title: 'whale_table_title',
        about: 'whale_table_about',
        links: TO_CUSTOMER,
        asking: { metrics: ['profit', 'revenue', 'service_hours'], by: ['customer'], order: ['profit', 'customer'] },
        pageSize: 25,
      }),
    ],
  ],
})
