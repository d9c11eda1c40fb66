import { html } from 'hono/html'
import type { BatchStatus, DecisionStatus, DriftStatus, PipelineStatus } from '../../models/metrics/status.ts'
import type { Html } from '../page.ts'
import { listCard, type ListColumn } from '../render/list.ts'
import type { View } from '../render/view.ts'
import type { WordKey } from '../words/en.ts'
import type { Speech } from '../words/speech.ts'
import { orderForm } from './pipeline-orders.ts'
import { entityWords, state } from './pipeline-tables.ts'

const DRIFT: Readonly<Record<string, WordKey>> = {
  column_added: 'drift_column_added',
  column_removed: 'drift_column_removed',
  type_changed: 'drift_type_changed',
  nulls_jumped: 'drift_nulls_jumped',
  fewer_rows: 'drift_fewer_rows',
  file_shrank: 'drift_file_shrank',
}

/** What waits for a person, with what it would change; nothing where nothing waits. */
export function waitingCard({ drift }: PipelineStatus, view: View, canOrder: boolean): Html | string {
  const { speech } = view
  const waiting = drift.filter(({ waits }) => waits)
  if (waiting.length === 0) return ''
  return html`<section class="card warning-card" id="waiting" aria-labelledby="waiting-title">
    <h2 id="waiting-title"><span aria-hidden="true">⚠</span> ${speech.say('waiting')}</h2>
    <p>${speech.say('waiting_about')}</p>
    <ul class="waiting">
      ${waiting.map(
        (one) =>
          html`<li>
            <p>
              <strong>${one.source}: ${entityWords(one.entity, speech)}</strong>
              <code>${one.column ?? one.origin}</code> – ${driftWords(one, speech)}:
              ${speech.say('drift_change', { before: one.before, after: one.after })}.
              ${speech.say('waiting_since', { at: speech.instant(one.found_at) })}
            </p>
            ${canOrder ? orderForm({ accept: [one.batch_id], only: [] }, { button: speech.say('waiting_accept') }, view) : ''}
          </li>`,
      )}
    </ul>
  </section>`
}

/** What differed from the batch before; nothing where nothing did. */
export function driftCard({ drift }: PipelineStatus, view: View): Html | string {
  const { speech } = view
  if (drift.length === 0) return ''
  const columns: readonly ListColumn<DriftStatus>[] = [
    { title: speech.say('reject_at'), cell: (row) => speech.instant(row.found_at) },
    { title: speech.say('feed_source'), cell: (row) => row.source },
    { title: speech.say('feed_entity'), cell: (row) => entityWords(row.entity, speech) },
    { title: speech.say('reject_place'), cell: (row) => html`<code>${row.origin}</code>` },
    {
      title: speech.say('drift_what'),
      cell: (row) => state(row.severity === 'info', driftWords(row, speech), row.waits),
    },
    {
      title: speech.say('reject_column'),
      cell: (row) => (row.column === null ? '–' : html`<code>${row.column}</code>`),
    },
    { title: speech.say('drift_before'), cell: (row) => row.before || '–' },
    { title: speech.say('drift_after'), cell: (row) => row.after || '–' },
  ]
  const about = speech.say('drift_about')
  return listCard(
    { name: 'drift', title: speech.say('drift'), about, rows: drift, columns, none: '', folded: true },
    view,
  )
}

/** What was read, and what became of it. */
export function batchesCard(batches: readonly BatchStatus[], view: View, canOrder: boolean): Html | string {
  const { speech } = view
  if (batches.length === 0) return ''
  const columns: readonly ListColumn<BatchStatus>[] = [
    { title: speech.say('reject_at'), cell: (batch) => speech.instant(batch.extracted_at) },
    { title: speech.say('feed_source'), cell: (batch) => batch.source },
    { title: speech.say('feed_entity'), cell: (batch) => entityWords(batch.entity, speech) },
    { title: speech.say('feed_origin'), cell: (batch) => html`<code>${batch.origin}</code>` },
    { title: speech.say('run_rows'), cell: (batch) => speech.figure(batch.rows, 'count'), figure: true },
    { title: speech.say('batch_new'), cell: (batch) => figure(batch.loaded, speech), figure: true },
    { title: speech.say('run_rejects'), cell: (batch) => figure(batch.rejected, speech), figure: true },
    { title: speech.say('batch_state'), cell: (batch) => batchState(batch, speech) },
    { title: speech.say('batch_id'), cell: (batch) => html`<code>${batch.batch_id}</code>` },
    ...(canOrder ? [{ title: speech.say('batch_order'), cell: (batch: BatchStatus) => batchOrder(batch, view) }] : []),
  ]
  const about = speech.say('batches_about')
  return listCard(
    { name: 'batches', title: speech.say('batches'), about, rows: batches, columns, none: '', folded: true },
    view,
  )
}

function figure(number: number | null, speech: Speech): string {
  return number === null ? '–' : speech.figure(number, 'count')
}

function batchState({ state: found, corrected_by }: BatchStatus, speech: Speech): Html {
  const words = speech.say(`batch_${found}`)
  const by = corrected_by === null ? '' : `, ${speech.say('batch_corrected', { by: corrected_by })}`
  return state(found === 'loaded', `${words}${by}`, found !== 'loaded')
}

function batchOrder({ batch_id, state: found }: BatchStatus, view: View): Html | string {
  const { speech } = view
  if (found === 'waiting' || found === 'held') return ''
  const kind = found === 'quarantined' ? 'release' : 'quarantine'
  const fields = html`<label
    ><span>${speech.say('order_reason')}</span><input name="reason" data-reason autocomplete="off"
  /></label>`
  return html`<details class="correct">
    <summary>${speech.say(`batch_${kind}`)}</summary>
    ${orderForm({ decide: { batch_id, kind } }, { button: speech.say(`batch_${kind}_now`), fields }, view)}
  </details>`
}

/** What people decided; nothing where nobody did. */
export function decisionsCard({ decisions }: PipelineStatus, view: View): Html | string {
  const { speech } = view
  if (decisions.length === 0) return ''
  const columns: readonly ListColumn<DecisionStatus>[] = [
    { title: speech.say('reject_at'), cell: (row) => speech.instant(row.decided_at) },
    { title: speech.say('decision_by'), cell: (row) => row.decided_by ?? '–' },
    { title: speech.say('decision_kind'), cell: (row) => speech.say(`decision_${row.kind}`) },
    { title: speech.say('feed_source'), cell: (row) => row.source },
    { title: speech.say('feed_entity'), cell: (row) => entityWords(row.entity, speech) },
    { title: speech.say('batch_id'), cell: (row) => html`<code>${row.batch_id}</code>` },
    { title: speech.say('order_reason'), cell: (row) => row.reason ?? '', wide: true },
  ]
  const title = speech.say('decisions')
  return listCard({ name: 'decisions', title, about: '', rows: decisions, columns, none: '' }, view)
}

function driftWords({ kind }: DriftStatus, speech: Speech): string {
  const key = DRIFT[kind]
  return key === undefined ? kind : speech.say(key)
}
