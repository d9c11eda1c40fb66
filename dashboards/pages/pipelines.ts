import { html } from 'hono/html'
import type { BatchStatus, PipelineStatus, RunStatus } from '../../models/metrics/status.ts'
import type { Html } from '../page.ts'
import { runFaultWords } from '../render/fault-words.ts'
import { emptyNotice } from '../render/notices.ts'
import type { View } from '../render/view.ts'
import { batchesCard, decisionsCard, driftCard, waitingCard } from './pipeline-batches.ts'
import { deliveriesCard } from './pipeline-deliveries.ts'
import { auditsCard, feedsCard, recoveriesCard, rejectsCard, runsCard } from './pipeline-tables.ts'

/** How the figures got here: next run, runs, sources, checks, rejected rows. */
export function pipelinesPage(
  { status, batches }: { status: PipelineStatus; batches: readonly BatchStatus[] },
  view: View,
  canStart: boolean,
): readonly Html[] {
  const { speech } = view
  const [last] = status.runs
  return [
    html`<div class="page-head">
      <div>
        <h1>${speech.say('pipelines_title')}</h1>
        <p class="intro">${speech.say('pipelines_intro')}</p>
      </div>
      ${canStart ? runButton(view) : ''}
    </div>`,
    html`${status.warehouse_version === 0 ? emptyNotice(view) : ''} ${problem(last, view)}`,
    facts(status, view),
    html`${waitingCard(status, view, canStart)} ${deliveriesCard(status, view, canStart)}`,
    runsCard(status, view),
    feedsCard(status, view),
    auditsCard(status, view),
    rejectsCard(status, view, canStart),
    html`${recoveriesCard(status, view)} ${driftCard(status, view)} ${batchesCard(batches, view, canStart)}
    ${decisionsCard(status, view)}`,
  ]
}

function runButton({ speech }: View): Html {
  return html`<div class="run-now">
    <button
      type="button"
      data-run-now
      data-started="${speech.say('run_started')}"
      data-refused="${speech.say('run_refused')}"
      hidden
    >
      ${speech.say('run_now')}
    </button>
    <p role="status" data-run-status></p>
  </div>`
}

function problem(last: RunStatus | undefined, { speech }: View): Html | string {
  if (last === undefined || last.status === 'succeeded' || last.status === 'running') return ''
  const words = speech.say(last.status === 'partial' ? 'runs_partial' : 'runs_problem')
  const reason = runFaultWords(last, speech)
  return html`<div class="warning">
    <p><span aria-hidden="true">⚠</span> ${words}</p>
    ${reason === '' ? '' : html`<p class="faults">${reason}</p>`}
  </div>`
}

function facts(status: PipelineStatus, { speech }: View): Html {
  const [last] = status.runs
  const next = status.next_run_at === null ? speech.say('next_run_none') : speech.instant(status.next_run_at)
  const card = (title: string, figure: string, note: string) =>
    html`<div class="kpi">
      <dt>${title}</dt>
      <dd class="kpi-figure small">${figure}</dd>
      <dd class="kpi-note">${note}</dd>
    </div>`
  const lastRun = last === undefined ? speech.say('last_run_none') : speech.instant(last.started_at)
  return html`<dl class="kpis">
    ${card(speech.say('next_run'), next, speech.timeZone)}
    ${card(speech.say('last_run'), lastRun, last === undefined ? '' : speech.say(`status_${last.status}`))}
    ${card(speech.say('evidence_as_of'), status.as_of === null ? '–' : speech.day(status.as_of), '')}
    ${card(
      speech.say('evidence_known_at'),
      status.known_at === null ? '–' : speech.instant(status.known_at),
      `${speech.say('evidence_version')} ${speech.figure(status.warehouse_version, 'count')}`,
    )}
  </dl>`
}
