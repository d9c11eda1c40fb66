import { html } from 'hono/html'
import { hasPeriods, knownAt, type Answers } from '../answers.ts'
import { figureOf, metricWords, unitOf } from '../charts/rows.ts'
import { metrics } from '../../models/metrics/catalogue.ts'
import { formatFilter } from '../../models/metrics/query-string.ts'
import type { Unit } from '../../models/metrics/metric.ts'
import type { Html, KpiBlock } from '../page.ts'
import { restatable } from '../pages/restatements.ts'
import type { Speech } from '../words/speech.ts'
import { coverageWords, isThin } from './coverage.ts'
import type { View } from './view.ts'

/** A row of figures, each with what it is, how it changed and how complete it is. */
export function kpiRow(blocks: readonly KpiBlock[], answers: Answers, view: View): Html {
  return html`<dl class="kpis">${blocks.map((block) => kpiCard(block, answers, view))}</dl>`
}

function kpiCard(block: KpiBlock, answers: Answers, view: View): Html {
  const { speech } = view
  const { metric } = block
  const answer = answers.answerOf(block)
  const figure = figureOf(answer.rows[0] ?? {}, metric)
  const unit = unitOf(metric)
  const of = answer.evidence.figures[metric]
  const stale = of?.stale === true
  const thin = isThin(metric, answer, view)
  const about = metrics[metric] === undefined ? '' : speech.pick(metrics[metric].about)
  return html`<div class="kpi${thin || stale ? ' thin' : ''}">
    <dt title="${about}">${metricWords(metric, speech)}</dt>
    <dd class="kpi-figure${figure !== null && figure < 0 ? ' negative' : ''}" title="${speech.figure(figure, unit)}">
      ${written(figure, unit, speech)}
    </dd>
    <dd class="kpi-note">
      ${hasPeriods(metric) ? change(metric, answers, view) : spansTwelveMonths(metric) ? speech.say('period_trailing_12') : ''}
    </dd>
    ${known(metric, answers, view)}
    ${stale ? html`<dd class="kpi-thin">${speech.say('figure_stale', { sources: speech.list(of.sources), at: of.read_at === null ? speech.say('evidence_never') : speech.instant(of.read_at) })}</dd>` : ''}
    ${thin ? html`<dd class="kpi-thin">${speech.say('coverage_below', { coverage: coverageWords(metric, answer, speech) ?? '' })}</dd>` : ''}
  </div>`
}

/** What `marts.customers` tells is of the last twelve months; figures of other marts without months say in their words what they span. */
export function spansTwelveMonths(name: string): boolean {
  const metric = metrics[name]
  return metric !== undefined && 'mart' in metric && metric.mart === 'marts.customers'
}

/** Of a page of the past: what the figure is now, and the way to the records that made the difference. */
function known(metric: string, { newest, figures, where }: Answers, { speech, url }: View): Html | string {
  if (newest === undefined) return ''
  const now = figureOf(newest.rows[0] ?? {}, metric)
  const words = speech.say('known_now', { figure: speech.glance(now, unitOf(metric)) })
  if (!restatable().includes(metric)) return html`<dd class="kpi-note">${words}</dd>`
  const day = knownAt(url) ?? figures.evidence.known_at.slice(0, 10)
  const narrowed = where.map((filter) => `&where=${encodeURIComponent(formatFilter(filter))}`).join('')
  const href = `/restatements?metric=${metric}&known_at=${encodeURIComponent(day)}${narrowed}`
  return html`<dd class="kpi-note">
    ${words} ·
    <a href="${href}"
      >${speech.say('known_then_changes')}<span class="hidden">: ${metricWords(metric, speech)}</span></a
    >
  </dd>`
}

/** Short for the eye, in full for whoever has it read aloud. */
function written(figure: number | null, unit: Unit, speech: Speech): Html | string {
  if (figure === null) return speech.say('no_figure')
  const [short, full] = [speech.glance(figure, unit), speech.figure(figure, unit)]
  return short === full ? full : html`<span aria-hidden="true">${short}</span><span class="hidden">${full}</span>`
}

function change(metric: string, answers: Answers, { speech }: View): Html | string {
  const changed = changeOf(metric, answers, speech)
  if (changed === undefined) return ''
  const { words, arrow, judged } = changed
  return arrow === undefined
    ? words
    : html`<span class="${judged}"><span aria-hidden="true">${arrow}</span> ${words}</span>`
}

/** How a figure changed against the period before. */
export interface Changed {
  readonly words: string
  /** Undefined: there is nothing to compare with; empty: it is the same. */
  readonly arrow: '' | '▲' | '▼' | undefined
  readonly judged: '' | 'better' | 'worse'
}

/** Undefined: neither period has the figure. */
export function changeOf(metric: string, { compared }: Answers, speech: Speech): Changed | undefined {
  if (compared === undefined) return undefined
  const now = figureOf(compared.now.rows[0] ?? {}, metric)
  const before = figureOf(compared.before.rows[0] ?? {}, metric)
  if (now === null) return undefined
  if (before === null || before === 0) return { words: speech.say('change_none'), arrow: undefined, judged: '' }
  const direction = metrics[metric]?.direction ?? 'none'
  const unit = unitOf(metric)
  // A change too small to be written is none.
  const step =
    unit === 'share' ? Math.round(1000 * (now - before)) : Math.round((100 * (now - before)) / Math.abs(before))
  const since = compared.whole ? 'change_since' : 'change_since_whole_months'
  return {
    words: speech.say(since, { change: speech.change(now, before, unit) }),
    arrow: step === 0 ? '' : step > 0 ? '▲' : '▼',
    judged: step === 0 || direction === 'none' ? '' : step > 0 === (direction === 'up') ? 'better' : 'worse',
  }
}
