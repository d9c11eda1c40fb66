import { html } from 'hono/html'
import type {
  AuditStatus,
  FeedStatus,
  PipelineStatus,
  RecoveredRow,
  RejectedRow,
  RunStatus,
} from '../../models/metrics/status.ts'
import { entities, isEntityName } from '../../entities/entities.ts'
import type { Html } from '../page.ts'
import { english, feedFaultWords, rejectWords, runFaultWords } from '../render/fault-words.ts'
import { listCard, type ListColumn } from '../render/list.ts'
import { correctForm } from './pipeline-orders.ts'
import type { View } from '../render/view.ts'
import type { Speech } from '../words/speech.ts'

export function runsCard({ runs }: PipelineStatus, view: View): Html {
  const { speech } = view
  const columns: readonly ListColumn<RunStatus>[] = [
    { title: speech.say('run_started_at'), cell: (run) => speech.instant(run.started_at) },
    {
      title: speech.say('run_status'),
      cell: (run) => state(run.status === 'succeeded', speech.say(`status_${run.status}`), run.status === 'running'),
    },
    { title: speech.say('run_duration'), cell: (run) => duration(run, speech), figure: true },
    { title: speech.say('run_rows'), cell: (run) => speech.figure(run.rows, 'count'), figure: true },
    { title: speech.say('run_rejects'), cell: (run) => speech.figure(run.rejects, 'count'), figure: true },
    { title: speech.say('run_trigger'), cell: (run) => triggerWords(run, speech) },
    { title: speech.say('run_error'), cell: (run) => runFaultWords(run, speech), wide: true },
  ]
  return listCard(
    { name: 'runs', title: speech.say('runs'), about: '', rows: runs, columns, none: speech.say('runs_none') },
    view,
  )
}

export function feedsCard({ feeds }: PipelineStatus, view: View): Html {
  const { speech } = view
  const columns: readonly ListColumn<FeedStatus>[] = [
    { title: speech.say('feed_source'), cell: (feed) => feed.source },
    { title: speech.say('feed_entity'), cell: (feed) => entityWords(feed.entity, speech) },
    { title: speech.say('feed_origin'), cell: (feed) => html`<code>${feed.origin}</code>` },
    {
      title: speech.say('feed_read_at'),
      cell: (feed) => (feed.read_at === null ? speech.say('evidence_never') : speech.instant(feed.read_at)),
    },
    { title: speech.say('feed_state'), cell: (feed) => feedState(feed, speech) },
    { title: speech.say('feed_rows'), cell: (feed) => speech.figure(feed.rows, 'count'), figure: true },
    { title: speech.say('run_rejects'), cell: (feed) => speech.figure(feed.rejects, 'count'), figure: true },
    { title: speech.say('run_error'), cell: (feed) => feedFaultWords(feed, speech), wide: true },
  ]
  return listCard(
    { name: 'feeds', title: speech.say('feeds'), about: '', rows: feeds, columns, none: speech.say('feeds_none') },
    view,
  )
}

export function auditsCard({ audits }: PipelineStatus, view: View): Html {
  const { speech } = view
  const failed = audits.filter((audit) => !audit.passed).length
  const columns: readonly ListColumn<AuditStatus>[] = [
    { title: speech.say('audit_model'), cell: (audit) => html`<code>${audit.model}</code>` },
    { title: speech.say('audit_name'), cell: (audit) => auditName(audit, speech) },
    {
      title: speech.say('audit_result'),
      cell: (audit) => state(audit.passed, speech.say(audit.passed ? 'audit_passed' : 'audit_failed')),
    },
    { title: speech.say('audit_rows'), cell: (audit) => speech.figure(audit.rows_at_fault, 'count'), figure: true },
    { title: speech.say('audit_severity'), cell: (audit) => speech.say(`audit_severity_${audit.severity}`) },
  ]
  const about =
    audits.length === 0
      ? ''
      : failed === 0
        ? speech.say('audits_all_passed', { count: audits.length })
        : speech.say('audits_some_failed', { failed, count: audits.length })
  return listCard(
    {
      name: 'audits',
      title: speech.say('audits'),
      about,
      rows: audits,
      columns,
      none: speech.say('audits_none'),
      folded: failed === 0,
    },
    view,
  )
}

export function rejectsCard({ rejects }: PipelineStatus, view: View, canCorrect: boolean): Html {
  const { speech } = view
  const columns: readonly ListColumn<RejectedRow>[] = [
    { title: speech.say('feed_source'), cell: (reject) => reject.source },
    { title: speech.say('feed_entity'), cell: (reject) => entityWords(reject.entity, speech) },
    { title: speech.say('reject_place'), cell: (reject) => html`<code>${reject.origin}</code>` },
    {
      title: speech.say('reject_line'),
      cell: (reject) => (reject.line === null ? '–' : speech.figure(reject.line, 'count')),
      figure: true,
    },
    {
      title: speech.say('reject_column'),
      cell: (reject) => (reject.column === null ? '–' : html`<code>${reject.column}</code>`),
    },
    {
      title: speech.say('reject_value'),
      cell: (reject) => (reject.value === null ? '–' : html`<code>${reject.value}</code>`),
    },
    { title: speech.say('reject_reason'), cell: (reject) => rejectWords(reject, speech).reason, wide: true },
    { title: speech.say('reject_remedy'), cell: (reject) => rejectWords(reject, speech).remedy, wide: true },
    { title: speech.say('reject_at'), cell: (reject) => speech.instant(reject.rejected_at) },
    ...(canCorrect
      ? [
          {
            title: speech.say('reject_correct'),
            cell: (reject: RejectedRow) => correctForm(reject, view),
            wide: true as const,
          },
        ]
      : []),
  ]
  const about = rejects.length === 0 ? '' : speech.say('rejects_about', { count: rejects.length })
  return listCard(
    { name: 'rejects', title: speech.say('rejects'), about, rows: rejects, columns, none: speech.say('rejects_none') },
    view,
  )
}

const RULES = ['quoted_line', 'repeated_header', 'missing_trailing', 'trailing_blank', 'extra_delimiters'] as const

/** Nothing where no rule mended anything: most companies declare none. */
export function recoveriesCard({ recoveries }: PipelineStatus, view: View): Html | string {
  const { speech } = view
  if (recoveries.length === 0) return ''
  const columns: readonly ListColumn<RecoveredRow>[] = [
    { title: speech.say('feed_source'), cell: (row) => row.source },
    { title: speech.say('feed_entity'), cell: (row) => entityWords(row.entity, speech) },
    { title: speech.say('reject_place'), cell: (row) => html`<code>${row.origin}</code>` },
    { title: speech.say('reject_line'), cell: (row) => speech.figure(row.line, 'count'), figure: true },
    { title: speech.say('recovery_rule'), cell: (row) => ruleWords(row.rule, speech) },
    { title: speech.say('recovery_before'), cell: (row) => html`<code>${row.before}</code>`, wide: true },
    { title: speech.say('recovery_after'), cell: (row) => row.after ?? speech.say('recovery_left_out'), wide: true },
    { title: speech.say('reject_at'), cell: (row) => speech.instant(row.recovered_at) },
  ]
  return listCard(
    {
      name: 'recoveries',
      title: speech.say('recoveries'),
      about: speech.say('recoveries_about', { count: recoveries.length }),
      rows: recoveries,
      columns,
      none: '',
      folded: true,
    },
    view,
  )
}

function ruleWords(rule: string, speech: Speech): string {
  const known = RULES.find((one) => one === rule)
  return known === undefined ? rule : speech.say(`recovery_${known}`)
}

function auditName({ audit, audit_zh }: AuditStatus, speech: Speech): Html | string {
  return speech.language === 'zh' && audit_zh !== null ? audit_zh : english(audit, speech)
}

function triggerWords({ trigger, started_by }: RunStatus, speech: Speech): string {
  const words = speech.say(`trigger_${trigger}`)
  return started_by === null ? words : `${words}, ${started_by}`
}

/** A state by colour, by mark and by word. */
export function state(good: boolean, words: string, waiting = false): Html {
  const kind = waiting ? 'waiting' : good ? 'good' : 'bad'
  const mark = { waiting: '…', good: '✓', bad: '✗' }[kind]
  return html`<span class="state ${kind}"><span aria-hidden="true">${mark}</span> ${words}</span>`
}

function feedState(feed: FeedStatus, speech: Speech): Html {
  if (feed.error !== null) return state(false, speech.say('feed_failed'))
  return state(!feed.stale, speech.say(feed.stale ? 'feed_stale' : 'feed_fresh'))
}

export function entityWords(name: string, speech: Speech): string {
  return isEntityName(name) ? speech.pick(entities[name].words) : name
}

function duration(run: RunStatus, speech: Speech): string {
  if (run.ended_at === null) return '–'
  const seconds = Math.max(0, (Date.parse(run.ended_at) - Date.parse(run.started_at)) / 1000)
  if (seconds < 60)
    return speech.say('duration_seconds', { count: speech.figure(Math.round(seconds * 10) / 10, 'number') })
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return speech.say('duration_minutes', { minutes, seconds: Math.round(seconds % 60) })
  return speech.say('duration_hours', { hours: Math.floor(minutes / 60), minutes: minutes % 60 })
}
