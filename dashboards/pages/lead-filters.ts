import { html } from 'hono/html'
import type { Answer } from '../../models/metrics/metric.ts'
import type { Sees } from '../../models/metrics/sight.ts'
import { dimensionWords, valueWords } from '../charts/rows.ts'
import type { Html } from '../page.ts'
import type { View } from '../render/view.ts'

export const LEAD_FILTERS = [
  { name: 'owner', field: 'sales_owner' },
  { name: 'signal', field: 'lead_signal' },
  { name: 'state', field: 'lead_status' },
  { name: 'region', field: 'region' },
] as const

/** Those that a reader may see. */
export const filtersFor = ({ sees }: Sees) => LEAD_FILTERS.filter(({ field }) => sees(field))

/** The filters of the leads. `options`: the values of each, in the same order. */
export function leadsForm(options: readonly Answer[], { speech, url, sight }: View): Html {
  return html`<form class="filters" method="get" action="/leads" aria-label="${speech.say('filters')}">
    ${filtersFor(sight).map(({ name, field }, at) => {
      const chosen = url.searchParams.get(name) ?? ''
      const values = (options[at]?.rows ?? []).map((row) => String(row[field] ?? ''))
      return html`<label>
        <span>${dimensionWords(field, speech)}</span>
        <select name="${name}">
          <option value="">${speech.say('filter_all')}</option>
          ${values.map((value) =>
            value === chosen
              ? html`<option value="${value}" selected>${valueWords(field, value, speech)}</option>`
              : html`<option value="${value}">${valueWords(field, value, speech)}</option>`,
          )}
        </select>
      </label>`
    })}
    <span class="filter-buttons">
      <button type="submit">${speech.say('filter_apply')}</button>
      <a href="/leads">${speech.say('filter_reset')}</a>
    </span>
  </form>`
}
