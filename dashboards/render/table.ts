import { html, raw } from 'hono/html'
import { dimensions } from '../../models/metrics/catalogue.ts'
import { formatMetricQuery } from '../../models/metrics/query-string.ts'
import type { Answer, MetricQuery } from '../../models/metrics/metric.ts'
import { tableView, type Answers } from '../answers.ts'
import { dimensionWords, labelColumn, metricWords, unitOf } from '../charts/rows.ts'
import { hrefWith } from '../filters.ts'
import type { Asking, Html, Link, ListBlock, TableBlock } from '../page.ts'
import type { Speech } from '../words/speech.ts'
import { coverageWords, isThin } from './coverage.ts'
import { tableRows, type TableColumn } from './table-rows.ts'
import type { View } from './view.ts'

/** A table that is sorted and paged by links, in a container of its own that scrolls sideways. */
export function tableCard(block: TableBlock, answers: Answers, view: View, question: MetricQuery): Html {
  const { speech } = view
  const answer = answers.answerOf(block)
  const title = speech.say(block.title)
  return html`<section class="card table-card" aria-labelledby="table-title" id="table">
    <div class="card-head">
      <div>
        <h2 id="table-title">${title}</h2>
        <p>${speech.say(block.about)}</p>
        ${thinNotes(block, answer, view)}
      </div>
      ${downloads(question, speech)}
    </div>
    ${splits(block, view)}
    <p class="shown" role="status" data-shown>${shown(block, answer, view)}</p>
    <div class="scroll whole" role="region" tabindex="0" aria-label="${speech.say('table_scroll', { table: title })}">
      <table data-table>
        <caption class="hidden">
          ${title}
        </caption>
        <thead>
          <tr>
            ${columnsOf(block, answer, view).map((column) => heading(column, block, view))}
          </tr>
        </thead>
        <tbody>
          ${tableRows(answer.rows, columnsOf(block, answer, view), speech)}
        </tbody>
      </table>
    </div>
    ${pager(block, answer, view)}
  </section>`
}

/** What the table can be split by; the sorting of another split would not fit. */
function splits(block: TableBlock, { speech, url }: View): Html | string {
  if (block.splits === undefined) return ''
  const links = block.splits.map((name) => {
    const current = name === block.asking.by[0] ? raw(' aria-current="true"') : ''
    const href = `${hrefWith(url, { by: name, sort: undefined, page: undefined })}#table`
    return html`<li><a href="${href}" ${current}>${dimensionWords(name, speech)}</a></li>`
  })
  return html`<nav class="splits" aria-label="${speech.say('table_splits')}">
    <span aria-hidden="true">${speech.say('table_splits')}</span>
    <ul>
      ${links}
    </ul>
  </nav>`
}

/** A list in a card of its own, without pages or another order. */
export function answerList(block: ListBlock, answer: Answer, view: View): Html {
  const { speech } = view
  const columns = columnsOf(block, answer, view)
  const title = speech.say(block.title)
  const more = answer.total > answer.rows.length
  return html`<section class="card table-card" aria-labelledby="${block.name}-title" id="${block.name}">
    <div class="card-head">
      <div>
        <h2 id="${block.name}-title">${title}</h2>
        <p>${speech.say(block.about)}</p>
        ${more ? html`<p>${speech.say('list_some', { count: answer.rows.length, of: speech.figure(answer.total, 'count') })}</p>` : ''}
      </div>
    </div>
    ${
      answer.rows.length === 0
        ? html`<p class="nothing">${speech.say('table_no_rows')}</p>`
        : html`<div
            class="scroll"
            role="region"
            tabindex="0"
            aria-label="${speech.say('table_scroll', { table: title })}"
          >
            <table>
              <caption class="hidden">
                ${title}
              </caption>
              <thead>
                <tr>
                  ${columns.map((column) => html`<th scope="col" class="${column.kind}">${column.title}</th>`)}
                </tr>
              </thead>
              <tbody>
                ${tableRows(answer.rows, columns, speech)}
              </tbody>
            </table>
          </div>`
    }
  </section>`
}

/** The columns as server and browser draw them: dimensions first, then figures. */
export function columnsOf(
  block: { readonly asking: Asking; readonly links?: TableBlock['links'] | undefined },
  answer: Answer,
  view: Pick<View, 'speech' | 'url'>,
): readonly TableColumn[] {
  const { speech } = view
  const by = block.asking.by.map((name) => {
    const link = block.links?.[name]
    const column = dimensionColumn(name, labelColumn(answer, name), speech)
    return link === undefined ? column : { ...column, link: { href: hrefTo(link, view), value: name } }
  })
  const figures = block.asking.metrics.map((name) => ({
    name,
    title: metricWords(name, speech),
    kind: 'figure' as const,
    unit: unitOf(name),
  }))
  return [...by, ...figures]
}

/** The address a link leads to, but for the value at its end. */
function hrefTo({ to, as, with: more = {} }: Link, { url }: Pick<View, 'url'>): string {
  const kept = new URLSearchParams({ ...Object.fromEntries(url.searchParams), ...more })
  for (const name of ['sort', 'page', as]) kept.delete(name)
  const query = kept.toString()
  return `${to}?${query}${query === '' ? '' : '&'}${as}=`
}

function dimensionColumn(dimension: string, name: string, speech: Speech): TableColumn {
  const values = Object.entries(dimensions[dimension]?.values ?? {})
  const kind = dimensions[dimension]?.kind
  const isFlag = kind === 'flag'
  return {
    name,
    title: dimensionWords(dimension, speech),
    kind: isFlag ? 'flag' : name !== dimension ? 'name' : values.length > 0 ? 'words' : 'id',
    ...(kind === 'day' || kind === 'month' ? { date: kind } : {}),
    words: Object.fromEntries(values.map(([value, words]) => [value, speech.pick(words)])),
  }
}

/** A figure's heading sorts by it: the largest first, a rank from the first place, and the other way round once sorted. */
function heading(column: TableColumn, block: TableBlock, { url }: View): Html {
  if (column.kind !== 'figure') return html`<th scope="col" class="${column.kind}">${column.title}</th>`
  const { order } = tableView(block, url)
  const sorted = order === column.name ? 'ascending' : order === `-${column.name}` ? 'descending' : undefined
  const first = column.unit === 'rank' ? column.name : `-${column.name}`
  const next = sorted === undefined ? first : sorted === 'ascending' ? `-${column.name}` : column.name
  const href = `${hrefWith(url, { sort: next, page: undefined })}#table`
  const arrow = sorted === undefined ? '' : sorted === 'ascending' ? ' ▲' : ' ▼'
  return html`<th scope="col" class="figure" ${sorted === undefined ? '' : raw(` aria-sort="${sorted}"`)}>
    <a href="${href}">${column.title}<span aria-hidden="true">${arrow}</span></a>
  </th>`
}

function thinNotes(block: TableBlock, answer: Answer, view: View): readonly Html[] {
  return block.asking.metrics
    .filter((metric) => isThin(metric, answer, view))
    .map((metric) => {
      const coverage = coverageWords(metric, answer, view.speech) ?? ''
      return html`<p class="thin-note">
        ${metricWords(metric, view.speech)} – ${view.speech.say('coverage_below', { coverage })}
      </p>`
    })
}

function shown(block: TableBlock, answer: Answer, { speech, url }: View): string {
  if (answer.rows.length === 0) return speech.say('table_no_rows')
  const from = (tableView(block, url).page - 1) * block.pageSize + 1
  return speech.say(block.counted ?? 'table_shown', {
    from,
    to: from + answer.rows.length - 1,
    total: speech.figure(answer.total, 'count'),
  })
}

function pager(block: TableBlock, answer: Answer, { speech, url }: View): Html | string {
  const pages = Math.ceil(answer.total / block.pageSize)
  const { page } = tableView(block, url)
  if (pages < 2) return ''
  const link = (to: number, words: string, rel: string) =>
    to < 1 || to > pages ? '' : html`<a rel="${rel}" href="${hrefWith(url, { page: String(to) })}#table">${words}</a>`
  return html`<nav class="pager" aria-label="${speech.say('pages')}" data-pager>
    ${link(Math.min(page - 1, pages), speech.say('page_previous'), 'prev')}
    <span>${speech.say('page_of', { page, pages })}</span>
    ${link(page + 1, speech.say('page_next'), 'next')}
  </nav>`
}

/** JSON has 1,000 rows where no limit is named; files have all. */
const JSON_ROWS = 100_000

/** The whole table behind the page of it, from the API. */
function downloads(question: MetricQuery, speech: Speech): Html {
  const { limit: _limit, offset: _offset, ...whole } = question
  const files = formatMetricQuery(whole)
  const json = formatMetricQuery({ ...whole, limit: JSON_ROWS })
  const link = (format: 'csv' | 'arrow' | 'json', query: string) =>
    html`<li>
      <a href="/api/query?${query}&amp;format=${format}&amp;lang=${speech.language}" download
        >${speech.say(`download_${format}`)}</a
      >
    </li>`
  return html`<ul class="downloads" aria-label="${speech.say('downloads')}">
    ${link('csv', files)} ${link('arrow', files)} ${link('json', json)}
  </ul>`
}
