import { html } from 'hono/html'
import type { Answer } from '../../models/metrics/metric.ts'
import { costFlow } from '../charts/cost-flow.ts'
import { figureOf, metricWords, valueWords } from '../charts/rows.ts'
import { chart, definePage, finding, kpi, list, table, type Html, type PageFilter, type Place } from '../page.ts'
import type { Speech } from '../words/speech.ts'

const period: PageFilter = { name: 'period', field: 'period', standard: 'trailing_12' }
const department: PageFilter = { name: 'department', field: 'department' }

/** Of the ledger of the period: how much customers bear, how much was idle, how much nobody bears yet. */
function whereItWent(answer: Answer, speech: Speech, place: Place): Html {
  const of = new Map(answer.rows.map((row) => [String(row['cost_destination']), figureOf(row, 'ledger_cost') ?? 0]))
  const sum = (...names: readonly string[]): number => names.reduce((total, name) => total + (of.get(name) ?? 0), 0)
  const all = [...of.values()].reduce((total, each) => total + each, 0)
  if (all === 0) return html`<p class="finding">${speech.say('costs_none')}</p>`
  const money = (amount: number): string => speech.glance(amount, 'money')
  const rest = ['idle', 'untracked', 'unallocated']
    .filter((name) => (of.get(name) ?? 0) !== 0)
    .map((name) =>
      speech.say('costs_part', { what: valueWords('cost_destination', name, speech), amount: money(sum(name)) }),
    )
  return html`<div class="finding">
    <p class="headline">
      ${speech.say('costs_headline', {
        period: place.period,
        all: money(all),
        customers: money(sum('traced', 'labour', 'allocated')),
      })}
    </p>
    ${rest.length === 0 ? '' : html`<p>${speech.say('costs_rest', { parts: speech.list(rest) })}</p>`}
    <p>
      ${['direct_service_cost', 'indirect_cost'].map(
        (metric) =>
          html`<a class="elsewhere" href="/changes?metric=${metric}"
              >${speech.say('changes_link_cost', { metric: metricWords(metric, speech) })}</a
            >
            · `,
      )}
      <a href="/costs/paths">${speech.say('costs_paths_link', { metric: metricWords('indirect_cost', speech) })}</a>
    </p>
  </div>`
}

/** The lines behind a sum of one category. */
const TO_LINES = { to: '/costs/lines', as: 'category', with: { customer: '', driver: '' } }

/** Where the money of the departments goes: ledger → traced, labour, allocated, idle, unallocated. */
export const serviceCost = definePage({
  path: '/costs',
  title: 'costs_title',
  intro: 'costs_intro',
  filters: [period, department],
  rows: [
    [finding(whereItWent, { metrics: ['ledger_cost'], by: ['cost_destination'], order: ['-ledger_cost'] })],
    [
      kpi('ledger_cost'),
      kpi('unallocated_cost'),
      kpi('supplied_hours'),
      kpi('used_hours'),
      kpi('capacity_use'),
      kpi('idle_cost'),
    ],
    [
      chart(costFlow, {
        metrics: ['ledger_cost'],
        by: ['cost_category', 'cost_destination'],
        order: ['-ledger_cost'],
        limit: 1000,
      }),
    ],
    [
      table({
        title: 'costs_table_title',
        about: 'costs_table_about',
        counted: 'table_shown_rows',
        links: { cost_category: TO_LINES },
        asking: {
          metrics: ['ledger_cost'],
          by: ['cost_category', 'department', 'cost_destination'],
          order: ['-ledger_cost', 'department', 'cost_category', 'cost_destination'],
        },
        pageSize: 50,
      }),
    ],
    [
      list({
        name: 'support',
        title: 'costs_support_title',
        about: 'costs_support_about',
        asking: {
          metrics: ['support_cost'],
          by: ['department', 'bearing_department', 'support_method'],
          order: ['department', 'bearing_department', 'support_method'],
          limit: 60,
        },
      }),
    ],
  ],
})

/** What each customer bears of which pool, and by which rule. */
export const costPaths = definePage({
  path: '/costs/paths',
  title: 'paths_title',
  intro: 'paths_intro',
  filters: [
    period,
    { name: 'customer', field: 'customer' },
    department,
    { name: 'category', field: 'cost_category' },
    { name: 'driver', field: 'cost_driver' },
  ],
  rows: [
    [kpi('allocated_cost')],
    [
      table({
        title: 'paths_table_title',
        about: 'paths_table_about',
        counted: 'table_shown_rows',
        links: { customer: { to: '/customer', as: 'customer' }, cost_category: TO_LINES },
        asking: {
          metrics: ['pool_cost', 'driver_units', 'allocated_cost'],
          by: ['customer', 'month', 'department', 'bearing_department', 'cost_category', 'campaign', 'cost_driver'],
          order: [
            '-allocated_cost',
            'customer',
            'month',
            'department',
            'bearing_department',
            'cost_category',
            'campaign',
          ],
        },
        pageSize: 50,
      }),
    ],
  ],
})

/** Every line of the ledger and the rule that sent it on. */
export const ledgerLines = definePage({
  path: '/costs/lines',
  title: 'lines_title',
  intro: 'lines_intro',
  filters: [
    period,
    { name: 'customer', field: 'customer' },
    department,
    { name: 'category', field: 'cost_category' },
    { name: 'rule', field: 'ledger_rule' },
    { name: 'driver', field: 'cost_driver' },
  ],
  rows: [
    [kpi('line_cost'), kpi('ledger_lines')],
    [
      table({
        title: 'lines_table_title',
        about: 'lines_table_about',
        counted: 'table_shown_rows',
        links: { customer: { to: '/customer', as: 'customer' } },
        asking: {
          metrics: ['line_cost'],
          by: [
            'ledger_line',
            'incurred_on',
            'department',
            'cost_category',
            'ledger_rule',
            'cost_driver',
            'customer',
            'request',
            'campaign',
          ],
          order: ['-line_cost', 'ledger_line'],
        },
        pageSize: 50,
      }),
    ],
  ],
})
