import { html } from 'hono/html'
import { explained, type ChangeQuestion } from '../../models/metrics/change.ts'
import type { Filter } from '../../models/metrics/metric.ts'
import { formatFilter } from '../../models/metrics/query-string.ts'
import { dimensionWords, metricWords, valueWords } from '../charts/rows.ts'
import { fullMonths, hrefWith } from '../filters.ts'
import type { Html } from '../page.ts'
import type { View } from '../render/view.ts'
import { waiting } from '../render/waiting.ts'
import type { WordKey } from '../words/en.ts'
import type { Speech } from '../words/speech.ts'
import { spanParameters, SPLITS } from './change-question.ts'

/** Which figure, which two periods, split by what; ready-made periods, and what narrows the page. */
export function changeForm(
  { question, customer }: { question: ChangeQuestion & { readonly by: string }; customer: string | undefined },
  asOf: string,
  view: View,
): Html {
  const { speech, sight } = view
  const { metric, from, to, by, where, graceDays } = question
  const months = spanParameters(from, to)
  const month = (name: keyof typeof MONTHS): Html =>
    html`<label>
      <span>${speech.say(MONTHS[name])}</span>
      <input
        type="month"
        name="${name}"
        value="${months[name] ?? ''}"
        max="${asOf.slice(0, 7)}"
        pattern="\\d{4}-\\d{2}"
        required
      />
    </label>`
  return html`<form class="filters" method="get" action="/changes" aria-label="${speech.say('filters')}">
      <label>
        <span>${speech.say('changes_metric')}</span>
        <select name="metric">
          ${options(
            explained((name) => !sight.sees(name)),
            metric,
            (name) => metricWords(name, speech),
          )}
        </select>
      </label>
      ${month('before_first')} ${month('before_last')} ${month('now_first')} ${month('now_last')}
      <label>
        <span>${speech.say('changes_by')}</span>
        <select name="by">
          ${options(SPLITS.filter(sight.sees), by, (name) => dimensionWords(name, speech))}
        </select>
      </label>
      ${where.map((filter) => html`<input type="hidden" name="where" value="${formatFilter(filter)}" />`)}
      <label>
        <span>${speech.say('effect_late')}</span>
        <select name="late">
          ${options(['0', '1'], graceDays === undefined ? '0' : '1', (name) => speech.say(`changes_late_${name === '1' ? 'told' : 'among'}`))}
        </select>
      </label>
      <span class="filter-buttons"><button type="submit">${speech.say('filter_apply')}</button> ${waiting(view)}</span>
    </form>
    ${presets(asOf, view)} ${only(where, customer, view)}`
}

const MONTHS = {
  before_first: 'changes_before_first',
  before_last: 'changes_before_last',
  now_first: 'changes_now_first',
  now_last: 'changes_now_last',
} as const

function options(names: readonly string[], chosen: string, words: (name: string) => string): readonly Html[] {
  return names.map((name) =>
    name === chosen
      ? html`<option value="${name}" selected>${words(name)}</option>`
      : html`<option value="${name}">${words(name)}</option>`,
  )
}

/** How many full months, and how many before them the other period begins. */
const PRESETS: readonly { words: WordKey; months: number; back: number }[] = [
  { words: 'changes_preset_year', months: 12, back: 12 },
  { words: 'changes_preset_quarter', months: 3, back: 3 },
  { words: 'changes_preset_quarter_year', months: 3, back: 12 },
  { words: 'changes_preset_month', months: 1, back: 1 },
]

function presets(asOf: string, { speech, url }: View): Html {
  return html`<p class="small elsewhere">
    ${speech.say('changes_presets')}
    ${PRESETS.map(({ words, months, back }, at) => {
      const spans = spanParameters(fullMonths(asOf, months, back), fullMonths(asOf, months, 0))
      return html`${at === 0 ? '' : ' · '}<a href="${hrefWith(url, spans)}">${speech.say(words)}</a>`
    })}
  </p>`
}

function only(where: readonly Filter[], customer: string | undefined, { speech, url }: View): Html | string {
  if (where.length === 0) return ''
  const what = where.map((filter) => filterWords(filter, customer, speech))
  const [id] = where.filter(({ field }) => field === 'customer').flatMap(({ values }) => values)
  return html`<p>
    <strong>${speech.say('changes_only', { what: speech.list(what) })}</strong>
    ${
      id === undefined
        ? ''
        : html`<a class="elsewhere" href="/customer?customer=${encodeURIComponent(id)}"
              >${speech.say('changes_customer')}</a
            >
            · `
    }
    <a class="elsewhere" href="${hrefWith(url, { where: undefined, by: undefined })}">${speech.say('changes_all')}</a>
  </p>`
}

function filterWords({ field, values }: Filter, customer: string | undefined, speech: Speech): string {
  if (field === 'customer' && customer !== undefined) return customer
  return `${dimensionWords(field, speech)}: ${speech.list(values.map((value) => valueWords(field, value, speech)))}`
}
