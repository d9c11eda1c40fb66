import { html } from 'hono/html'
import { describeFault } from '../../entities/faults.ts'
import type { CellDifference, ReportCopy, ReportIssue } from '../../models/metrics/report.ts'
import type { Html } from '../page.ts'
import { doubtWords } from '../reports/doubt-notices.ts'
import { listCard, type ListColumn } from '../render/list.ts'
import type { View } from '../render/view.ts'
import { deliveryKey, stateWords, versionWords } from './reports.ts'

/** One issue: what it was made from, who got what, and how it differs where it was made again. */
export function issuePage(
  { issue, canSend, problem }: { issue: ReportIssue; canSend: boolean; problem?: string | undefined },
  view: View,
): readonly Html[] {
  const { speech } = view
  const { issue_id: id, doubts, error, again_of: first, due_at: due } = issue
  const order = (name: string, words: 'report_again' | 'report_release'): Html =>
    html`<form method="post" action="/reports/issues/${id}">
      <button type="submit" name="do" value="${name}">${speech.say(words)}</button>
    </form>`
  return [
    html`<div class="page-head">
      <div>
        <h1>${speech.say('report_issue_title', { title: speech.pick(issue.title), day: speech.instant(due) })}</h1>
        <p class="intro">${stateWords(issue, speech)}</p>
      </div>
      ${canSend ? html`<div>${issue.status === 'held' ? order('release', 'report_release') : ''} ${issue.status === 'made' || issue.status === 'held' ? order('again', 'report_again') : ''}</div>` : ''}
    </div>`,
    html`${problem === undefined ? '' : html`<p class="warning" role="alert">${problem}</p>`}
      ${doubts.map((doubt) => html`<p class="warning"><span aria-hidden="true">⚠</span> ${doubtWords(doubt, speech)}</p>`)}
      ${error === null ? '' : html`<p class="warning" role="alert">${error}</p>`}
      <p class="small">
        ${speech.say('report_versions')}: ${versionWords(issue, speech)}
        ${first === null ? '' : html`· <a href="/reports/issues/${first}">${speech.say('report_first')}</a>`}
      </p>`,
    differencesCard(issue, view),
    copiesCard(issue, view),
    html`<p><a href="/reports">${speech.say('reports_title')}</a></p>`,
  ]
}

function copiesCard({ issue_id: id, copies }: ReportIssue, view: View): Html {
  const { speech } = view
  const columns: readonly ListColumn<ReportCopy>[] = [
    { title: speech.say('report_to'), cell: ({ name, recipient }) => html`${name}<br /><span class="small">${recipient}</span>` }, // prettier-ignore
    {
      title: speech.say('report_formats'),
      cell: ({ copy_id: copy, files, open }) =>
        html`<ul class="downloads">
          ${files.map(({ format, bytes }) => {
            const words = `${speech.say(`report_format_${format}`)} (${speech.figure(Math.ceil(bytes / 1024), 'count')} KB)`
            return open
              ? html`<li><a href="/reports/issues/${id}/${copy}/${format}">${words}</a></li>`
              : html`<li>${words}</li>`
          })}
          ${open ? '' : html`<li class="quiet">${speech.say('report_not_open')}</li>`}
        </ul>`,
    },
    { title: speech.say('report_state'), cell: (copy) => deliveryCell(copy, view) },
  ]
  return listCard(
    { name: 'copies', title: speech.say('report_copies'), about: '', rows: copies, columns, none: '–' },
    view,
  )
}

function deliveryCell(copy: ReportCopy, { speech }: View): Html {
  const { delivery } = copy
  const at = delivery?.ended_at ?? null
  const why = delivery?.status === 'sent' ? '' : ((delivery?.fault && describeFault(delivery.fault, speech.language)) ?? delivery?.error ?? '') // prettier-ignore
  return html`${speech.say(deliveryKey(copy))} ${at === null ? '' : speech.instant(at)} ${why}`
}

function differencesCard({ differences }: ReportIssue, view: View): Html {
  const { speech } = view
  if (differences === null) return html``
  const { equal, of, causes, cells, count } = differences
  if (equal === of) return html`<p role="status">✓ ${speech.say('report_equal', { of })}</p>`
  const columns: readonly ListColumn<CellDifference>[] = [
    { title: speech.say('report_to'), cell: ({ recipient }) => recipient },
    { title: speech.say('report_section'), cell: ({ table }) => table },
    { title: speech.say('report_what'), cell: ({ row, column }) => `${row} · ${column}` },
    { title: speech.say('report_was'), cell: ({ was }) => was },
    { title: speech.say('report_is'), cell: ({ is }) => is },
  ]
  const about = speech.say('report_cells_count', { shown: cells.length, count })
  return html`<p role="status">${speech.say('report_differs', { equal, of })}</p>
    <ul>
      ${causes.map((cause) => html`<li>${speech.say(`report_cause_${cause}`)}</li>`)}
    </ul>
    ${cells.length === 0 ? '' : listCard({ name: 'differences', title: speech.say('report_cells'), about, rows: cells, columns, none: '' }, view)}`
}
