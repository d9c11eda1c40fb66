import { html } from 'hono/html'
import type { Answer } from '../../models/metrics/metric.ts'
import { entryLags } from '../charts/entry-lags.ts'
import { scoreByMonth } from '../charts/score-by-month.ts'
import { figureOf, valueWords } from '../charts/rows.ts'
import { chart, definePage, finding, kpi, table, type Html, type PageFilter, type Place } from '../page.ts'
import type { Speech } from '../words/speech.ts'

const period: PageFilter = { name: 'period', field: 'period', standard: 'trailing_12' }
const role: PageFilter = { name: 'role', field: 'role' }
const rule: PageFilter = { name: 'rule', field: 'rule' }
const person: PageFilter = { name: 'person', field: 'person' }
const dealer: PageFilter = { name: 'dealer', field: 'dealer' }

const NAMED = 3

/** How many records are owed, and by which rules the most; with the ways to the people and to the list. */
function owed(answer: Answer, speech: Speech, place: Place): Html {
  // The other pages of records have the filters of this one.
  const [, query = ''] = place.hrefWith({ sort: undefined, page: undefined }).split('?')
  const to = (path: string): string => (query === '' ? path : `${path}?${query}`)
  const all = answer.rows.reduce((sum, row) => sum + (figureOf(row, 'record_faults') ?? 0), 0)
  const worst = answer.rows
    .filter((row) => (figureOf(row, 'record_faults') ?? 0) > 0)
    .slice(0, NAMED)
    .map((row) =>
      speech.say('records_rule_count', {
        rule: valueWords('rule', row['rule'], speech),
        count: speech.figure(figureOf(row, 'record_faults'), 'count'),
      }),
    )
  return html`<div class="finding">
    <p class="headline">
      ${all === 0 ? speech.say('records_none_owed') : speech.say('records_owed', { count: speech.figure(all, 'count') })}
    </p>
    ${worst.length === 0 ? '' : html`<p>${speech.say('records_most', { rules: speech.list(worst) })}</p>`}
    <p>
      <a href="${to('/records')}">${speech.say('records_by_rule')}</a> ·
      <a href="${to('/records/people')}">${speech.say('records_by_person')}</a> ·
      <a href="${to('/records/owed')}">${speech.say('records_list')}</a>
    </p>
  </div>`
}

const figures = ['record_score', 'record_faults', 'records_checked', 'record_fault_share']
const worstRules = { metrics: ['record_faults'], by: ['rule'], order: ['-record_faults', 'rule'], limit: 1000 }

/** Scores by rule, and their trend. */
export const records = definePage({
  path: '/records',
  title: 'records_title',
  intro: 'records_intro',
  filters: [period, role, person, dealer],
  rows: [
    [finding(owed, worstRules)],
    [kpi('record_score'), kpi('record_faults'), kpi('records_checked')],
    [chart(scoreByMonth, { metrics: ['record_score', 'record_faults'], by: ['month'], order: ['month'] })],
    [chart(entryLags, { metrics: ['entered_records'], by: ['entity', 'entry_lag'], order: ['entity'], limit: 1000 })],
    [
      table({
        title: 'records_rules_title',
        about: 'records_rules_about',
        counted: 'table_shown_rows',
        links: { rule: { to: '/records/owed', as: 'rule', with: { mendable: 'all' } } },
        asking: { metrics: figures, by: ['rule', 'role', 'remedy'], order: ['-record_faults', 'rule'] },
        pageSize: 50,
      }),
    ],
  ],
})

/** Scores by person, with the interval in which the share at fault lies. */
export const recordsOfPeople = definePage({
  path: '/records/people',
  title: 'people_title',
  intro: 'people_intro',
  filters: [period, role, rule],
  rows: [
    [finding(owed, worstRules)],
    [kpi('record_score'), kpi('record_faults'), kpi('records_checked')],
    [
      table({
        title: 'people_table_title',
        about: 'people_table_about',
        counted: 'table_shown_rows',
        links: { person: { to: '/records/owed', as: 'person', with: { mendable: 'all' } } },
        asking: {
          metrics: [...figures, 'record_fault_share_low', 'record_fault_share_high'],
          by: ['person', 'role'],
          where: [{ field: 'person', operator: 'ne', values: ['nobody'] }],
          order: ['-record_faults', 'person'],
        },
        pageSize: 50,
      }),
    ],
  ],
})

/** Who owes what today: a list to work off and to export. */
export const recordsOwed = definePage({
  path: '/records/owed',
  title: 'owed_title',
  intro: 'owed_intro',
  filters: [
    { name: 'period', field: 'period', standard: 'all_time' },
    role,
    rule,
    person,
    dealer,
    { name: 'mendable', field: 'mendable', standard: 'true' },
  ],
  rows: [
    [kpi('open_record_faults'), kpi('fault_age_days')],
    [
      table({
        title: 'owed_table_title',
        about: 'owed_table_about',
        counted: 'table_shown_rows',
        asking: {
          metrics: ['fault_age_days'],
          by: ['rule', 'record', 'person', 'dealer', 'customer', 'happened_on', 'remedy'],
          order: ['-happened_on', 'rule', 'record'],
        },
        pageSize: 50,
      }),
    ],
  ],
})

/** What dealers owe: end users, machines and parts, in time and complete. */
export const dealers = definePage({
  path: '/dealers',
  title: 'dealers_title',
  intro: 'dealers_intro',
  filters: [{ name: 'period', field: 'period', standard: 'all_time' }],
  rows: [
    [
      kpi('dealer_reports'),
      kpi('dealer_end_users_late_share'),
      kpi('dealer_machines_late_share'),
      kpi('dealer_parts_late_share'),
      kpi('dealer_machines_missing'),
      kpi('dealer_parts_missing'),
      kpi('dealer_incomplete_share'),
    ],
    [
      table({
        title: 'dealers_table_title',
        about: 'dealers_table_about',
        counted: 'table_shown_rows',
        links: { dealer: { to: '/records/owed', as: 'dealer', with: { mendable: 'all' } } },
        asking: {
          metrics: [
            'dealer_reports',
            'dealer_end_users',
            'dealer_end_users_late_share',
            'dealer_machines',
            'dealer_machines_late_share',
            'dealer_machines_missing',
            'dealer_parts',
            'dealer_parts_late_share',
            'dealer_parts_missing',
            'dealer_incomplete_share',
          ],
          by: ['dealer'],
          where: [{ field: 'dealer', operator: 'ne', values: ['none'] }],
          order: ['-dealer_reports', 'dealer'],
        },
        pageSize: 50,
      }),
    ],
  ],
})
