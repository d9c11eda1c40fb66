import { html } from 'hono/html'
import type { Answer, Filter, MetricQuery } from '../../models/metrics/metric.ts'
import { seenPart, seesAll } from '../../models/metrics/sight.ts'
import { formatMetricQuery } from '../../models/metrics/query-string.ts'
import { dimensionWords, figureOf, metricWords, unitOf, valueWords, type AnswerRow } from '../charts/rows.ts'
import { hrefWith } from '../filters.ts'
import type { Html } from '../page.ts'
import { listCard, type ListColumn } from '../render/list.ts'
import type { View } from '../render/view.ts'
import type { WordKey } from '../words/en.ts'
import type { Speech } from '../words/speech.ts'
import { BACKTEST, BANDS, backtestCard, bandsCard, INCREMENT, incrementWords } from './lead-backtest.ts'
import { DECISIONS, decisionsCard } from './lead-decisions.ts'
import { hiddenCard, HIDDEN, showsHidden } from './hidden-deals.ts'
import { filtersFor, leadsForm } from './lead-filters.ts'
import {
  customerOf,
  leadConditions,
  LEADS,
  LEADS_WORTH,
  offerOf,
  provedBy,
  provedWords,
  statusOf,
  worthWords,
  type Proved,
} from './lead-list.ts'
import { reasonOf } from './lead-reasons.ts'
import { orderForm } from './pipeline-orders.ts'

const PAGE_SIZE = 25

export interface LeadsShown {
  readonly leads: Answer
  readonly totals: Answer
  readonly bySignal: Answer
  readonly options: readonly Answer[]
  /** Undefined, like those below: the reader may not see it. */
  readonly backtest: Answer | undefined
  readonly bands: Answer | undefined
  readonly increment: Answer | undefined
  readonly hidden: Answer | undefined
  readonly hiddenTotals: Answer | undefined
  readonly decisions: Answer | undefined
  /** The question behind the list. */
  readonly list: MetricQuery
  readonly where: readonly Filter[]
}

/** What the page asks, under the filters and the page of its address. */
export async function leadsShown(
  ask: (query: MetricQuery) => Promise<Answer>,
  { url, sight }: View,
): Promise<LeadsShown> {
  const filters = filtersFor(sight)
  const where = leadConditions(url, sight)
  const list = seenPart(LEADS, sight)
  const seen = async (query: MetricQuery) => (seesAll(sight, query) ? ask(query) : undefined)
  const totals = { ...LEADS_WORTH, where }
  const [leads, sums, bySignal, backtest, bands, increment, hidden, hiddenTotals, decisions, ...options] =
    await Promise.all([
      ask({ ...list, where, limit: PAGE_SIZE, offset: (pageOf(url) - 1) * PAGE_SIZE }),
      ask(totals),
      ask({ ...totals, by: ['lead_signal'] }),
      seen(BACKTEST),
      seen(BANDS),
      seen(INCREMENT),
      showsHidden(sight) ? ask(seenPart(HIDDEN, sight)) : undefined,
      seen({ metrics: ['hidden_deals', 'hidden_expected'], by: [], where: [], order: [] }),
      seesAll(sight, { metrics: ['lead_decisions'], by: ['lead_decision_id', 'lead_decision'] })
        ? ask(seenPart(DECISIONS, sight))
        : undefined,
      ...filters.map(({ field }) => ask({ metrics: ['leads'], by: [field], where: [], order: [field] })),
    ])
  return {
    leads,
    totals: sums,
    bySignal,
    backtest,
    bands,
    increment,
    hidden,
    hiddenTotals,
    decisions,
    options,
    where,
    list,
  }
}

function pageOf(url: URL): number {
  const page = Number(url.searchParams.get('page') ?? 1)
  return Number.isSafeInteger(page) && page > 0 && page < 100_000 ? page : 1
}

/** Leads to decide on, how each signal did, and deals that service may have brought. */
export function leadsPage(shown: LeadsShown, view: View, canDecide: boolean): readonly Html[] {
  const { speech } = view
  const { backtest, bands, hidden, decisions } = shown
  const proved = provedBy(backtest)
  return [
    html`<div class="page-head">
      <div>
        <h1>${speech.say('leads_title')}</h1>
        <p class="intro">${speech.say('leads_intro')}</p>
      </div>
    </div>`,
    leadsForm(shown.options, view),
    headline(shown, proved, speech),
    leadsCard(shown, proved, { view, canDecide }),
    ...(backtest === undefined ? [] : [backtestCard(backtest, view)]),
    ...(bands === undefined ? [] : [bandsCard(bands, view)]),
    ...(hidden === undefined ? [] : [hiddenCard(hidden, shown.hiddenTotals, { view, canDecide })]),
    ...(decisions === undefined ? [] : [decisionsCard(decisions, view)]),
  ]
}

function headline({ totals, bySignal, increment }: LeadsShown, proved: Proved, speech: Speech): Html {
  const sure = provedWords(bySignal, proved, speech)
  return html`<div class="finding">
    <p class="headline">${worthWords(totals, speech)}</p>
    ${sure === undefined ? '' : html`<p>${sure}</p>`}
    ${increment === undefined ? '' : incrementWords(increment, speech)}
  </div>`
}

function leadsCard(
  { leads, where, list }: LeadsShown,
  proved: Proved,
  { view, canDecide }: { view: View; canDecide: boolean },
): Html {
  const { speech, url } = view
  const figure = (row: AnswerRow, name: string): string => speech.figure(figureOf(row, name), unitOf(name))
  const words = (name: string): ListColumn<AnswerRow> => ({
    title: dimensionWords(name, speech),
    cell: (row) => valueWords(name, row[name], speech),
  })
  const nameOf = (row: AnswerRow): string => customerOf(row, leads)
  const columns: readonly ListColumn<AnswerRow>[] = [
    {
      title: speech.say('leads_customer'),
      cell: (row) =>
        html`<a href="/customer?customer=${encodeURIComponent(String(row['customer']))}">${nameOf(row)}</a>`,
    },
    {
      title: dimensionWords('lead_signal', speech),
      cell: (row) =>
        html`${valueWords('lead_signal', row['lead_signal'], speech)}
        ${(proved?.has(row['lead_signal']) ?? true) ? '' : html`<br /><span class="small">${speech.say('leads_no_lift')}</span>`}`,
    },
    {
      title: speech.say('leads_reason'),
      cell: (row) =>
        html`${reasonOf(row, leads, speech)}
          <a
            href="/leads/evidence?lead=${encodeURIComponent(String(row['lead']))}"
            aria-label="${speech.say('evidence_of', {
              customer: nameOf(row),
              signal: valueWords('lead_signal', row['lead_signal'], speech),
            })}"
            >${speech.say('evidence_link')}</a
          >`,
      wide: true,
    },
    {
      title: dimensionWords('lead_offer', speech),
      cell: (row) => offerOf(row, speech),
    },
    {
      title: metricWords('lead_expected_margin', speech),
      cell: (row) =>
        html`${figure(row, 'lead_expected_margin')}<br /><span class="small"
            >${figure(row, 'lead_chance')} × ${figure(row, 'lead_margin')}</span
          >`,
      figure: true,
    },
    ...(view.sight.sees('sales_owner') ? [words('sales_owner')] : []),
    {
      title: speech.say('leads_do'),
      cell: (row) => (canDecide ? decide(row, nameOf(row), view) : html`<span>${statusOf(row, speech)}</span>`),
    },
  ]
  const from = (pageOf(url) - 1) * PAGE_SIZE
  const card = listCard(
    {
      name: 'leads',
      title: speech.say('leads_list_title'),
      about: `${speech.say('leads_list_about')} ${speech.say('leads_shown', {
        from: leads.rows.length === 0 ? 0 : from + 1,
        to: from + leads.rows.length,
        total: speech.figure(leads.total, 'count'),
      })}`,
      rows: leads.rows,
      columns,
      none: speech.say('leads_none'),
    },
    view,
  )
  return html`${card}${pager(leads.total, view)}${downloads({ ...list, where }, speech)}`
}

function decide(row: AnswerRow, customer: string, view: View): Html {
  const { speech } = view
  const signal = valueWords('lead_signal', row['lead_signal'], speech)
  const label = (action: string): string => speech.say('leads_of', { action, customer, signal })
  const form = (kind: string, button: string, fields: Html | string = ''): Html =>
    orderForm({ lead: { lead_id: row['lead'], kind } }, { button, fields, quiet: true, label: label(button) }, view)
  const folded = (kind: string, words: WordKey, fields: Html): Html =>
    html`<details class="correct">
      <summary aria-label="${label(speech.say(words))}">${speech.say(words)}</summary>
      ${form(kind, speech.say(words), fields)}
    </details>`
  const why = html`<label>
    <span>${speech.say('leads_dismiss_why')}</span>
    <input name="reason" data-reason required maxlength="200" autocomplete="off" />
  </label>`
  const deal = html`<label>
    <span>${speech.say('leads_convert_deal')}</span>
    <input name="opportunity_id" data-field maxlength="200" autocomplete="off" />
  </label>`
  return html`<div class="decisions">
    ${row['lead_status'] === 'open' ? '' : html`<span>${statusOf(row, speech)}</span>`}
    ${row['lead_status'] === 'open' ? form('taken', speech.say('leads_take')) : ''}
    ${row['lead_status'] === 'converted' ? '' : folded('converted', 'leads_convert', deal)}
    ${folded('dismissed', 'leads_dismiss', why)}
  </div>`
}

function pager(total: number, { speech, url }: View): Html | string {
  const pages = Math.ceil(total / PAGE_SIZE)
  const page = pageOf(url)
  if (pages < 2) return ''
  const link = (to: number, words: string, rel: string): Html | string =>
    to < 1 || to > pages ? '' : html`<a rel="${rel}" href="${hrefWith(url, { page: String(to) })}#leads">${words}</a>`
  return html`<nav class="pager" aria-label="${speech.say('pages')}">
    ${link(page - 1, speech.say('page_previous'), 'prev')}
    <span>${speech.say('page_of', { page, pages })}</span>
    ${link(page + 1, speech.say('page_next'), 'next')}
  </nav>`
}

/** The whole list behind the page of it. */
function downloads(asked: MetricQuery, speech: Speech): Html {
  const query = formatMetricQuery(asked)
  const link = (format: 'csv' | 'xlsx', words: string): Html =>
    html`<li><a href="/api/query?${query}&amp;format=${format}&amp;lang=${speech.language}" download>${words}</a></li>`
  return html`<ul class="downloads" aria-label="${speech.say('downloads')}">
    ${link('xlsx', speech.say('leads_workbook'))} ${link('csv', speech.say('download_csv'))}
  </ul>`
}
