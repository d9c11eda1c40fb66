import { html } from 'hono/html'
import type { Answer, Catalogue, MetricQuery } from '../../models/metrics/metric.ts'
import { canSplit, splitsOf } from '../../models/metrics/splits.ts'
import { formatFilter } from '../../models/metrics/query-string.ts'

import { wordsIn } from '../charts/explored.ts'
import type { Html } from '../page.ts'
import type { View } from '../render/view.ts'
import type { WordKey } from '../words/en.ts'
import type { Speech } from '../words/speech.ts'
import { optionTag, type Building, type Option } from './building.ts'
import { addressWith, type FORM_OPERATORS } from './question.ts'
import { filtersOf, filterWords, nameOf } from './words.ts'

/** More values than these are written, not ticked. */
const MOST_TICKS = 40
/** No list offers more values. */
const OFFERED = 1_000

type FormOperator = (typeof FORM_OPERATORS)[number]

/** The question that finds the values of a field, undefined where it has none to offer. */
export function valuesQuestion(field: string, { metrics }: MetricQuery, catalogue: Catalogue): MetricQuery | undefined {
  const { kind } = catalogue.dimensions[field] ?? {}
  const metric = metrics.find((name) => canSplit(catalogue, name, field))
  if (metric === undefined || kind !== 'text') return undefined
  return { metrics: [metric], by: [field], where: [], order: [field], limit: OFFERED }
}

/** The filters that hold, each with a way to take it out, and one to be made: first its field, then what it holds it to. */
export function filterFields(building: Building, view: View): Html {
  const { asked } = building
  const { speech } = view
  const { field = '' } = asked
  const filters = filtersOf(asked.query)
  return html`<fieldset>
    <legend>${speech.say('explore_filters')}</legend>
    ${
      filters.length === 0
        ? ''
        : html`<ul class="chips" aria-label="${speech.say('explore_filters_now')}">
            ${filters.map((filter) => {
              const words = filterWords(filter, speech)
              const where = asked.query.where.filter((each) => each !== filter)
              return html`<li>
                ${words}
                <a
                  href="${addressWith(asked, { where })}"
                  aria-label="${speech.say('explore_take_out', { what: words })}"
                  data-within
                  >✕</a
                >
                <input type="hidden" name="where" value="${formatFilter(filter)}" />
              </li>`
            })}
          </ul>`
    }
    <label>
      <span>${speech.say('explore_filter_field')}</span>
      <select name="field" id="explore-field">
        ${optionTag({ value: '', words: '–' }, field === '')} ${fields(building, speech)}
      </select>
    </label>
    ${field === '' ? '' : condition(field, building, speech)}
  </fieldset>`
}

function fields({ asked: { query, field }, catalogue }: Building, speech: Speech): Html {
  const group = (words: WordKey, names: readonly string[]): Html | string =>
    names.length === 0
      ? ''
      : html`<optgroup label="${speech.say(words)}">
          ${names.map((name) => optionTag({ value: name, words: nameOf(name, speech) }, name === field))}
        </optgroup>`
  const dimensions = query.metrics.length === 0 ? [] : splitsOf(catalogue, query.metrics)
  return html`${group('explore_by', dimensions)} ${group('explore_figures', query.metrics)}`
}

const OPERATORS: Readonly<Record<'text' | 'listed' | 'time' | 'flag' | 'figure', readonly FormOperator[]>> = {
  text: ['contains', 'eq', 'ne', 'unknown', 'known'],
  listed: ['eq', 'ne', 'unknown', 'known'],
  time: ['gte', 'lte', 'eq', 'unknown', 'known'],
  flag: ['eq', 'unknown', 'known'],
  figure: ['gte', 'lte', 'gt', 'lt', 'eq', 'unknown', 'known'],
}

function condition(field: string, { catalogue, values }: Building, speech: Speech): Html {
  const kind = catalogue.dimensions[field]?.kind
  const listed = values !== undefined && values.total <= MOST_TICKS
  const manner =
    kind === undefined ? 'figure' : kind === 'flag' ? 'flag' : kind === 'text' ? (listed ? 'listed' : 'text') : 'time'
  return html`<div class="condition" data-wait>
    <label>
      <span>${nameOf(field, speech)}</span>
      <select name="operator">
        ${OPERATORS[manner].map((operator, at) =>
          optionTag({ value: operator, words: speech.say(`explore_operator_${operator}`) }, at === 0),
        )}
      </select>
    </label>
    ${valueField(field, manner, { values, kind, speech })}
    <button type="submit" class="second">${speech.say('explore_filter_add')}</button>
  </div>`
}

function valueField(
  field: string,
  manner: keyof typeof OPERATORS,
  { values, kind, speech }: { values: Answer | undefined; kind: string | undefined; speech: Speech },
): Html {
  if (manner === 'listed' && values !== undefined)
    return html`<div
      class="choose"
      role="group"
      aria-label="${speech.say('explore_values', { field: nameOf(field, speech) })}"
    >
      ${valuesOf(field, values, speech).map(
        ({ value, words }) =>
          html`<label class="tick"
            ><input type="checkbox" name="value" value="${value}" /> <span>${words}</span></label
          >`,
      )}
    </div>`
  const words = speech.say('explore_value')
  if (manner === 'flag')
    return html`<label
      ><span>${words}</span
      ><select name="value">
        ${optionTag({ value: '', words: '–' }, true)} ${optionTag({ value: 'true', words: speech.say('yes') }, false)}
        ${optionTag({ value: 'false', words: speech.say('no') }, false)}
      </select></label
    >`
  const type = manner === 'figure' ? 'number' : manner === 'time' ? (kind === 'month' ? 'month' : 'date') : 'search'
  return html`<label>
      <span>${words}</span>
      <input
        type="${type}"
        name="value"
        step="any"
        autocomplete="off"
        ${values === undefined ? '' : html`list="explore-values"`}
      />
    </label>
    ${
      values === undefined
        ? ''
        : html`<datalist id="explore-values">
            ${valuesOf(field, values, speech).map(
              ({ value, words: said }) => html`<option value="${value}">${said}</option>`,
            )}
          </datalist>`
    }`
}

function valuesOf(field: string, values: Answer, speech: Speech): readonly Option[] {
  const collator = new Intl.Collator(speech.locale)
  return values.rows
    .filter((row) => row[field] !== null && row[field] !== '')
    .map((row) => ({ value: String(row[field]), words: wordsIn(row, field, values, speech) }))
    .toSorted((one, other) => collator.compare(one.words, other.words))
}
