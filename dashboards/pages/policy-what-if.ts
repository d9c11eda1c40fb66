import { html } from 'hono/html'
import type { Unit } from '../../models/metrics/metric.ts'
import type { Compared, Move, WhatIf } from '../../models/metrics/what-if.ts'
import { metricWords, valueWords } from '../charts/rows.ts'
import type { Html } from '../page.ts'
import { listCard, type ListColumn } from '../render/list.ts'
import type { View } from '../render/view.ts'
import type { Speech } from '../words/speech.ts'
import { orderForm } from './pipeline-orders.ts'

/** Moves that are shown; all of them are counted. */
const SHOWN = 100

interface Line {
  readonly words: string
  readonly unit: Unit
  readonly compared: Compared
}

/** What a draft would make of the last twelve months, who would move, and the form to save it. */
export function whatIfCards(found: WhatIf, view: View): readonly Html[] {
  const { speech } = view
  const { profit } = found
  const difference = profit.would - profit.was
  const way = difference === 0 ? 'policy_profit_same' : difference > 0 ? 'policy_profit_more' : 'policy_profit_less'
  return [
    html`<div class="finding" id="what-if">
      <p class="headline">
        <strong
          >${speech.say(way, {
            difference: speech.figure(Math.abs(difference), 'money'),
            would: speech.figure(profit.would, 'money'),
            was: speech.figure(profit.was, 'money'),
          })}</strong
        >
      </p>
      <p>
        ${speech.say('policy_moves', {
          classes: speech.figure(found.classes_moved, 'count'),
          customers: speech.figure(found.customers_moved, 'count'),
          all: speech.figure(found.customers, 'count'),
        })}
        ${
          found.visit_charges.would === 0
            ? ''
            : speech.say('policy_charged', {
                visits: speech.figure(found.charged_visits.would, 'count'),
                amount: speech.figure(found.visit_charges.would, 'money'),
              })
        }
      </p>
      <p class="small">
        ${found.holds_from > found.as_of ? speech.say('policy_not_yet') : ''}
        ${speech.say('policy_basis_said', {
          from: speech.day(found.holds_from),
          as_of: speech.day(found.as_of),
          seconds: speech.figure(found.milliseconds / 1000, 'number'),
        })}
      </p>
    </div>`,
    sumsCard(found, view),
    movesCard(found, view),
    ...(view.orders && view.sight.may('save_policy') ? [saveCard(found, view)] : []),
  ]
}

function sumsCard(found: WhatIf, view: View): Html {
  const { speech } = view
  const money = (metric: string, compared: Compared): Line => ({
    words: metricWords(metric, speech),
    unit: 'money',
    compared,
  })
  const rows: readonly Line[] = [
    money('profit', found.profit),
    money('service_revenue', found.service_revenue),
    money('visit_charges', found.visit_charges),
    money('direct_service_cost', found.direct_service_cost),
    money('indirect_cost', found.indirect_cost),
    { words: valueWords('cost_destination', 'unallocated', speech), unit: 'money', compared: found.unallocated },
    { words: valueWords('cost_destination', 'idle', speech), unit: 'money', compared: found.idle },
    { words: metricWords('broken_promises', speech), unit: 'count', compared: found.broken_promises },
  ]
  const columns: readonly ListColumn<Line>[] = [
    { title: speech.say('policy_figure'), cell: ({ words }) => words },
    { title: speech.say('policy_was'), cell: ({ compared, unit }) => speech.figure(compared.was, unit), figure: true },
    {
      title: speech.say('policy_would'),
      cell: ({ compared, unit }) => speech.figure(compared.would, unit),
      figure: true,
    },
    {
      title: speech.say('policy_difference'),
      cell: ({ compared, unit }) => signed(compared.would - compared.was, unit, speech),
      figure: true,
    },
  ]
  const title = speech.say('policy_sums')
  return listCard({ name: 'sums', title, about: speech.say('policy_sums_about'), rows, columns, none: '' }, view)
}

function signed(difference: number, unit: Unit, speech: Speech): string {
  return `${difference > 0 ? '+' : ''}${speech.figure(difference, unit)}`
}

function movesCard(found: WhatIf, view: View): Html {
  const { speech } = view
  const classWords = (name: string): string => valueWords('effective_class', name, speech)
  const advice = (name: string): string => valueWords('advice', name, speech)
  const columns: readonly ListColumn<Move>[] = [
    {
      title: speech.say('policy_customer'),
      cell: ({ customer_id, customer_name }) =>
        html`<a href="/customer?customer=${encodeURIComponent(customer_id)}">${customer_name}</a>`,
    },
    {
      title: speech.say('policy_class'),
      cell: ({ class_was, class_would }) =>
        class_was === class_would ? classWords(class_was) : `${classWords(class_was)} → ${classWords(class_would)}`,
    },
    {
      title: speech.say('policy_score_column'),
      cell: ({ score_was, score_would }) =>
        `${speech.figure(score_was, 'number')} → ${speech.figure(score_would, 'number')}`,
      figure: true,
    },
    { title: speech.say('policy_profit_was'), cell: (move) => speech.figure(move.profit_was, 'money'), figure: true },
    {
      title: speech.say('policy_profit_would'),
      cell: (move) => speech.figure(move.profit_would, 'money'),
      figure: true,
    },
    {
      title: speech.say('policy_advice'),
      cell: ({ advice_was, advice_would }) =>
        advice_was === advice_would ? advice(advice_was) : `${advice(advice_was)} → ${advice(advice_would)}`,
      wide: true,
    },
  ]
  const rows = found.moves.slice(0, SHOWN)
  const about = speech.say('policy_moves_about', {
    shown: speech.figure(rows.length, 'count'),
    all: speech.figure(found.customers_moved, 'count'),
  })
  return listCard(
    {
      name: 'moves',
      title: speech.say('policy_moves_title'),
      about,
      rows,
      columns,
      none: speech.say('policy_moves_none'),
    },
    view,
  )
}

function saveCard({ policy: { version: _none, ...draft } }: WhatIf, view: View): Html {
  const { speech } = view
  const fields = html`<label
      ><span>${speech.say('policy_name')}</span
      ><input name="version" data-field required maxlength="60" autocomplete="off"
    /></label>
    <label class="long"
      ><span>${speech.say('order_reason')}</span><input name="reason" data-field maxlength="1000" autocomplete="off"
    /></label>`
  return html`<section class="card" id="save" aria-labelledby="save-title">
    <h2 id="save-title">${speech.say('policy_save_title')}</h2>
    <p>${speech.say('policy_save_about', { from: speech.day(draft.from) })}</p>
    ${orderForm(
      { policy: draft },
      { button: speech.say('policy_save'), fields, refused: 'decision_refused', next: '/policy' },
      view,
    )}
  </section>`
}
