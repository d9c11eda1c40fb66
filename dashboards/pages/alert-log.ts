import { html } from 'hono/html'
import type { AlertEvaluation, AlertLog, AlertStatus } from '../../models/metrics/alert.ts'
import { hrefWith } from '../filters.ts'
import type { Html } from '../page.ts'
import { listCard } from '../render/list.ts'
import type { View } from '../render/view.ts'
import { groupWords, valueOf, whyWords } from './alert-words.ts'

/** Every look at an alert: whether it fired, and why or why not. */
export function alertLogCard({ alert, found }: { alert: AlertStatus; found: AlertLog }, view: View): Html {
  const { speech, url } = view
  const { evaluations, before } = found
  const only = url.searchParams.has('group')
  const card = listCard<AlertEvaluation>(
    {
      name: 'alert-log',
      title: speech.say('alerts_log_title', { alert: speech.pick(alert.title) }),
      about: speech.say('alerts_log_about'),
      rows: evaluations,
      columns: [
        { title: speech.say('alerts_log_at'), cell: ({ last_at: at }) => speech.instant(at) },
        { title: speech.say('alerts_group'), cell: (row) => groupCell(alert, row, { view, only }) },
        { title: speech.say('alerts_value'), cell: ({ value }) => valueOf(alert, value, view), figure: true },
        { title: speech.say('alerts_why'), cell: ({ why }) => whyWords(alert, why, view), wide: true },
        {
          title: speech.say('alerts_log_status'),
          cell: ({ after, told }) =>
            told
              ? `${speech.say(`alerts_status_${after}`)} · ${speech.say('alerts_log_told')}`
              : speech.say(`alerts_status_${after}`),
        },
        { title: speech.say('alerts_log_times'), cell: ({ times }) => speech.figure(times, 'count'), figure: true },
        {
          title: speech.say('alerts_log_version'),
          cell: ({ warehouse_version: version }) => String(version),
          figure: true,
        },
      ],
      none: speech.say('alerts_log_none'),
    },
    view,
  )
  if (before === null) return card
  return html`${card}
    <nav class="pager" aria-label="${speech.say('pages')}">
      <a rel="next" href="${hrefWith(url, { before: String(before) })}#alert-log">${speech.say('alerts_log_older')}</a>
    </nav>`
}

function groupCell(
  alert: AlertStatus,
  { group, label }: AlertEvaluation,
  { view, only }: { view: View; only: boolean },
): Html | string {
  const { speech, url } = view
  const words = groupWords(alert, label, view)
  if (only || alert.by === null) return words
  return html`${words}
    <a
      href="${hrefWith(url, { group, before: undefined })}#alert-log"
      aria-label="${speech.say('alerts_log_only_of', { group: words })}"
      >${speech.say('alerts_log_only')}</a
    >`
}
