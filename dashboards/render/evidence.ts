import { html } from 'hono/html'
import { knownAt, type Answers } from '../answers.ts'
import { hrefWith } from '../filters.ts'
import { metricWords } from '../charts/rows.ts'
import type { Answer, Evidence } from '../../models/metrics/metric.ts'
import type { Html } from '../page.ts'
import { coverageWords } from './coverage.ts'
import type { View } from './view.ts'

/** One line: business date, knowledge date, version. A warning where a source has not been read lately. */
export function evidenceLine({ evidence }: Answer, { speech, url }: View): Html {
  const stale = evidence.sources.filter((source) => source.stale).map(({ source }) => source)
  return html`<p class="as-of">
      <span>${speech.say('evidence_as_of')} <strong>${speech.day(evidence.as_of)}</strong></span>
      <span>${speech.say('evidence_known_at')} <strong>${speech.instant(evidence.known_at)}</strong></span>
      <a href="#evidence">${speech.say('evidence')}</a>
    </p>
    ${
      knownAt(url) === undefined
        ? ''
        : html`<p class="warning">
            <span aria-hidden="true">⚠</span> ${speech.say('known_then', { at: speech.instant(evidence.known_at) })}
            <a href="${hrefWith(url, { known_at: undefined })}">${speech.say('known_then_newest')}</a>
          </p>`
    }
    ${
      stale.length === 0
        ? ''
        : html`<p class="warning">
            <span aria-hidden="true">⚠</span> ${speech.say('evidence_stale_warning', { sources: speech.list(stale) })}
          </p>`
    }`
}

/** All that the figures stand on: clocks, version, coverage of each figure, age of each source. */
export function evidenceSection(answers: Pick<Answers, 'figures'>, used: readonly Answer[], view: View): Html {
  const { speech } = view
  const { evidence } = answers.figures
  return html`<section class="card evidence" id="evidence" aria-labelledby="evidence-title">
    <h2 id="evidence-title">${speech.say('evidence')}</h2>
    <div class="evidence-columns">
      <dl class="facts">
        <div>
          <dt>${speech.say('evidence_as_of')}</dt>
          <dd>${speech.day(evidence.as_of)}</dd>
        </div>
        <div>
          <dt>${speech.say('evidence_known_at')}</dt>
          <dd>${speech.instant(evidence.known_at)}</dd>
        </div>
        <div>
          <dt>${speech.say('evidence_version')}</dt>
          <dd>${speech.figure(evidence.warehouse_version, 'count')}</dd>
        </div>
      </dl>
      <div>
        <h3>${speech.say('evidence_coverage')}</h3>
        ${coverageList([answers.figures, ...used], view)}
      </div>
      <div>
        <h3>${speech.say('evidence_figures')}</h3>
        ${figureList([answers.figures, ...used], view)}
      </div>
      <div>
        <h3>${speech.say('evidence_sources')}</h3>
        ${sourceList(evidence.sources, view)}
        <p><a href="/restatements">${speech.say('evidence_restatements')}</a></p>
      </div>
    </div>
  </section>`
}

function coverageList(used: readonly Answer[], { speech }: View): Html {
  const words = new Map<string, string>()
  for (const answer of used) {
    for (const metric of Object.keys(answer.evidence.coverage)) {
      const coverage = coverageWords(metric, answer, speech)
      if (coverage !== undefined && !words.has(metric)) words.set(metric, coverage)
    }
  }
  if (words.size === 0) return html`<p>${speech.say('evidence_complete')}</p>`
  return html`<ul>
    ${[...words].map(([metric, coverage]) => html`<li>${metricWords(metric, speech)}: ${coverage}</li>`)}
  </ul>`
}

/** What each figure stands on, and how late such records are keyed. */
function figureList(used: readonly Answer[], { speech }: View): Html {
  const figures = new Map(used.flatMap(({ evidence }) => Object.entries(evidence.figures)))
  const told = [...figures].filter(([, { sources }]) => sources.length > 0)
  return html`<ul>
    ${told.map(
      ([metric, { sources, stale, entry_lag_days }]) =>
        html`<li>
          ${metricWords(metric, speech)}:
          ${speech.list(sources)}${
            entry_lag_days === null
              ? ''
              : `, ${speech.say('evidence_entry_lag', { days: speech.figure(Math.round(10 * entry_lag_days) / 10, 'number') })}`
          }
          ${stale ? html`<span class="badge">${speech.say('evidence_stale')}</span>` : ''}
        </li>`,
    )}
  </ul>`
}

function sourceList(sources: Evidence['sources'], { speech }: View): Html {
  return html`<ul>
    ${sources.map(
      ({ source, read_at, stale }) =>
        html`<li>
          ${source}: ${read_at === null ? speech.say('evidence_never') : speech.instant(read_at)}
          ${stale ? html`<span class="badge">${speech.say('evidence_stale')}</span>` : ''}
        </li>`,
    )}
  </ul>`
}
