import { html, raw } from 'hono/html'
import { DRIVERS, MEASURES, PROMISES, SUPPORT_METHODS } from '../../models/metrics/policy-choices.ts'
import type { PolicyStatus } from '../../models/metrics/what-if.ts'
import { valueWords } from '../charts/rows.ts'
import type { Html } from '../page.ts'
import type { View } from '../render/view.ts'
import type { Speech } from '../words/speech.ts'
import { classWords, driverWords, poolWords, type PolicyShown } from './policy-words.ts'
import { classesOf, name, NO_LINE, TRIED } from './policy-draft.ts'

type Option = readonly [value: string, words: string]

/** Writes fields with what the address says, else with what is in force. */
interface Fields {
  readonly search: URLSearchParams
  /** The field at fault. */
  readonly fault: string | undefined
  readonly speech: Speech
  readonly status: PolicyStatus
}

/** A form that works without JavaScript: it asks for the same page with the draft in its address. Nothing is kept by it. */
export function draftForm({ status, refused, asked }: PolicyShown, view: View): Html {
  const { speech, url } = view
  const fields: Fields = { search: url.searchParams, fault: refused?.field, speech, status }
  const rules = status.in_force
  return html`<section class="card" id="try" aria-labelledby="try-title">
    <h2 id="try-title">${speech.say('policy_try_title')}</h2>
    <p>${speech.say('policy_try_about')}</p>
    <form class="policy-form" method="get" action="/policy">
      <input type="hidden" name="${TRIED}" value="1" />
      ${['lang', 'theme'].map((each) =>
        url.searchParams.has(each)
          ? html`<input type="hidden" name="${each}" value="${url.searchParams.get(each)}" />`
          : '',
      )}
      ${weights('components', fields)} ${weights('indirect', fields)}
      ${group(speech.say('policy_bands_title'), '', [
        number(
          'score.bands.VIP',
          speech.say('policy_vip_from'),
          { standard: rules.score.bands.VIP, most: 100 },
          fields,
        ),
        number(
          'score.bands.key',
          speech.say('policy_key_from'),
          { standard: rules.score.bands.key, most: 100 },
          fields,
        ),
        number(
          'score.hysteresis',
          speech.say('policy_hysteresis'),
          { standard: rules.score.hysteresis, most: 100 },
          fields,
        ),
        number(
          'score.newMonths',
          speech.say('policy_new_months'),
          { standard: rules.score.newMonths, most: 120, step: '1' },
          fields,
        ),
      ])}
      ${pools(fields)}
      ${group(speech.say('policy_rates'), '', [
        select(
          'supportMethod',
          speech.say('policy_method'),
          {
            standard: rules.supportMethod,
            options: SUPPORT_METHODS.map((each) => [each, valueWords('support_method', each, speech)]),
          },
          fields,
        ),
        number(
          'practicalCapacity',
          speech.say('policy_capacity'),
          { standard: rules.practicalCapacity, most: 1 },
          fields,
        ),
        number(
          'hourlyCostFactor',
          speech.say('policy_factor'),
          { standard: rules.hourlyCostFactor, most: 100 },
          fields,
        ),
      ])}
      ${services(fields)}
      ${group(speech.say('policy_when'), speech.say('policy_when_about'), [
        html`<label
          ><span>${speech.say('policy_from')}</span
          ><input
            type="date"
            name="from"
            value="${asked?.draft.from ?? nextMonth(status.earliest)}"
            min="${status.earliest}"
            ${mark('from', fields)}
        /></label>`,
        select(
          'basis',
          speech.say('policy_basis'),
          {
            standard: 'year',
            options: [
              ['year', speech.say('policy_basis_year')],
              ['day', speech.say('policy_basis_day')],
            ],
          },
          fields,
        ),
      ])}
      <p class="filter-buttons">
        <button type="submit">${speech.say('policy_try')}</button>
        <a class="quiet-button" href="/policy">${speech.say('filter_reset')}</a>
      </p>
    </form>
  </section>`
}

/** What a reader saw of the month that runs stays as it is, if nothing else is asked for. */
function nextMonth(first: string): string {
  const [year = 0, month = 1] = first.split('-').map(Number)
  return new Date(Date.UTC(year, month, 1)).toISOString().slice(0, 10)
}

function group(title: string, about: string, fields: readonly Html[], shape = ''): Html {
  return html`<fieldset>
    <legend>${title}</legend>
    ${about === '' ? '' : html`<p>${about}</p>`}
    <div class="policy-fields ${shape}">${fields}</div>
  </fieldset>`
}

function weights(kind: 'components' | 'indirect', fields: Fields): Html {
  const { speech, status } = fields
  const { score } = status.in_force
  const all = score[kind] ?? score.components
  const title = speech.say(kind === 'components' ? 'policy_weights' : 'policy_weights_indirect')
  return group(
    title,
    speech.say('policy_weights_about'),
    MEASURES.map((measure) => {
      const standard = all.find((one) => one.measure === measure)?.weight ?? 0
      return number(
        name.weight(kind, measure),
        valueWords('score_measure', measure, speech),
        { standard, most: 1 },
        fields,
      )
    }),
  )
}

function pools(fields: Fields): Html {
  const { speech, status } = fields
  const drivers: Option[] = DRIVERS.map((driver) => [driver, driverWords(driver, speech)])
  const none: Option = ['', '–']
  const of = (dimension: string, values: readonly string[]): Option[] => [
    none,
    ...values.map((value): Option => [value, valueWords(dimension, value, speech)]),
  ]
  return group(speech.say('policy_pools'), speech.say('policy_pools_form'), [
    ...status.in_force.costPools.map((pool, at) =>
      select(
        name.driver(at),
        poolWords(pool, speech),
        { standard: pool.driver, options: [...drivers, [NO_LINE, speech.say('policy_line_out')]] },
        fields,
      ),
    ),
    select(
      'newPool.department',
      speech.say('policy_new_department'),
      { standard: '', options: of('department', status.departments) },
      fields,
    ),
    select(
      'newPool.category',
      speech.say('policy_new_category'),
      { standard: '', options: of('cost_category', status.categories) },
      fields,
    ),
    select('newPool.driver', speech.say('policy_new_driver'), { standard: '', options: [none, ...drivers] }, fields),
  ])
}

function services(fields: Fields): Html {
  const { speech, status } = fields
  const { promises, visitCharges } = status.in_force
  return group(
    speech.say('policy_classes'),
    speech.say('policy_classes_form'),
    classesOf(status).flatMap((crmClass) => {
      const words = classWords(crmClass, speech)
      const promise = promises[crmClass]
      const hours = promise !== undefined && 'hours' in promise ? promise.hours : ''
      const isCommon = crmClass === 'default'
      const kinds: Option[] = PROMISES.map((kind) => [kind, speech.say(`policy_kind_${kind}`)])
      return [
        select(
          name.promise(crmClass),
          speech.say('policy_class_promise', { class: words }),
          {
            standard: promise?.kind ?? '',
            options: [['', speech.say(isCommon ? 'policy_no_promise' : 'policy_as_others')], ...kinds],
          },
          fields,
        ),
        number(
          name.hours(crmClass),
          speech.say('policy_class_hours', { class: words }),
          { standard: hours, most: 2000, optional: true },
          fields,
        ),
        number(
          name.charge(crmClass),
          speech.say('policy_class_charge', { class: words }),
          { standard: visitCharges[crmClass] ?? '', most: 1_000_000, optional: true },
          fields,
        ),
      ]
    }),
    'thirds',
  )
}

interface NumberField {
  readonly standard: number | ''
  readonly most: number
  readonly step?: string
  readonly optional?: boolean
}

function number(
  field: string,
  words: string,
  { standard, most, step = 'any', optional = false }: NumberField,
  fields: Fields,
): Html {
  return html`<label
    ><span>${words}</span
    ><input
      type="number"
      name="${field}"
      value="${fields.search.get(field) ?? String(standard)}"
      min="0"
      max="${most}"
      step="${step}"
      ${optional ? '' : raw('required')}
      ${mark(field, fields)}
  /></label>`
}

function select(
  field: string,
  words: string,
  { standard, options }: { standard: string; options: readonly Option[] },
  fields: Fields,
): Html {
  const current = fields.search.get(field) ?? standard
  return html`<label
    ><span>${words}</span
    ><select name="${field}" ${mark(field, fields)}>
      ${options.map(
        ([value, text]) => html`<option value="${value}" ${value === current ? raw('selected') : ''}>${text}</option>`,
      )}
    </select></label
  >`
}

/** A field at fault is marked and belongs to the words above; so do all weights whose sum is at fault. */
function mark(field: string, { fault }: Fields): ReturnType<typeof raw> | '' {
  const isAtFault = fault !== undefined && (field === fault || field.startsWith(`${fault}.`))
  return isAtFault ? raw('aria-invalid="true" aria-describedby="policy-refused"') : ''
}
