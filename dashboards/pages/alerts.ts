import { html } from 'hono/html'
import type { AlertLog, AlertStatus, FiringGroup } from '../../models/metrics/alert.ts'
import { dimensionWords, metricWords } from '../charts/rows.ts'
import type { Html } from '../page.ts'
import { listCard, type ListColumn } from '../render/list.ts'
import type { View } from '../render/view.ts'
import { alertLogCard } from './alert-log.ts'
import { groupWords, valueOf, whyWords } from './alert-words.ts'

export interface AlertsShown {
  readonly alerts: readonly AlertStatus[]
  /** The alert whose log is open. */
  readonly log: { readonly alert: AlertStatus; readonly found: AlertLog } | undefined
  /** A decision was carried out. */
  readonly done: boolean
  /** What was refused, in words. */
  readonly problem: string | undefined
}

/** Days one may snooze for. */
export const SNOOZES = [1, 3, 7, 30] as const

interface Firing extends FiringGroup {
  readonly alert: AlertStatus
}

/** What fires now, what is in error, all alerts, and the log of one. */
export function alertsPage(shown: AlertsShown, view: View): readonly Html[] {
  const { speech } = view
  const { alerts, log, done, problem } = shown
  const firing = alerts.flatMap((alert) => alert.firing.map((group): Firing => ({ ...group, alert })))
  const errors = alerts.filter(({ error }) => error !== null)
  return [
    html`<div class="page-head">
      <div>
        <h1>${speech.say('alerts_title')}</h1>
        <p class="intro">${speech.say('alerts_intro')}</p>
      </div>
    </div>`,
    ...(problem === undefined ? [] : [html`<p class="warning" role="alert">${problem}</p>`]),
    ...(done && problem === undefined ? [html`<p role="status">${speech.say('alerts_done')}</p>`] : []),
    headline(firing, errors, view),
    firingCard(
      firing.toSorted((one, other) => other.since.localeCompare(one.since)),
      view,
    ),
    ...(errors.length === 0 ? [] : [errorsCard(errors, view)]),
    listOfAlerts(alerts, view),
    ...(log === undefined ? [] : [alertLogCard(log, view)]),
  ]
}

/** Said where nothing is watched. */
export function nothingWatched({ speech }: View): readonly Html[] {
  return [
    html`<h1>${speech.say('alerts_title')}</h1>`,
    html`<section class="card notice"><p>${speech.say('alerts_none_watched')}</p></section>`,
  ]
}

function headline(firing: readonly Firing[], errors: readonly AlertStatus[], { speech }: View): Html {
  const loud = firing.filter(({ status }) => status === 'firing').length
  const words =
    firing.length === 0 && errors.length === 0
      ? speech.say('alerts_all_quiet')
      : speech.say('alerts_headline', { firing: loud, quiet: firing.length - loud, errors: errors.length })
  return html`<div class="finding"><p class="headline">${words}</p></div>`
}

function firingCard(rows: readonly Firing[], view: View): Html {
  const { speech } = view
  const columns: readonly ListColumn<Firing>[] = [
    { title: speech.say('alerts_alert'), cell: ({ alert }) => speech.pick(alert.title) },
    { title: speech.say('alerts_group'), cell: ({ alert, label }) => groupWords(alert, label, view) },
    { title: speech.say('alerts_value'), cell: ({ alert, value }) => valueOf(alert, value, view), figure: true },
    { title: speech.say('alerts_why'), cell: ({ alert, why }) => whyWords(alert, why, view), wide: true },
    // In sight without scrolling: what one comes for.
    { title: speech.say('alerts_do'), cell: (row) => decide(row, view) },
    { title: speech.say('alerts_see'), cell: (row) => links(row, view) },
    { title: speech.say('alerts_since'), cell: ({ since }) => (since === '' ? '' : speech.instant(since)) },
    { title: speech.say('alerts_owner'), cell: ({ alert }) => alert.owner },
    { title: speech.say('alerts_read'), cell: ({ read_at: at }) => (at === null ? '–' : speech.instant(at)) },
  ]
  return listCard(
    {
      name: 'firing',
      title: speech.say('alerts_firing_title'),
      about: speech.say('alerts_firing_about'),
      rows,
      columns,
      none: speech.say('alerts_firing_none'),
    },
    view,
  )
}

function links({ alert, label, query, change }: Firing, view: View): Html {
  const { speech } = view
  const group = groupWords(alert, label, view)
  return html`${
    query === null
      ? ''
      : html`<a href="/explore?${query}" aria-label="${speech.say('alerts_figure_of', { group })}"
          >${speech.say('alerts_figure')}</a
        >`
  }
  ${
    change === null || !view.opens('/changes')
      ? ''
      : html`<a href="/changes?${change}" aria-label="${speech.say('alerts_change_of', { group })}"
          >${speech.say('alerts_change')}</a
        >`
  }`
}

/** Forms that work without JavaScript; what a decision does stands in the table. */
function decide(row: Firing, view: View): Html | string {
  const { speech, sight } = view
  const status = html`<span>${speech.say(`alerts_status_${row.status}`)}</span>`
  if (!sight.may('acknowledge_alerts') || !view.orders) return status
  const alert = speech.pick(row.alert.title)
  const group = groupWords(row.alert, row.label, view)
  const action = `/alerts/${encodeURIComponent(row.alert.name)}`
  const named = (words: string): string => speech.say('alerts_of', { action: words, alert, group })
  const acknowledge = speech.say('alerts_acknowledge')
  const snooze = speech.say('alerts_snooze')
  return html`<div class="decisions">
    ${row.status === 'firing' ? '' : status}
    ${
      row.status === 'acknowledged'
        ? ''
        : html`<form method="post" action="${action}">
            <input type="hidden" name="group" value="${row.group}" />
            <button type="submit" name="do" value="acknowledge" class="quiet-button" aria-label="${named(acknowledge)}">
              ${acknowledge}
            </button>
          </form>`
    }
    <details class="correct">
      <summary aria-label="${named(snooze)}">${snooze}</summary>
      <form method="post" action="${action}">
        <input type="hidden" name="group" value="${row.group}" />
        <label>
          <span>${speech.say('alerts_snooze_days')}</span>
          <select name="days">
            ${SNOOZES.map((days) => html`<option value="${days}">${days}</option>`)}
          </select>
        </label>
        <button type="submit" name="do" value="snooze" class="quiet-button" aria-label="${named(snooze)}">
          ${snooze}
        </button>
      </form>
    </details>
  </div>`
}

function errorsCard(rows: readonly AlertStatus[], view: View): Html {
  const { speech } = view
  return listCard(
    {
      name: 'alert-errors',
      title: speech.say('alerts_errors_title'),
      about: speech.say('alerts_errors_about'),
      rows,
      columns: [
        { title: speech.say('alerts_alert'), cell: ({ title }) => speech.pick(title) },
        {
          title: speech.say('alerts_error'),
          cell: (alert) => (alert.error === null ? '' : whyWords(alert, [alert.error], view)),
          wide: true,
        },
        { title: speech.say('alerts_since'), cell: ({ error_since: at }) => (at === null ? '' : speech.instant(at)) },
        { title: speech.say('alerts_owner'), cell: ({ owner }) => owner },
      ],
      none: '',
    },
    view,
  )
}

function listOfAlerts(rows: readonly AlertStatus[], view: View): Html {
  const { speech } = view
  return listCard(
    {
      name: 'alerts',
      title: speech.say('alerts_list_title'),
      about: speech.say('alerts_list_about'),
      rows,
      columns: [
        { title: speech.say('alerts_alert'), cell: ({ title }) => speech.pick(title) },
        { title: speech.say('alerts_watches'), cell: (alert) => watchedWords(alert, view) },
        { title: speech.say('alerts_state'), cell: (alert) => stateWords(alert, view) },
        { title: speech.say('alerts_groups'), cell: ({ groups }) => speech.figure(groups, 'count'), figure: true },
        {
          title: speech.say('alerts_evaluated'),
          cell: ({ evaluated_at: at }) => (at === null ? '–' : speech.instant(at)),
        },
        { title: speech.say('alerts_owner'), cell: ({ owner }) => owner },
        {
          title: speech.say('alerts_log'),
          cell: ({ name, title }) =>
            html`<a
              href="/alerts?alert=${encodeURIComponent(name)}#alert-log"
              aria-label="${speech.say('alerts_log_of', { alert: speech.pick(title) })}"
              >${speech.say('alerts_log')}</a
            >`,
        },
      ],
      none: speech.say('alerts_list_none'),
    },
    view,
  )
}

function watchedWords({ metric, by }: AlertStatus, { speech }: View): string {
  if (metric === null) return speech.say('alerts_watches_pipelines')
  const words = metricWords(metric, speech)
  return by === null ? words : speech.say('alerts_by', { metric: words, dimension: dimensionWords(by, speech) })
}

function stateWords({ error, evaluated_at: at, firing }: AlertStatus, { speech }: View): string {
  if (error !== null) return speech.say('alerts_state_error')
  if (at === null) return speech.say('alerts_state_never')
  return firing.length === 0
    ? speech.say('alerts_state_quiet')
    : speech.say('alerts_state_fires', { count: speech.figure(firing.length, 'count') })
}
