import { html, raw } from 'hono/html'
import { metrics as catalogued } from '../../models/metrics/catalogue.ts'
import { ROW_KIND, type Answer, type Catalogue } from '../../models/metrics/metric.ts'
import { formatMetricQuery } from '../../models/metrics/query-string.ts'
import { hasPeriods } from '../answers.ts'
import { drawingsOf, type Drawing } from '../charts/explored.ts'
import { palettes } from '../charts/palette.ts'
import { figureOf, metricWords, unitOf } from '../charts/rows.ts'
import type { PageData } from '../client/page-data.ts'
import type { Html } from '../page.ts'
import { coverageWords, isThin } from '../render/coverage.ts'
import { evidenceSection } from '../render/evidence.ts'
import { columnsOf } from '../render/table.ts'
import { tableRows, type TableColumn } from '../render/table-rows.ts'
import { dataBlock, type View } from '../render/view.ts'
import { comparedFigures, comparedLine, namedRows, withCompared } from './comparison.ts'
import { orderOf, pageSize, wholeQuestion, type Pictured, type Shown } from './answer.ts'
import { addressOf, addressWith, type Asked } from './question.ts'
import { periodOf, questionWords } from './words.ts'

interface Told {
  readonly asked: Asked
  readonly shown: Shown
  readonly catalogue: Catalogue
}

/** The answer: what was asked, a picture where one fits, the rows, and what they stand on. */
export function exploreResult(told: Told, view: View): readonly Html[] {
  const { speech } = view
  const { asked, shown } = told
  const drawings =
    shown.pictured === undefined || shown.pictured.answer.rows.length === 0
      ? []
      : drawingsOf(shown.pictured, asked.query.metrics, speech)
  return [
    notes(told, view),
    drawings.length === 0 ? html`` : pictures(drawings, shown.pictured, view),
    asked.query.by.length === 0 ? figures(told, view) : rows(told, view),
    meanings(asked, view),
    evidenceSection({ figures: shown.page }, [], view),
    dataBlock('page-data', browserData(drawings, view)),
  ]
}

function notes({ asked: { query }, shown: { page } }: Told, view: View): Html {
  const { speech } = view
  const fixed = periodOf(query) === 'all_time' ? [] : query.metrics.filter((name) => !hasPeriods(name))
  const thin = query.metrics.filter((name) => isThin(name, page, view))
  return html`${comparedLine(page, speech)}
  ${
    fixed.length === 0
      ? ''
      : html`<p class="small">
          ${speech.say('explore_no_period', { figures: speech.list(fixed.map((name) => metricWords(name, speech))) })}
        </p>`
  }
  ${thin.map((name) => {
    const coverage = coverageWords(name, page, speech) ?? ''
    return html`<p class="thin-note">${metricWords(name, speech)} – ${speech.say('coverage_below', { coverage })}</p>`
  })}`
}

function pictures(drawings: readonly Drawing[], pictured: Pictured | undefined, { speech }: View): Html {
  const marks = pictured?.show === 'bar' ? (drawings[0]?.rows.length ?? 0) : (pictured?.drawn ?? 0)
  const cut = pictured !== undefined && marks < pictured.of
  const rest = pictured?.whole === undefined ? '' : ` ${speech.say('explore_cut_others')}`
  return html`<div class="charts">
    ${drawings.map(
      ({ title }, at) =>
        html`<figure class="card chart" aria-labelledby="explore-${at}-title">
          <figcaption>
            <h2 id="explore-${at}-title">${title}</h2>
            ${cut ? html`<p>${speech.say('explore_cut', { count: marks, of: speech.figure(pictured?.of ?? 0, 'count') })}${rest}</p>` : ''}
          </figcaption>
          <div class="drawing" data-chart="explore-${at}" role="img" aria-label="${title}">
            <p class="nothing">${speech.say('chart_wait')}</p>
          </div>
        </figure>`,
    )}
  </div>`
}

function browserData(drawings: readonly Drawing[], { speech }: View): PageData {
  const { language, currency, timeZone } = speech
  const charts = drawings.map(
    ({ metrics: names, rows: drawn, draw }, at) =>
      [
        `explore-${at}`,
        {
          rows: drawn,
          texts: names.map((name) => ({ name, unit: unitOf(name) })),
          specs: { light: draw(palettes.light), dark: draw(palettes.dark) },
          picks: false,
        },
      ] as const,
  )
  return { manner: { language, currency, timeZone }, charts: Object.fromEntries(charts), columns: [], order: '' }
}

/** One row is no table: its figures stand side by side. */
function figures({ asked: { query }, shown, catalogue }: Told, view: View): Html {
  const { speech } = view
  const [row = {}] = shown.page.rows
  return html`<section class="card" aria-labelledby="explore-rows-title">
    <div class="card-head">
      <h2 id="explore-rows-title">${speech.say('explore_figures')}</h2>
      ${downloads(query, catalogue, view)}
    </div>
    <dl class="kpis">
      ${query.metrics.map((name) => {
        const figure = figureOf(row, name)
        const negative = figure !== null && figure < 0 ? ' negative' : ''
        return html`<div class="kpi${isThin(name, shown.page, view) ? ' thin' : ''}">
          <dt>${metricWords(name, speech)}</dt>
          <dd class="kpi-figure${negative}">${speech.figure(figure, unitOf(name))}</dd>
          ${comparedFigures(name, shown.page, speech)}
        </div>`
      })}
    </dl>
  </section>`
}

function rows(told: Told, view: View): Html {
  const { speech } = view
  const { asked, shown, catalogue } = told
  const { query } = asked
  const { page } = shown
  const from = page.rows.length === 0 ? 0 : (query.offset ?? 0) + 1
  const counted = page.rows.filter((row) => row[ROW_KIND] !== 'total').length
  const title = speech.say('explore_rows')
  // The page of a customer has other filters than this one.
  const bare = { ...view, url: new URL(view.url.pathname, view.url) }
  const links = { customer: { to: '/customer', as: 'customer' } }
  const metrics = page.columns.filter(({ kind }) => kind === 'metric').map(({ name }) => name)
  const columns = withCompared(columnsOf({ asking: { metrics, by: query.by }, links }, page, bare), page, speech)
  return html`<section class="card table-card" aria-labelledby="explore-rows-title" id="rows">
    <div class="card-head">
      <div>
        <h2 id="explore-rows-title">${title}</h2>
        <p>
          ${
            page.rows.length === 0
              ? speech.say('table_no_rows')
              : speech.say('explore_rows_shown', {
                  from,
                  to: from + counted - 1,
                  total: speech.figure(page.total, 'count'),
                })
          }
        </p>
      </div>
      ${downloads(query, catalogue, view)}
    </div>
    ${page.rows.length === 0 ? '' : rowsTable(columns, told, { title, view })} ${pager(asked, page, view)}
  </section>`
}

function rowsTable(
  columns: readonly TableColumn[],
  { asked, shown, catalogue }: Told,
  { title, view: { speech } }: { title: string; view: View },
): Html {
  const [order = ''] = orderOf(asked.query, catalogue)
  return html`<div
    class="scroll whole"
    role="region"
    tabindex="0"
    aria-label="${speech.say('table_scroll', { table: title })}"
  >
    <table>
      <caption class="hidden">
        ${questionWords(asked.query, speech)}
      </caption>
      <thead>
        <tr>
          ${columns.map((column, at) => heading(column, asked.query.by[at] ?? column.name, { order, asked }))}
        </tr>
      </thead>
      <tbody>
        ${tableRows(namedRows(asked.query, shown.page, speech), columns, speech)}
      </tbody>
    </table>
  </div>`
}

/** A heading sorts by its column: figures the largest first, and the other way round once sorted. */
function heading(column: TableColumn, name: string, { order, asked }: { order: string; asked: Asked }): Html {
  const sorted = order === name ? 'ascending' : order === `-${name}` ? 'descending' : undefined
  const first = column.kind === 'figure' && column.unit !== 'rank' ? `-${name}` : name
  const next = sorted === undefined ? first : sorted === 'ascending' ? `-${name}` : name
  const arrow = sorted === undefined ? '' : sorted === 'ascending' ? ' ▲' : ' ▼'
  return html`<th scope="col" class="${column.kind}" ${sorted === undefined ? '' : raw(`aria-sort="${sorted}"`)}>
    <a href="${addressWith(asked, { order: [next] })}" data-within
      >${column.title}<span aria-hidden="true">${arrow}</span></a
    >
  </th>`
}

function pager(asked: Asked, { total }: Answer, { speech }: View): Html | string {
  const size = pageSize(asked.query)
  const at = Math.floor((asked.query.offset ?? 0) / size)
  const pages = Math.ceil(total / size)
  if (pages < 2) return ''
  const link = (to: number, words: string, rel: string): Html | string => {
    const { offset: _offset, ...query } = asked.query
    const href = addressOf({ ...asked, query: to === 0 ? query : { ...query, offset: to * size } })
    return to < 0 || to >= pages ? '' : html`<a rel="${rel}" href="${href}" data-within>${words}</a>`
  }
  return html`<nav class="pager" aria-label="${speech.say('pages')}">
    ${link(at - 1, speech.say('page_previous'), 'prev')}
    <span>${speech.say('page_of', { page: at + 1, pages })}</span>
    ${link(at + 1, speech.say('page_next'), 'next')}
  </nav>`
}

/** More than an answer has: JSON of a question without a limit ends earlier than files do. */
const EVERY_ROW = 10_000_000

/** All rows, not this page of them. */
function downloads(query: Asked['query'], catalogue: Catalogue, { speech }: View): Html {
  const whole = `/api/query?${formatMetricQuery(wholeQuestion(query, catalogue))}`
  return html`<ul class="downloads" aria-label="${speech.say('downloads')}">
    <li><a href="${`${whole}&format=xlsx&lang=${speech.language}`}" download>${speech.say('explore_excel')}</a></li>
    <li><a href="${`${whole}&format=csv&lang=${speech.language}`}" download>${speech.say('download_csv')}</a></li>
    <li><a href="${`${whole}&limit=${EVERY_ROW}`}">${speech.say('explore_api')}</a></li>
  </ul>`
}

/** What exactly each figure counts. */
function meanings({ query }: Asked, { speech }: View): Html {
  return html`<details class="card">
    <summary>${speech.say('explore_meaning')}</summary>
    <dl class="meanings">
      ${query.metrics.map((name) => {
        const metric = catalogued[name]
        return metric === undefined
          ? ''
          : html`<dt>${speech.pick(metric.words)}</dt>
              <dd>${speech.pick(metric.about)}</dd>`
      })}
    </dl>
  </details>`
}
