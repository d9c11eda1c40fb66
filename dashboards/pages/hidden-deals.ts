import { html } from 'hono/html'
import type { Answer, MetricQuery } from '../../models/metrics/metric.ts'
import type { Sees } from '../../models/metrics/sight.ts'
import {
  dimensionWords,
  figureOf,
  labelColumn,
  metricWords,
  unitOf,
  valueWords,
  type AnswerRow,
} from '../charts/rows.ts'
import type { Html } from '../page.ts'
import { listCard, type ListColumn } from '../render/list.ts'
import type { View } from '../render/view.ts'
import type { Speech } from '../words/speech.ts'
import { orderForm } from './pipeline-orders.ts'

/** The likeliest of them; the rest is in the API. */
export const HIDDEN: MetricQuery = {
  metrics: ['hidden_chance', 'hidden_amount', 'hidden_days', 'hidden_traces'],
  by: [
    'lead',
    'opportunity',
    'customer',
    'outcome',
    'opened_on',
    'trace_kind',
    'trace',
    'traced_on',
    'trace_engineer',
    'same_family',
    'source_decision',
    'decided_by',
  ],
  where: [],
  order: ['-hidden_chance', 'hidden_days', 'opportunity'],
  limit: 40,
}

/** Without these there is no list of them. */
export function showsHidden({ sees }: Sees): boolean {
  return ['hidden_chance', 'hidden_amount', 'lead', 'opportunity', 'customer', 'source_decision'].every(sees)
}

/** Deals without a lead source, with what service did before, for sales to confirm or reject. */
export function hiddenCard(
  hidden: Answer,
  totals: Answer | undefined,
  { view, canDecide }: { view: View; canDecide: boolean },
): Html {
  const { speech } = view
  const [sum = {}] = totals?.rows ?? []
  const labelled = (row: AnswerRow, name: string): string => String(row[labelColumn(hidden, name)] ?? row[name])
  const figure = (name: string): ListColumn<AnswerRow> => ({
    title: metricWords(name, speech),
    cell: (row) => speech.figure(figureOf(row, name), unitOf(name)),
    figure: true,
  })
  const columns: readonly ListColumn<AnswerRow>[] = [
    {
      title: dimensionWords('opportunity', speech),
      cell: (row) => html`${labelled(row, 'opportunity')}<br /><span class="small">${standing(row, speech)}</span>`,
    },
    {
      title: speech.say('leads_customer'),
      cell: (row) =>
        html`<a href="/customer?customer=${encodeURIComponent(String(row['customer']))}"
          >${labelled(row, 'customer')}</a
        >`,
    },
    figure('hidden_chance'),
    figure('hidden_amount'),
    {
      title: dimensionWords('source_decision', speech),
      cell: (row) => decision(row, labelled(row, 'opportunity'), { view, canDecide }),
    },
    {
      title: dimensionWords('trace_kind', speech),
      cell: (row) => evidence(row, labelled(row, 'trace'), view),
      wide: true,
    },
    ...(view.sight.sees('trace_engineer')
      ? [
          {
            title: dimensionWords('trace_engineer', speech),
            cell: (row: AnswerRow) => valueWords('trace_engineer', row['trace_engineer'], speech),
          },
        ]
      : []),
    figure('hidden_traces'),
  ]
  return listCard(
    {
      name: 'hidden',
      title: speech.say('hidden_title'),
      about: speech.say('hidden_about', { amount: speech.glance(figureOf(sum, 'hidden_expected'), 'money') }),
      rows: hidden.rows,
      columns,
      none: speech.say('hidden_none'),
    },
    view,
  )
}

/** When it was opened, and what came of it. */
function standing(row: AnswerRow, speech: Speech): string {
  const opened = row['opened_on']
  const day = typeof opened === 'string' ? speech.day(opened) : '–'
  return `${dimensionWords('opened_on', speech)}: ${day} · ${valueWords('outcome', row['outcome'], speech)}`
}

function evidence(row: AnswerRow, name: string, { speech }: View): string {
  const on = row['traced_on']
  const words = speech.say('hidden_evidence', {
    kind: valueWords('trace_kind', row['trace_kind'], speech),
    day: typeof on === 'string' ? speech.day(on) : '–',
    days: speech.figure(figureOf(row, 'hidden_days'), 'days'),
    name: name === 'unknown' ? '–' : name,
    id: String(row['trace']),
  })
  const isSame = String(row['same_family']) === 'true'
  return `${words} · ${speech.say(isSame ? 'hidden_family_same' : 'hidden_family_other')}`
}

function decision(row: AnswerRow, deal: string, { view, canDecide }: { view: View; canDecide: boolean }): Html {
  const { speech } = view
  const form = (kind: string, button: string): Html =>
    orderForm(
      { lead: { lead_id: row['lead'], kind } },
      { button, quiet: true, label: speech.say('hidden_of', { action: button, deal }) },
      view,
    )
  const by = typeof row['decided_by'] === 'string' ? row['decided_by'] : undefined
  return html`<div class="decisions">
    ${
      row['source_decision'] === 'open'
        ? ''
        : html`<span
            >${valueWords('source_decision', row['source_decision'], speech)}
            ${by === undefined ? '' : speech.say('leads_by', { name: by })}</span
          >`
    }
    ${canDecide && row['source_decision'] !== 'confirmed' ? form('confirmed', speech.say('hidden_confirm')) : ''}
    ${canDecide && row['source_decision'] !== 'rejected' ? form('rejected', speech.say('hidden_reject')) : ''}
  </div>`
}
