import { createHash } from 'node:crypto'
import { html, raw } from 'hono/html'
import type { RejectedRow } from '../../models/metrics/status.ts'
import type { Html } from '../page.ts'
import type { View } from '../render/view.ts'
import type { WordKey } from '../words/en.ts'

/** What a button orders: the body of POST /api/runs, but for what its form adds. */
export type Order = Readonly<Record<string, unknown>>

interface OrderForm {
  readonly button: string
  readonly fields?: Html | string
  readonly quiet?: boolean
  /** Said where the server gave no words of its own. */
  readonly refused?: WordKey
  /** The page that is opened when it is done; absent: this one, anew. */
  readonly next?: string
  /** What it says to who does not see what it stands beside; it contains the button's own words. */
  readonly label?: string
}

/**
 * A form that orders something of the pipelines and reloads the page when it is done. Without JavaScript it stays hidden:
 * an order is JSON, which no form can send.
 */
export function orderForm(
  order: Order,
  { button, fields = '', quiet = false, label = button, refused = 'order_refused', next = '' }: OrderForm,
  { speech }: Pick<View, 'speech'>,
): Html {
  // The message belongs to this form alone, also for who does not see it.
  const said = `said-${createHash('sha256')
    .update(JSON.stringify([order, button]))
    .digest('hex')
    .slice(0, 12)}`
  return html`<form
    class="order"
    data-order="${JSON.stringify(order)}"
    data-started="${speech.say('order_started')}"
    data-next="${next}"
    data-refused="${speech.say(refused)}"
    hidden
  >
    ${fields}
    <button type="submit" class="${quiet ? 'quiet-button' : ''}" aria-label="${label}">${button}</button>
    <p role="status" id="${said}" data-order-status></p>
  </form>`
}

/** Fields for the row as it came, the faulty one open for a better value. Nothing where the row cannot be corrected here. */
export function correctForm(reject: RejectedRow, view: View): Html | string {
  const { speech } = view
  const row = rowOf(reject.original)
  if (reject.reject_id === null || row === undefined) return ''
  const fields = html`${Object.entries(row).map(
      ([name, value]) =>
        html`<label>
          <span><code>${name}</code></span>
          <input
            name="${name}"
            data-set
            value="${value}"
            autocomplete="off"
            ${value === reject.value && value !== '' ? raw('aria-invalid="true"') : ''}
          />
        </label>`,
    )} <label><span>${speech.say('order_reason')}</span><input name="reason" data-reason autocomplete="off" /></label>`
  return html`<details class="correct">
    <summary>${speech.say('reject_correct')}</summary>
    ${orderForm({ correct: { reject_id: reject.reject_id } }, { button: speech.say('reject_resubmit'), fields }, view)}
  </details>`
}

/** Columns and values of the row; undefined for a line that was no row. */
function rowOf(original: string | null): Record<string, string> | undefined {
  try {
    const row: unknown = JSON.parse(original ?? '')
    if (typeof row !== 'object' || row === null || Array.isArray(row)) return undefined
    return Object.fromEntries(
      Object.entries(row).map(([name, value]) => [
        name,
        value === null ? '' : typeof value === 'string' ? value : JSON.stringify(value),
      ]),
    )
  } catch {
    return undefined
  }
}
