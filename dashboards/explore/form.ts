import { html, raw } from 'hono/html'
import type { MetricQuery } from '../../models/metrics/metric.ts'
import { splitsOf } from '../../models/metrics/splits.ts'
import { subjects } from '../../models/metrics/subjects.ts'
import { dimensionWords, metricWords } from '../charts/rows.ts'
import { offeredPeriods, periodName } from '../filters.ts'
import type { Html } from '../page.ts'
import type { View } from '../render/view.ts'
import type { WordKey } from '../words/en.ts'
import { optionTag, type Building, type Option } from './building.ts'
import { fittingMetrics, usedDimensions } from './conflicts.ts'
import { filterFields } from './filter-fields.ts'
import { addressWith, type Asked } from './question.ts'
import { nameOf, periodOf, SHOW_WORDS } from './words.ts'

/** Everything that can be chosen, as a form whose address is the question. */
export function exploreForm(building: Building, view: View): Html {
  const { asked } = building
  const { speech } = view
  return html`<form
    class="card explore-form"
    id="explore-form"
    method="get"
    action="/explore"
    aria-label="${speech.say('explore_form')}"
    data-explore
  >
    <p class="to-answer"><a href="#answer">${speech.say('explore_to_answer')}</a></p>
    ${figures(building, view)} ${splits(building, view)} ${filterFields(building, view)} ${settings(building, view)}
    ${asked.manner.map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`)}
    ${asked.saved === undefined ? '' : html`<input type="hidden" name="exploration" value="${asked.saved}" />`}
    <p class="filter-buttons">
      <button type="submit">${speech.say('explore_apply')}</button>
      <a class="quiet-button" href="/explore">${speech.say('explore_again')}</a>
    </p>
  </form>`
}

function figures({ asked, catalogue }: Building, view: View): Html {
  const { speech } = view
  const { query } = asked
  const fitting = new Set([...fittingMetrics(query, catalogue), ...query.metrics])
  const left = Object.keys(catalogue.metrics).length - fitting.size
  return html`<fieldset>
    <legend>${speech.say('explore_figures')}</legend>
    ${chosen(query.metrics, (names) => ({ metrics: names }), { asked, view })} ${finder('explore-figures', view)}
    <div class="choose" id="explore-figures">
      ${subjects.map(({ words, metrics }) => {
        const names = Object.keys(metrics).filter((name) => fitting.has(name) && Object.hasOwn(catalogue.metrics, name))
        const open = names.some((name) => query.metrics.includes(name))
        return names.length === 0
          ? ''
          : html`<details ${open ? raw('open') : ''}>
              <summary>${speech.pick(words)}</summary>
              ${names.map((name) =>
                choice({
                  name: 'metrics',
                  value: name,
                  words: metricWords(name, speech),
                  about: catalogue.metrics[name] === undefined ? '' : speech.pick(catalogue.metrics[name].about),
                  checked: query.metrics.includes(name),
                }),
              )}
            </details>`
      })}
    </div>
    ${
      left === 0
        ? ''
        : html`<p class="small">
            ${speech.say('explore_figures_left', {
              count: left,
              what: speech.list(usedDimensions(query, catalogue).map((name) => dimensionWords(name, speech))),
            })}
          </p>`
    }
  </fieldset>`
}

function splits({ asked, catalogue }: Building, view: View): Html {
  const { speech } = view
  const { query } = asked
  const possible = query.metrics.length === 0 ? [] : splitsOf(catalogue, query.metrics)
  const names = [...new Set([...possible, ...query.by.filter((name) => Object.hasOwn(catalogue.dimensions, name))])]
  return html`<fieldset>
    <legend>${speech.say('explore_by')}</legend>
    ${chosen(query.by, (by) => ({ by }), { asked, view })}
    ${
      names.length === 0
        ? html`<p class="small">${speech.say('explore_by_first')}</p>`
        : html`${finder('explore-splits', view)}
            <div class="choose" id="explore-splits">
              ${names.map((name) =>
                choice({
                  name: 'by',
                  value: name,
                  words: dimensionWords(name, speech),
                  about: '',
                  checked: query.by.includes(name),
                }),
              )}
            </div>`
    }
  </fieldset>`
}

/** What is chosen, in its order, each with a way to take it out. */
function chosen(
  names: readonly string[],
  changed: (names: readonly string[]) => Partial<MetricQuery>,
  { asked, view: { speech } }: { asked: Asked; view: View },
): Html | string {
  if (names.length === 0) return ''
  return html`<ul class="chips" aria-label="${speech.say('explore_chosen')}">
    ${names.map((name) => {
      const without = changed(names.filter((each) => each !== name))
      const order = asked.query.order.filter((each) => each.replace(/^-/, '') !== name)
      return html`<li>
        ${nameOf(name, speech)}
        <a
          href="${addressWith(asked, { ...without, order })}"
          aria-label="${speech.say('explore_take_out', { what: nameOf(name, speech) })}"
          data-within
          >✕</a
        >
      </li>`
    })}
  </ul>`
}

/** A field that narrows a list as one types; without JavaScript it stays hidden. */
function finder(list: string, { speech }: View): Html {
  return html`<div class="finder" hidden data-scripted>
    <label>
      <span>${speech.say('explore_find')}</span>
      <input type="search" data-find="${list}" autocomplete="off" />
    </label>
    <p class="hidden" role="status" data-found data-words="${speech.say('explore_found')}"></p>
  </div>`
}

interface Choice {
  readonly name: string
  readonly value: string
  readonly words: string
  readonly about: string
  readonly checked: boolean
}

function choice({ name, value, words, about, checked }: Choice): Html {
  return html`<label class="tick" title="${about}">
    <input type="checkbox" id="${name}-${value}" name="${name}" value="${value}" ${checked ? raw('checked') : ''} />
    <span>${words}</span>
  </label>`
}

/** One list of the form: a parameter of the query and what it may be. To offer another parameter, add one. */
interface Setting {
  readonly name: string
  readonly words: WordKey
  readonly chosen: (building: Building) => string
  readonly options: (building: Building, view: View) => readonly Option[]
}

const LIMITS = [10, 25, 50, 100, 250, 1000]

const SETTINGS: readonly Setting[] = [
  {
    name: 'period',
    words: 'filter_period',
    // Who begins sees the last twelve months, as on other pages.
    chosen: ({ asked }) => (asked.query.metrics.length === 0 ? 'trailing_12' : periodOf(asked.query)),
    options: ({ asked, asOf }, { speech }) =>
      offeredPeriods(asOf, periodOf(asked.query)).map((value) => ({ value, words: periodName(value, speech) })),
  },
  {
    name: 'order',
    words: 'explore_order',
    chosen: ({ asked }) => asked.query.order.join(','),
    options: ({ asked: { query } }, { speech }) => {
      const each = (name: string, words: WordKey) => ({ value: name, words: speech.say(words, { what: nameOf(name.replace(/^-/, ''), speech) }) }) // prettier-ignore
      return [
        { value: '', words: speech.say('explore_order_fit') },
        ...query.metrics.flatMap((name) => [each(`-${name}`, 'explore_order_down'), each(name, 'explore_order_up')]),
        ...query.by.flatMap((name) => [each(name, 'explore_order_first'), each(`-${name}`, 'explore_order_last')]),
        ...(query.order.length > 1 ? [{ value: query.order.join(','), words: speech.say('explore_order_own') }] : []),
      ]
    },
  },
  {
    name: 'limit',
    words: 'explore_limit',
    chosen: ({ asked }) => String(asked.query.limit ?? ''),
    options: ({ asked: { query } }, { speech }) => {
      const own = query.limit === undefined || LIMITS.includes(query.limit) ? [] : [query.limit]
      const numbers = [...LIMITS, ...own].map((limit) => ({
        value: String(limit),
        words: speech.figure(limit, 'count'),
      }))
      return [{ value: '', words: speech.say('explore_order_fit') }, ...numbers]
    },
  },
  {
    name: 'show',
    words: 'explore_show',
    chosen: ({ asked }) => asked.show ?? '',
    options: ({ shows }, { speech }) => [
      { value: '', words: speech.say('explore_order_fit') },
      ...shows.map((show) => ({ value: show, words: speech.say(SHOW_WORDS[show]) })),
    ],
  },
]

function settings(building: Building, view: View): Html {
  const { speech } = view
  const { asOf, asked } = building
  const month = (name: 'from' | 'to', words: WordKey): Html =>
    html`<label>
      <span>${speech.say(words)}</span>
      <input type="month" name="${name}" max="${asOf.slice(0, 7)}" pattern="\\d{4}-\\d{2}" data-wait />
    </label>`
  return html`<fieldset class="settings">
    <legend>${speech.say('explore_settings')}</legend>
    ${SETTINGS.map((setting) => {
      const current = setting.chosen(building)
      return html`<label>
        <span>${speech.say(setting.words)}</span>
        <select name="${setting.name}" id="explore-${setting.name}">
          ${setting.options(building, view).map((option) => optionTag(option, option.value === current))}
        </select>
      </label>`
    })}
    ${month('from', 'explore_from')} ${month('to', 'explore_to')}
    <label>
      <span>${speech.say('filter_known_at')}</span>
      <input type="date" name="known_at" value="${asked.query.knownAt?.slice(0, 10) ?? ''}" data-wait />
    </label>
    ${asked.query.asOf === undefined ? '' : html`<input type="hidden" name="as_of" value="${asked.query.asOf}" />`}
  </fieldset>`
}
