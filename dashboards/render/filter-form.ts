import { html } from 'hono/html'
import { knownAt, type Answers } from '../answers.ts'
import { dimensionWords, labelColumn, valueWords } from '../charts/rows.ts'
import { ALL, chosen, offeredPeriods, periodName } from '../filters.ts'
import type { Html, PageDefinition, PageFilter } from '../page.ts'
import type { View } from './view.ts'
import { waiting } from './waiting.ts'

interface Option {
  readonly value: string
  readonly words: string
}

/** The filters of a page as a form that works without JavaScript: it asks for the same page with another query string. */
export function filterForm(definition: PageDefinition, answers: Answers, view: View): Html {
  const { speech, url } = view
  const asOf = answers.figures.evidence.as_of
  return html`<form class="filters" method="get" action="${definition.path}" aria-label="${speech.say('filters')}">
    ${definition.filters.map((filter) =>
      isTooLong(filter, answers)
        ? written(filter, view)
        : select(filter, optionsFor(filter, answers, { view, asOf }), view),
    )}
    <label>
      <span>${speech.say('filter_known_at')}</span>
      <input type="date" name="known_at" value="${knownAt(url) ?? ''}" />
    </label>
    ${['lang', 'theme', 'sort'].map((name) =>
      url.searchParams.has(name)
        ? html`<input type="hidden" name="${name}" value="${url.searchParams.get(name)}" />`
        : '',
    )}
    <span class="filter-buttons">
      <button type="submit">${speech.say('filter_apply')}</button>
      <a class="quiet-button" href="${definition.path}">${speech.say('filter_reset')}</a>
      ${waiting(view)}
    </span>
  </form>`
}

/** More values than a menu can offer. */
function isTooLong(filter: PageFilter, { options }: Answers): boolean {
  const answer = options.get(filter)
  return answer !== undefined && answer.total > answer.rows.length
}

/** A filter whose value is written: the id, as tables and addresses have it. */
function written(filter: PageFilter, { speech, url }: View): Html {
  const current = chosen(filter, url)
  return html`<label>
    <span>${dimensionWords(filter.field, speech)}</span>
    <input
      type="search"
      name="${filter.name}"
      value="${current === ALL || current === filter.standard ? '' : current}"
      placeholder="${speech.say('filter_write')}"
    />
  </label>`
}

function select(filter: PageFilter, options: readonly Option[], { speech, url }: View): Html {
  const current = chosen(filter, url)
  const words = filter.field === 'period' ? speech.say('filter_period') : dimensionWords(filter.field, speech)
  return html`<label>
    <span>${words}</span>
    <select name="${filter.name}">
      ${options.map((option) =>
        option.value === current
          ? html`<option value="${option.value}" selected>${option.words}</option>`
          : html`<option value="${option.value}">${option.words}</option>`,
      )}
    </select>
  </label>`
}

function optionsFor(
  filter: PageFilter,
  answers: Answers,
  { view, asOf }: { view: View; asOf: string },
): readonly Option[] {
  const { speech, url } = view
  const current = chosen(filter, url)
  if (filter.field === 'period') {
    return offeredPeriods(asOf, current).map((value) => ({ value, words: periodName(value, speech) }))
  }
  const answer = answers.options.get(filter)
  const label = answer === undefined ? filter.field : labelColumn(answer, filter.field)
  const named = new Map(
    (answer?.rows ?? []).map((row) => {
      const value = String(row[filter.field] ?? 'unknown')
      const name = row[label]
      const words = valueWords(filter.field, value, speech)
      return [value, words === value && typeof name === 'string' ? name : words]
    }),
  )
  if (current !== ALL && !named.has(current)) named.set(current, valueWords(filter.field, current, speech))
  const options = [...named].map(([value, words]) => ({ value, words }))
  const collator = new Intl.Collator(speech.locale)
  return [
    { value: ALL, words: speech.say('filter_all') },
    ...options.toSorted((one, other) => collator.compare(one.words, other.words)),
  ]
}
