import { html } from 'hono/html'
import type { Answer } from '../../models/metrics/metric.ts'
import { opportunitiesBySource } from '../charts/opportunities-by-source.ts'
import { salesFunnel } from '../charts/sales-funnel.ts'
import { figureOf, valueWords, type AnswerRow } from '../charts/rows.ts'
import { chart, definePage, finding, kpi, list, table, type Html, type Place } from '../page.ts'
import type { Speech } from '../words/speech.ts'
import { salesPages } from './sales-pages.ts'

/** What service sourced; apart from it what it influenced; and whether the leads it brings are won more often than others. */
function broughtByService(answer: Answer, speech: Speech, place: Place): Html {
  if (answer.rows.length === 0) return html`<p class="finding">${speech.say('finding_no_rows')}</p>`
  const of = (origin: string): AnswerRow => answer.rows.find((row) => row['origin'] === origin) ?? {}
  const won = (origin: string) => ({
    count: speech.figure(figureOf(of(origin), 'won_opportunities') ?? 0, 'count'),
    amount: speech.glance(figureOf(of(origin), 'won_amount') ?? 0, 'money'),
  })
  const rate = (origin: string): string => speech.figure(figureOf(of(origin), 'win_rate'), 'share')
  return html`<div class="finding">
    <p class="headline">${speech.say('sales_sourced', { period: place.period, ...won('sourced') })}</p>
    <p>${speech.say('sales_influenced', won('influenced'))}</p>
    <p>
      ${speech.say('sales_win_rates', { sourced: rate('sourced'), influenced: rate('influenced'), other: rate('other') })}
    </p>
    ${salesPages('/sales', speech, place)}
  </div>`
}

/** Steps that pass far fewer than they used to, with count and interval; else that none does. */
function conversionsBelow(answer: Answer, speech: Speech): Html {
  const low = answer.rows.filter((row) => (figureOf(row, 'seriously_low_conversions') ?? 0) > 0)
  if (answer.rows.length === 0) return html`<p class="finding">${speech.say('sales_no_stages')}</p>`
  if (low.length === 0) return html`<p class="finding">${speech.say('sales_conversions_usual')}</p>`
  const share = (row: AnswerRow, metric: string): string => speech.figure(figureOf(row, metric), 'share')
  return html`<div class="finding finding-bad">
    ${low.map(
      (row) =>
        html`<p>
          ${speech.say('sales_conversion_low', {
            step: valueWords('sales_step', row['sales_step'], speech),
            share: share(row, 'stage_conversion'),
            low: share(row, 'stage_conversion_low'),
            high: share(row, 'stage_conversion_high'),
            count: speech.figure(figureOf(row, 'stage_exits'), 'count'),
            usual: share(row, 'usual_conversion'),
          })}
        </p>`,
    )}
  </div>`
}

/** Stages that the policy does not know, so that they do not count as leads in silence. */
function unknownStages(answer: Answer, speech: Speech): Html {
  if (answer.rows.length === 0) return html``
  const named = answer.rows.map((row) =>
    speech.say('sales_stage_count', {
      stage: valueWords('stage', row['stage'], speech),
      count: speech.figure(figureOf(row, 'unknown_stage_opportunities'), 'count'),
    }),
  )
  return html`<p class="finding finding-bad">${speech.say('sales_stages_unknown', { stages: speech.list(named) })}</p>`
}

const conversion = [
  'stage_exits',
  'stage_conversion',
  'stage_conversion_low',
  'stage_conversion_high',
  'usual_conversion',
  'seriously_low_conversions',
  'days_in_step',
]

/** From lead to won by where the lead came from: what service sourced, and apart from it what it influenced. */
export const serviceSales = definePage({
  path: '/sales',
  title: 'sales_title',
  intro: 'sales_intro',
  filters: [
    { name: 'period', field: 'period', standard: 'trailing_12' },
    { name: 'region', field: 'region' },
    { name: 'source', field: 'lead_source' },
    { name: 'origin', field: 'origin' },
    { name: 'owner', field: 'opportunity_owner' },
    { name: 'engineer', field: 'engineer' },
    { name: 'manager', field: 'service_owner' },
    { name: 'family', field: 'product_family' },
  ],
  rows: [
    [
      finding(broughtByService, {
        metrics: ['won_opportunities', 'won_amount', 'win_rate'],
        by: ['origin'],
        order: ['origin'],
      }),
    ],
    [
      finding(unknownStages, {
        metrics: ['unknown_stage_opportunities'],
        by: ['stage'],
        where: [{ field: 'sales_step', operator: 'eq', values: ['unknown'] }],
        order: ['-unknown_stage_opportunities', 'stage'],
        limit: 10,
      }),
    ],
    [
      kpi('service_won_opportunities'),
      kpi('service_won_amount'),
      kpi('service_won_margin'),
      kpi('influenced_won_opportunities'),
      kpi('influenced_won_amount'),
      kpi('days_to_win'),
    ],
    [
      chart(salesFunnel, {
        metrics: ['opportunities', 'qualified_opportunities', 'quoted_opportunities', 'won_opportunities'],
        by: ['origin'],
        order: ['origin'],
      }),
      chart(opportunitiesBySource, {
        metrics: ['opportunities', 'won_opportunities'],
        by: ['lead_source'],
        order: ['-opportunities'],
      }),
    ],
    [
      table({
        title: 'sales_table_title',
        about: 'sales_table_about',
        counted: 'table_shown_rows',
        splits: [
          'origin',
          'lead_source',
          'engineer',
          'service_owner',
          'opportunity_owner',
          'product',
          'product_family',
          'region',
          'campaign',
          'opportunity_kind',
          'month',
        ],
        asking: {
          metrics: [
            'opportunities',
            'qualified_opportunities',
            'quoted_opportunities',
            'won_opportunities',
            'won_amount',
            'won_margin',
            'win_rate',
            'days_to_win',
          ],
          by: ['origin'],
          order: ['-won_amount'],
        },
        pageSize: 25,
      }),
    ],
    [finding(conversionsBelow, { metrics: conversion, by: ['sales_step'], order: ['sales_step'] })],
    [
      list({
        name: 'steps',
        title: 'sales_steps_title',
        about: 'sales_steps_about',
        asking: { metrics: conversion, by: ['sales_step'], order: ['sales_step'], limit: 4 },
      }),
      list({
        name: 'steps-of-owners',
        title: 'sales_owner_steps_title',
        about: 'sales_owner_steps_about',
        asking: {
          metrics: conversion,
          by: ['opportunity_owner', 'sales_step'],
          order: ['-seriously_low_conversions', '-stage_exits', 'opportunity_owner', 'sales_step'],
          limit: 15,
        },
      }),
    ],
  ],
})
