import { html } from 'hono/html'
import {
  changeComponents,
  type Change,
  type ChangePart,
  type ChangeQuestion,
  type ChangeSplit,
} from '../../models/metrics/change.ts'
import { shownEffects, spanWords } from '../charts/change-waterfall.ts'
import { dimensionWords, metricWords, valueWords } from '../charts/rows.ts'
import type { Html } from '../page.ts'
import { changeCharts, changeData } from '../render/change-charts.ts'
import { listCard, type ListColumn } from '../render/list.ts'
import { dataBlock, type View } from '../render/view.ts'
import type { Speech } from '../words/speech.ts'
import { changeForm } from './change-form.ts'

export interface ChangesShown {
  readonly change: Change
  readonly question: ChangeQuestion & { readonly by: string }
  /** Name of the only customer the page is about. */
  readonly customer: string | undefined
}

/** Why a figure changed: in a sentence, as a picture, by part and cause, and who is behind it. */
export function changesPage({ change, question, customer }: ChangesShown, view: View): readonly Html[] {
  const { speech } = view
  return [
    html`<div class="page-head">
      <div>
        <h1>${speech.say('changes_title')}</h1>
        <p class="intro">${speech.say('changes_intro')}</p>
      </div>
      <p class="as-of">
        <span>${speech.say('evidence_as_of')} <strong>${speech.day(change.as_of)}</strong></span>
        <span>${speech.say('evidence_known_at')} <strong>${speech.instant(change.known_at)}</strong></span>
      </p>
    </div>`,
    changeForm({ question, customer }, change.as_of, view),
    sentence(change, speech),
    changeCharts(change, view),
    componentsCard(change, view),
    partsCard(change, question, view),
    leadersCard(change, view),
    dataBlock('page-data', changeData(change, view)),
  ]
}

function sentence(change: Change, speech: Speech): Html {
  const { metric, was, is } = change
  const difference = differenceOf(change)
  const money = (amount: number): string => speech.glance(amount, 'money')
  const signed = (amount: number): string => `${amount > 0 ? '+' : ''}${money(amount)}`
  const causes = shownEffects(change)
    .filter((name) => change[name] !== 0)
    .toSorted((one, other) => Math.abs(change[other]) - Math.abs(change[one]))
    .map((name) => speech.say('changes_cause', { cause: speech.say(`effect_${name}`), amount: signed(change[name]) }))
  const [first] = change.components.toSorted(
    (one, other) => Math.abs(differenceOf(other)) - Math.abs(differenceOf(one)),
  )
  const key = difference > 0 ? 'changes_rose' : difference < 0 ? 'changes_fell' : 'changes_same'
  return html`<div class="finding">
    <p class="headline">
      ${speech.say(key, {
        metric: metricWords(metric, speech),
        amount: money(Math.abs(difference)),
        was: money(was),
        is: money(is),
        before: spanWords(change.from, speech),
        now: spanWords(change.to, speech),
      })}
    </p>
    ${
      causes.length === 0
        ? html`<p>${speech.say('changes_none')}</p>`
        : html`<p>
            ${speech.say('changes_because', { causes: speech.list(causes) })}
            ${
              first === undefined || change.components.length < 2
                ? ''
                : speech.say('changes_through', {
                    component: speech.pick(changeComponents[first.component]),
                    amount: signed(differenceOf(first)),
                  })
            }
          </p>`
    }
    <p class="small">
      ${
        change.grace_days === null
          ? speech.say('changes_late_apart')
          : speech.say('changes_late_known', {
              before: speech.instant(change.from.known_at),
              now: speech.instant(change.to.known_at),
            })
      }
    </p>
  </div>`
}

/** In whole cents, so that no rest of a double shows. */
function differenceOf({ was, is }: ChangeSplit): number {
  return (Math.round(is * 100) - Math.round(was * 100)) / 100
}

function splitColumns<Row extends ChangeSplit>(change: Change, speech: Speech): readonly ListColumn<Row>[] {
  const money = (title: string, of: (row: Row) => number): ListColumn<Row> => ({
    title,
    cell: (row) => speech.cents(of(row)),
    figure: true,
  })
  return [
    money(speech.say('changes_was'), ({ was }) => was),
    ...shownEffects(change).map((name) => money(speech.say(`effect_${name}`), (row) => row[name])),
    money(speech.say('changes_is'), ({ is }) => is),
    money(speech.say('changes_difference'), differenceOf),
  ]
}

function componentsCard(change: Change, view: View): Html {
  const { speech } = view
  const rows = [
    ...change.components.map((each) => ({ ...each, name: speech.pick(changeComponents[each.component]) })),
    { ...change, name: speech.say('changes_whole') },
  ]
  return listCard(
    {
      name: 'components',
      title: speech.say('changes_components_title'),
      about: speech.say('changes_components_about'),
      rows: change.components.length === 0 ? [] : rows,
      columns: [
        {
          title: speech.say('changes_part'),
          cell: (row) => (row === rows.at(-1) ? html`<strong>${row.name}</strong>` : row.name),
        },
        ...splitColumns<(typeof rows)[number]>(change, speech),
      ],
      none: speech.say('changes_none'),
    },
    view,
  )
}

function nameOf({ value, label }: ChangePart, by: string, speech: Speech): string {
  const words = valueWords(by, value, speech)
  return words === value && label !== null ? label : words
}

function partsCard(change: Change, { by }: ChangesShown['question'], view: View): Html {
  const { speech, url } = view
  const what = dimensionWords(by, speech)
  return listCard(
    {
      name: 'parts',
      title: speech.say('changes_parts_title', { what }),
      about: speech.say('changes_parts_about', {
        count: change.parts.length,
        total: speech.figure(change.total, 'count'),
      }),
      rows: change.parts,
      columns: [
        {
          title: what,
          cell: (part) => {
            const name = nameOf(part, by, speech)
            return html`<a
              href="${narrowed(url, by, part.value)}"
              aria-label="${speech.say('changes_narrow', { what: name })}"
              >${name}</a
            >`
          },
        },
        ...splitColumns<ChangePart>(change, speech),
      ],
      none: speech.say('changes_none'),
    },
    view,
  )
}

/** The same page for one value alone, split by what the page thinks fit. */
function narrowed(url: URL, by: string, value: string | null): string {
  const parameters = new URLSearchParams(url.searchParams)
  parameters.delete('by')
  parameters.append('where', `${by}:eq:${value ?? ''}`)
  return `${url.pathname}?${parameters.toString()}`
}

function leadersCard(change: Change, view: View): Html {
  const { speech } = view
  const signed = (amount: number): string => `${amount > 0 ? '+' : ''}${speech.figure(amount, 'money')}`
  return listCard(
    {
      name: 'causes',
      title: speech.say('changes_leaders_title'),
      about: speech.say('changes_leaders_about'),
      rows: shownEffects(change),
      columns: [
        { title: speech.say('changes_cause_title'), cell: (name) => speech.say(`effect_${name}`) },
        { title: speech.say('chart_change_amount'), cell: (name) => speech.cents(change[name]), figure: true },
        {
          title: dimensionWords(change.by ?? '', speech),
          cell: (name) =>
            html`${change.leaders[name].map(
              (part) => html`<div>${nameOf(part, change.by ?? '', speech)} ${signed(part[name])}</div>`,
            )}`,
        },
        { title: speech.say('changes_means'), cell: (name) => speech.say(`effect_${name}_about`), wide: true },
      ],
      none: speech.say('changes_none'),
    },
    view,
  )
}
