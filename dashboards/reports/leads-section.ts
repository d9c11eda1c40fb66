import { html } from 'hono/html'
import type { Answer, MetricQuery } from '../../models/metrics/metric.ts'
import { seenPart, seesAll } from '../../models/metrics/sight.ts'
import { figureOf, dimensionWords, metricWords, unitOf, valueWords, type AnswerRow } from '../charts/rows.ts'
import { opensFor } from '../allowed.ts'
import { BACKTEST, INCREMENT, incrementWords } from '../pages/lead-backtest.ts'
import { filtersFor } from '../pages/lead-filters.ts'
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
} from '../pages/lead-list.ts'
import { reasonOf } from '../pages/lead-reasons.ts'
import type { Composed, Composing } from './composing.ts'
import type { ReportCell, ReportColumn, ReportTable } from './document.ts'
import { colon, figureIn } from './page-section.ts'
import { addressOf, LEADS_PATH } from './parts.ts'
import { plainText } from './plain-text.ts'

/** The list of leads as its page has it; undefined: it is not open to the reader. */
export async function leadsSection(url: URL, at: Composing): Promise<Composed | undefined> {
  const { sight, speech, link } = at
  if (!opensFor(sight, [])(LEADS_PATH)) return undefined
  const ask = async (query: MetricQuery): Promise<Answer> => at.ask(at.viewer, query)
  const seen = async (query: MetricQuery) => (seesAll(sight, query) ? ask(query) : undefined)
  const where = leadConditions(url, sight)
  const [worth, leads, bySignal, backtest, increment] = await Promise.all([
    ask({ ...LEADS_WORTH, where }),
    ask({ ...seenPart(LEADS, sight), where, limit: at.rows }),
    ask({ ...LEADS_WORTH, where, by: ['lead_signal'] }),
    seen(BACKTEST),
    seen(INCREMENT),
  ])
  const proved = provedBy(backtest)
  const sure = provedWords(bySignal, proved, speech)
  const more = increment === undefined ? [] : (await plainText(html`${incrementWords(increment, speech)}`)).rest
  const rest = [...(sure === undefined ? [] : [sure]), ...more]
  return {
    section: {
      title: speech.say('leads_title'),
      intro: speech.say('leads_intro'),
      filters: filterWords(url, at),
      href: link(addressOf(url)),
      blocks: [
        { block: 'sentence', headline: worthWords(worth, speech), rest, judged: '' },
        { block: 'figures', figures: LEADS_WORTH.metrics.map((name) => figureIn(name, worth, at)) },
        { block: 'table', table: tableOfLeads(leads, proved, at) },
      ],
    },
    answers: [worth, leads, bySignal, ...[backtest, increment].filter((answer) => answer !== undefined)],
    period: '',
  }
}

function filterWords(url: URL, { sight, speech }: Composing): string {
  return filtersFor(sight)
    .flatMap(({ name, field }) => {
      const value = url.searchParams.get(name) ?? ''
      return value === '' ? [] : [`${dimensionWords(field, speech)}${colon(speech)}${valueWords(field, value, speech)}`]
    })
    .join(' · ')
}

interface Column extends ReportColumn {
  readonly cell: (row: AnswerRow) => ReportCell
}

function tableOfLeads(leads: Answer, proved: Proved, at: Composing): ReportTable {
  const { speech } = at
  const columns = columnsOf(leads, proved, at)
  return {
    name: 'leads',
    title: speech.say('leads_list_title'),
    about: speech.say('leads_list_about'),
    columns: columns.map(({ cell: _cell, ...column }) => column),
    rows: leads.rows.map((row) => columns.map(({ cell }) => cell(row))),
    total: leads.total,
  }
}

function columnsOf(leads: Answer, proved: Proved, { sight, speech, link, opens }: Composing): readonly Column[] {
  const { sees } = sight
  const words = (name: string, title: string, text: (row: AnswerRow) => string): Column => ({
    name,
    words: title,
    kind: 'words',
    cell: (row) => ({ value: text(row), text: text(row) }),
  })
  const figure = (name: string): Column => ({
    name,
    words: metricWords(name, speech),
    kind: unitOf(name),
    cell: (row) => ({ value: figureOf(row, name), text: speech.figure(figureOf(row, name), unitOf(name)) }),
  })
  const customer: Column = {
    name: 'customer',
    words: speech.say('leads_customer'),
    kind: 'name',
    cell: (row) => {
      const text = customerOf(row, leads)
      const id = encodeURIComponent(String(row['customer']))
      const href = opens('/customer') ? link(`/customer?customer=${id}`) : undefined
      return { value: text, text, ...(href === undefined ? {} : { href }) }
    },
  }
  const signal = words('lead_signal', dimensionWords('lead_signal', speech), (row) => {
    const name = valueWords('lead_signal', row['lead_signal'], speech)
    return (proved?.has(row['lead_signal']) ?? true) ? name : `${name} (${speech.say('leads_no_lift')})`
  })
  return [
    customer,
    signal,
    words('reason', speech.say('leads_reason'), (row) => reasonOf(row, leads, speech)),
    words('lead_offer', dimensionWords('lead_offer', speech), (row) => offerOf(row, speech)),
    ...['lead_expected_margin', 'lead_chance', 'lead_margin'].filter(sees).map(figure),
    ...(sees('sales_owner')
      ? [words('sales_owner', dimensionWords('sales_owner', speech), (row) => valueWords('sales_owner', row['sales_owner'], speech))] // prettier-ignore
      : []),
    words('lead_status', dimensionWords('lead_status', speech), (row) => statusOf(row, speech)),
  ]
}
