import { html } from 'hono/html'
import { sourceColumns, isEntityName } from '../../entities/entities.ts'
import { metrics } from '../../models/metrics/catalogue.ts'
import type { Filter } from '../../models/metrics/metric.ts'
import type { Restatement, RestatedMonth, RestatingRow, RestatingRows } from '../../models/metrics/restatement.ts'
import { hasPeriods } from '../answers.ts'
import { dimensionWords, metricWords, unitOf, valueWords } from '../charts/rows.ts'
import { hrefWith } from '../filters.ts'
import type { Html } from '../page.ts'
import { listCard, type ListColumn } from '../render/list.ts'
import type { View } from '../render/view.ts'
import { waiting } from '../render/waiting.ts'
import type { WordKey } from '../words/en.ts'
import type { Speech } from '../words/speech.ts'
import { entityWords } from './pipeline-tables.ts'

export interface RestatementsShown {
  readonly restatement: Restatement
  /** The rows behind one month, where one was picked. */
  readonly picked: { readonly month: string; readonly rows: RestatingRows } | undefined
  /** The day the form offers first: the end of the last month that is over. */
  readonly day: string
  readonly metric: string
  /** The business date: the last day that can be asked for. */
  readonly latest: string
  /** What narrows the figure, as on the page the reader came from. */
  readonly where: readonly Filter[]
}

/** Metrics of months that are no ranks: a rank changes whenever another customer does. */
export function restatable(): string[] {
  return Object.keys(metrics).filter((name) => hasPeriods(name) && !('rankOf' in (metrics[name] ?? {})))
}

/** What was said of past months, what is said of them now, and the rows that made the difference. */
export function restatementsPage(shown: RestatementsShown, view: View): readonly Html[] {
  const { speech } = view
  return [
    html`<div class="page-head">
      <div>
        <h1>${speech.say('restatements_title')}</h1>
        <p class="intro">${speech.say('restatements_intro')}</p>
      </div>
    </div>`,
    choiceForm(shown, view),
    ...(shown.where.length === 0
      ? []
      : [
          html`<p class="small">
            ${speech.say('restatements_only', { what: speech.list(shown.where.map((filter) => onlyWords(filter, speech))) })}
          </p>`,
        ]),
    monthsCard(shown.restatement, view),
    ...(shown.picked === undefined ? [] : [rowsCard(shown.picked, view)]),
  ]
}

function onlyWords({ field, values }: Filter, speech: Speech): string {
  return `${dimensionWords(field, speech)}: ${speech.list(values.map((value) => valueWords(field, value, speech)))}`
}

function choiceForm({ metric, day, latest }: RestatementsShown, view: View): Html {
  const { speech, sight } = view
  return html`<form class="filters" method="get" action="/restatements" aria-label="${speech.say('filters')}">
    <label>
      <span>${speech.say('restatements_metric')}</span>
      <select name="metric">
        ${restatable()
          .filter(sight.sees)
          .map((name) =>
            name === metric
              ? html`<option value="${name}" selected>${metricWords(name, speech)}</option>`
              : html`<option value="${name}">${metricWords(name, speech)}</option>`,
          )}
      </select>
    </label>
    <label>
      <span>${speech.say('filter_known_at')}</span>
      <input type="date" name="known_at" value="${day}" max="${latest}" required />
    </label>
    <span class="filter-buttons"><button type="submit">${speech.say('filter_apply')}</button> ${waiting(view)}</span>
  </form>`
}

function monthsCard({ metric, was_known_at, is_known_at, months }: Restatement, view: View): Html {
  const { speech, url, sight } = view
  const unit = unitOf(metric)
  const columns: readonly ListColumn<RestatedMonth>[] = [
    { title: speech.say('restatements_month'), cell: ({ month }) => speech.month(month) },
    { title: speech.say('restatements_was'), cell: ({ was }) => speech.figure(was, unit), figure: true },
    { title: speech.say('restatements_is'), cell: ({ is }) => speech.figure(is, unit), figure: true },
    { title: speech.say('restatements_difference'), cell: (row) => difference(row, speech, metric), figure: true },
    ...(!sight.may('see_sources')
      ? []
      : [
          {
            title: speech.say('restatements_because'),
            cell: ({ month }: RestatedMonth) => {
              const name = speech.month(month)
              return html`<a
                href="${hrefWith(url, { metric, month: month.slice(0, 7) })}#rows"
                aria-label="${speech.say('restatements_show_of', { month: name })}"
                >${speech.say('restatements_show')}</a
              >`
            },
          },
        ]),
  ]
  return listCard(
    {
      name: 'months',
      title: metricWords(metric, speech),
      about: speech.say('restatements_about', { was: speech.instant(was_known_at), is: speech.instant(is_known_at) }),
      rows: months,
      columns,
      none: speech.say('restatements_none'),
    },
    view,
  )
}

function difference({ was, is }: RestatedMonth, speech: Speech, metric: string): string {
  if (was === null || is === null) return speech.say('no_figure')
  const sign = is > was ? '+' : ''
  return unitOf(metric) === 'share'
    ? speech.change(is, was, 'share')
    : `${sign}${speech.figure(is - was, unitOf(metric))}`
}

const CHANGES: Readonly<Record<RestatingRow['change'], WordKey>> = {
  new: 'restating_new',
  changed: 'restating_changed',
  deleted: 'restating_deleted',
}

function rowsCard({ month, rows }: { month: string; rows: RestatingRows }, view: View): Html {
  const { speech } = view
  const columns: readonly ListColumn<RestatingRow>[] = [
    { title: speech.say('restating_known_from'), cell: (row) => speech.instant(row.known_from) },
    { title: speech.say('feed_entity'), cell: (row) => entityWords(row.entity, speech) },
    { title: speech.say('restating_record'), cell: (row) => html`<code>${row.record}</code>` },
    { title: speech.say('restating_what'), cell: (row) => speech.say(CHANGES[row.change]) },
    { title: speech.say('restating_fields'), cell: (row) => fields(row, speech), wide: true },
  ]
  const some = rows.total > rows.rows.length
  return listCard(
    {
      name: 'rows',
      title: speech.say('restating_title', { month: speech.month(month) }),
      about: some
        ? speech.say('restating_some', { count: rows.rows.length, of: speech.figure(rows.total, 'count') })
        : speech.say('restating_about'),
      rows: rows.rows,
      columns,
      none: speech.say('restating_none'),
    },
    view,
  )
}

function fields({ entity, fields: changed }: RestatingRow, speech: Speech): Html {
  return html`${changed.map(
    ({ field, was, is }) => html`<div>${fieldWords(entity, field, speech)}: ${was ?? '–'} → ${is ?? '–'}</div>`,
  )}`
}

function fieldWords(entity: string, field: string, speech: Speech): string {
  const words = isEntityName(entity) ? sourceColumns(entity)[field]?.words : undefined
  return words === undefined ? field : speech.pick(words)
}
