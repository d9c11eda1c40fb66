import { html } from 'hono/html'
import type { ReportRecipient } from '../../config/reports.ts'
import type { Report, ReportIssue } from '../../models/metrics/report.ts'
import type { Html } from '../page.ts'
import { listCard, type ListColumn } from '../render/list.ts'
import type { View } from '../render/view.ts'
import type { WordKey } from '../words/en.ts'
import type { Speech } from '../words/speech.ts'
import { reportForm, type FormShown } from './report-form.ts'

export interface ReportsShown {
  readonly reports: readonly Report[]
  /** Newest first. */
  readonly issues: readonly ReportIssue[]
  /** The form on which one is written; undefined: the reader may not. */
  readonly form: FormShown | undefined
  readonly problem?: string | undefined
}

/** What goes out by itself, and all that went out. */
export function reportsPage({ reports, issues, form, problem }: ReportsShown, view: View): readonly Html[] {
  const { speech } = view
  return [
    html`<div class="page-head">
      <div>
        <h1>${speech.say('reports_title')}</h1>
        <p class="intro">${speech.say('reports_intro')}</p>
      </div>
    </div>`,
    html`${problem === undefined ? '' : html`<p class="warning" role="alert">${problem}</p>`}`,
    html`${form === undefined ? '' : reportsCard(reports, view)}`,
    issuesCard(issues, view),
    html`${form === undefined ? '' : reportForm(form, view)}`,
  ]
}

function reportsCard(reports: readonly Report[], view: View): Html {
  const { speech } = view
  const columns: readonly ListColumn<Report>[] = [
    { title: speech.say('report_fact'), cell: ({ settings }) => speech.pick(settings.title) },
    { title: speech.say('report_when'), cell: ({ settings: { schedule } }) => whenWords(schedule, speech) },
    { title: speech.say('report_next'), cell: ({ next_at: at }) => (at === null ? '–' : speech.instant(at)) },
    { title: speech.say('report_to'), cell: ({ settings }) => speech.list(settings.to.map((one) => recipientWords(one, speech))) }, // prettier-ignore
    { title: speech.say('report_formats'), cell: ({ settings }) => speech.list((settings.formats ?? ['mail', 'pdf']).map((format) => speech.say(`report_format_${format}`))) }, // prettier-ignore
    { title: speech.say('report_make'), cell: (report) => actions(report, view) },
  ]
  return listCard(
    { name: 'reports', title: speech.say('reports_written'), about: '', rows: reports, columns, none: speech.say('reports_none') }, // prettier-ignore
    view,
  )
}

function actions({ report, isOwn }: Report, { speech }: View): Html {
  const order = (name: string, words: WordKey): Html =>
    html`<form method="post" action="/reports">
      <input type="hidden" name="report" value="${report}" />
      <button type="submit" name="do" value="${name}" class="quiet-button">${speech.say(words)}</button>
    </form>`
  return html`${order('make', 'report_make')}
  ${
    isOwn
      ? html`<a href="/reports?change=${report}#report-form">${speech.say('report_change_own')}</a>
          ${order('remove', 'report_remove')}`
      : ''
  }`
}

function whenWords(schedule: Report['settings']['schedule'], speech: Speech): Html | string {
  if (schedule === undefined) return speech.say('report_by_hand')
  const { cron, timeZone, on } = schedule
  const days = on === undefined ? '' : speech.say(on === 'working_days' ? 'report_daily_on' : 'report_first_on')
  return html`<code>${cron}</code> ${timeZone ?? ''} ${days}`
}

function recipientWords(one: ReportRecipient, speech: Speech): string {
  if ('role' in one) return roleWords(one.role, speech)
  const place = 'address' in one ? one.address : 'folder' in one ? one.folder : one.webhook
  return `${place} (${roleWords(one.as, speech)})`
}

const ROLE_WORDS: readonly string[] = ['head', 'sales', 'executive', 'analyst', 'admin']

function roleWords(role: string, speech: Speech): string {
  return ROLE_WORDS.includes(role) ? speech.say(`role_${role}` as WordKey) : role
}

function issuesCard(issues: readonly ReportIssue[], view: View): Html {
  const { speech } = view
  const columns: readonly ListColumn<ReportIssue>[] = [
    {
      title: speech.say('report_fact'),
      cell: (issue) => html`<a href="/reports/issues/${issue.issue_id}">${speech.pick(issue.title)}</a>`,
    },
    { title: speech.say('report_due'), cell: ({ due_at: at }) => speech.instant(at) },
    { title: speech.say('report_state'), cell: (issue) => stateWords(issue, speech) },
    { title: speech.say('report_versions'), cell: (issue) => versionWords(issue, speech) },
    { title: speech.say('report_to'), cell: ({ copies }) => speech.list(copies.map(({ name }) => name)), wide: true },
    { title: speech.say('report_copies'), cell: (issue) => deliveredWords(issue, speech) },
  ]
  const about = speech.say('reports_issues_about')
  return listCard(
    { name: 'issues', title: speech.say('reports_issues'), about, rows: issues, columns, none: speech.say('reports_issues_none') }, // prettier-ignore
    view,
  )
}

export function stateWords({ status, kind, ordered_by: name }: ReportIssue, speech: Speech): string {
  const how = speech.say(`report_kind_${kind}`, { name: name ?? '–' })
  return `${speech.say(`report_status_${status}`)}, ${how}`
}

export function versionWords(
  { warehouse_version: version, as_of: day, policy_version: policy }: ReportIssue,
  speech: Speech,
): string {
  // prettier-ignore
  return version === null || day === null
    ? '–'
    : speech.say('report_versions_of', { version, day: speech.day(day), policy: policy ?? '–' })
}

/** How many of the copies were taken, and how many were not. */
function deliveredWords({ copies }: ReportIssue, speech: Speech): string {
  const states = Map.groupBy(copies, (copy) => (copy.delivery === null ? 'report_unsent' : deliveryKey(copy)))
  return speech.list([...states].map(([key, { length }]) => `${length} ${speech.say(key)}`))
}

export function deliveryKey({ delivery, recipient }: ReportIssue['copies'][number]): WordKey {
  if (delivery === null) return recipient.startsWith('mail ') ? 'report_unsent_mail' : 'report_unsent'
  return delivery.status === 'sent' ? 'report_sent' : delivery.status === 'dead' ? 'report_dead' : 'report_waits'
}
