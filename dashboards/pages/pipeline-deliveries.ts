import { createHash } from 'node:crypto'
import { html } from 'hono/html'
import { describeFault } from '../../entities/faults.ts'
import type { DeliveryStatus, PipelineStatus } from '../../models/metrics/status.ts'
import type { Html } from '../page.ts'
import { english } from '../render/fault-words.ts'
import { listCard, type ListColumn } from '../render/list.ts'
import type { View } from '../render/view.ts'
import type { Speech } from '../words/speech.ts'
import { state } from './pipeline-tables.ts'

/** What goes out and was not taken, with why, and a button to send it again; nothing where all was taken. */
export function deliveriesCard({ deliveries }: PipelineStatus, view: View, canOrder: boolean): Html | string {
  const { speech } = view
  if (deliveries.length === 0) return ''
  const columns: readonly ListColumn<DeliveryStatus>[] = [
    { title: speech.say('delivery_what'), cell: (one) => whatWords(one, speech) },
    {
      title: speech.say('delivery_to'),
      cell: (one) => html`${speech.say(`delivery_via_${one.via}`)} <code>${one.recipient}</code>`,
    },
    { title: speech.say('delivery_state'), cell: (one) => stateWords(one, speech) },
    {
      title: speech.say('delivery_since'),
      cell: (one) => (one.failing_since === null ? '–' : speech.instant(one.failing_since)),
    },
    { title: speech.say('delivery_attempts'), cell: (one) => speech.figure(one.attempts, 'count'), figure: true },
    { title: speech.say('delivery_why'), cell: (one) => whyWords(one, speech), wide: true },
    ...(canOrder
      ? [{ title: speech.say('delivery_order'), cell: (one: DeliveryStatus) => againForm(one, speech) }]
      : []),
  ]
  const about = speech.say('deliveries_about')
  return listCard(
    { name: 'deliveries', title: speech.say('deliveries'), about, rows: deliveries, columns, none: '' },
    view,
  )
}

function whatWords({ kind, about }: DeliveryStatus, speech: Speech): Html {
  return html`${speech.say(`delivery_kind_${kind}`)}${about === '' ? '' : html` <code>${about}</code>`}`
}

function stateWords({ status, next_at }: DeliveryStatus, speech: Speech): Html {
  if (status === 'dead') return state(false, speech.say('delivery_dead'))
  return state(false, speech.say('delivery_waits', { at: speech.instant(next_at) }), true)
}

function whyWords({ error, fault }: DeliveryStatus, speech: Speech): Html | string {
  if (error === null) return ''
  return (fault && describeFault(fault, speech.language)) ?? english(error, speech)
}

function againForm({ delivery_id, recipient }: DeliveryStatus, speech: Speech): Html {
  const said = `said-${createHash('sha256').update(delivery_id).digest('hex').slice(0, 12)}`
  return html`<form
    class="order"
    data-send="POST /api/deliveries/again"
    data-body="${JSON.stringify({ deliveries: [delivery_id] })}"
    data-started="${speech.say('order_started')}"
    data-refused="${speech.say('order_refused')}"
    hidden
    data-scripted
  >
    <button
      type="submit"
      class="quiet-button"
      aria-label="${speech.say('delivery_again_to', { recipient })}"
      aria-describedby="${said}"
    >
      ${speech.say('delivery_again')}
    </button>
    <p role="status" id="${said}" data-order-status></p>
  </form>`
}
