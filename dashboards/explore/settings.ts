import { html } from 'hono/html'
import { COMPARISONS, GRAINS, type Catalogue, type Grain } from '../../models/metrics/metric.ts'
import { offeredPeriods, periodName } from '../filters.ts'
import type { Html } from '../page.ts'
import type { View } from '../render/view.ts'
import type { WordKey } from '../words/en.ts'
import type { Speech } from '../words/speech.ts'
import { optionTag, type Building, type Option } from './building.ts'
import { FORMER } from './question.ts'
import { timesOf } from './show.ts'
import { nameOf, periodOf, SHOW_WORDS } from './words.ts'

/** One list of the form: a parameter of the query and what it may be. To offer another parameter, add one. */
interface Setting {
  readonly name: string
  readonly words: WordKey
  readonly chosen: (building: Building) => string
  readonly options: (building: Building, view: View) => readonly Option[]
}

const LIMITS = [10, 25, 50, 100, 250, 1000]
const TOPS = [3, 5, 10, 20]

const named = (value: string, words: WordKey, speech: Speech): Option => ({ value, words: speech.say(words) })
const none = (speech: Speech, words: WordKey): Option => named('', words, speech)

/** Months have no weeks. */
function fitsTime(grain: Grain, time: string | undefined, { dimensions }: Catalogue): boolean {
  return time !== undefined && (dimensions[time]?.kind === 'day' || ['month', 'quarter', 'year'].includes(grain))
}

function hasTarget(name: string, { metrics }: Catalogue): boolean {
  const metric = metrics[name]
  return metric !== undefined && 'target' in metric && metric.target !== undefined
}

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
    name: 'grain',
    words: 'explore_grain',
    chosen: ({ asked }) => asked.query.grain ?? '',
    options: ({ asked: { query }, catalogue }, { speech }) => {
      const [time] = timesOf(query, catalogue)
      const grains = GRAINS.filter((grain) => grain === query.grain || fitsTime(grain, time, catalogue))
      return [
        none(speech, 'explore_grain_none'),
        ...grains.map((value) => named(value, `explore_grain_${value}`, speech)),
      ]
    },
  },
  {
    name: 'compare',
    words: 'explore_compare',
    chosen: ({ asked }) => asked.query.compare ?? '',
    options: ({ asked: { query }, catalogue }, { speech }) => {
      const isPlanned = query.metrics.length > 0 && query.metrics.every((name) => hasTarget(name, catalogue))
      const fitting = COMPARISONS.filter((each) => each !== 'target' || isPlanned || query.compare === each)
      return [
        none(speech, 'explore_compare_none'),
        ...fitting.map((value) => named(value, `explore_compare_${value}`, speech)),
      ]
    },
  },
  {
    name: 'top',
    words: 'explore_top',
    chosen: ({ asked }) => String(asked.query.top ?? ''),
    options: ({ asked: { query } }, { speech }) => {
      const own = query.top === undefined || TOPS.includes(query.top) ? [] : [query.top]
      const numbers = query.by.length === 0 && query.top === undefined ? [] : [...TOPS, ...own]
      return [
        none(speech, 'explore_top_none'),
        ...numbers.map((count) => ({ value: String(count), words: speech.say('explore_top_first', { count }) })),
      ]
    },
  },
  {
    name: 'totals',
    words: 'explore_totals',
    chosen: ({ asked }) => (asked.query.totals === true ? 'true' : ''),
    options: (_building, { speech }) => [none(speech, 'no'), { value: 'true', words: speech.say('yes') }],
  },
  {
    name: 'order',
    words: 'explore_order',
    chosen: ({ asked }) => asked.query.order.join(','),
    options: ({ asked: { query } }, { speech }) => {
      const each = (name: string, words: WordKey) => ({ value: name, words: speech.say(words, { what: nameOf(name.replace(/^-/, ''), speech) }) }) // prettier-ignore
      const offered = [
        { value: '', words: speech.say('explore_order_fit') },
        ...query.metrics.flatMap((name) => [each(`-${name}`, 'explore_order_down'), each(name, 'explore_order_up')]),
        ...query.by.flatMap((name) => [each(name, 'explore_order_first'), each(`-${name}`, 'explore_order_last')]),
      ]
      const own = query.order.join(',')
      return offered.some(({ value }) => value === own)
        ? offered
        : [...offered, { value: own, words: speech.say('explore_order_own') }]
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

/** Period, comparison, order and picture. */
export function settings(building: Building, view: View): Html {
  const { speech } = view
  const { asOf, asked, catalogue } = building
  const { knownAt = '' } = asked.query
  const month = (name: 'from' | 'to', words: WordKey): Html =>
    html`<label>
      <span>${speech.say(words)}</span>
      <input type="month" name="${name}" max="${asOf.slice(0, 7)}" pattern="\\d{4}-\\d{2}" data-wait />
    </label>`
  const former = (name: keyof typeof FORMER, value: string): Html =>
    html`<input type="hidden" name="${FORMER[name]}" value="${value}" />`
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
      <input type="date" name="known_at" value="${knownAt.slice(0, 10)}" data-wait />
    </label>
    ${knownAt.length > 10 ? former('instant', knownAt) : ''}
    ${asked.query.grain === undefined ? '' : timesOf(asked.query, catalogue).map((time) => former('times', time))}
    ${asked.query.asOf === undefined ? '' : html`<input type="hidden" name="as_of" value="${asked.query.asOf}" />`}
  </fieldset>`
}
