import { answersFor, hasPeriods, splitBy, type Answers, type PageQuestion } from '../answers.ts'
import { allowedPart } from '../allowed.ts'
import { figureOf, labelColumn, metricWords, unitOf, dimensionWords, valueWords } from '../charts/rows.ts'
import { ALL, chosen, hrefWith, periodInSentence } from '../filters.ts'
import { metrics } from '../../models/metrics/catalogue.ts'
import type { Answer } from '../../models/metrics/metric.ts'
import type { Block, FindingBlock, KpiBlock, PageDefinition, TableBlock, ListBlock, ChartBlock } from '../page.ts'
import { coverageWords, isThin } from '../render/coverage.ts'
import { changeOf, spansTwelveMonths } from '../render/kpi.ts'
import { columnsOf } from '../render/table.ts'
import type { WordKey } from '../words/en.ts'
import type { Composed, Composing } from './composing.ts'
import type { ReportBlock, ReportFigure, RowsBlock, SentenceBlock } from './document.ts'
import { addressOf } from './parts.ts'
import { spanWords } from './periods.ts'
import { pictureOf } from './pictures.ts'
import { plainText } from './plain-text.ts'
import { tableOf } from './tables.ts'

/** A page of figures under its address; undefined: nothing of it is open to the reader. */
export async function pageSection(
  definition: PageDefinition,
  address: URL,
  at: Composing,
): Promise<Composed | undefined> {
  const allowed = allowedPart(definition, at.sight)
  if (allowed === undefined) return undefined
  const url = openPart(address, definition, allowed)
  const asked = splitBy(withRows(allowed, at.rows), url)
  const { viewer, ask, asOf, speech, link } = at
  const question: PageQuestion = { definition: asked, url, viewer, ask, asOf }
  const answers = await answersFor(question)
  const blocks: ReportBlock[] = []
  for (const row of asked.rows) blocks.push(...(await blocksOf(row, { question, answers, at })))
  const filter = asked.filters.find(({ field }) => field === 'period')
  return {
    section: {
      title: speech.say(definition.title),
      intro: speech.say(printed(definition.intro)),
      filters: filterWords(question, answers, at),
      href: link(addressOf(url)),
      blocks,
    },
    answers: [answers.figures, ...asked.rows.flat().map((block) => answers.answerOf(block))],
    period: filter === undefined ? '' : spanWords(chosen(filter, url), speech),
  }
}

/** The address without filters by what the reader may not see. */
function openPart(address: URL, definition: PageDefinition, allowed: PageDefinition): URL {
  const url = new URL(address)
  for (const filter of definition.filters) if (!allowed.filters.includes(filter)) url.searchParams.delete(filter.name)
  return url
}

/** What a page says of what one can do on it, a report does not. */
const PRINTED: Readonly<Partial<Record<WordKey, WordKey>>> = {
  chart_value_about: 'report_value_about',
  table_drops_about: 'report_drops_about',
  lists_intro: 'report_lists_intro',
  lists_table_about: 'report_lists_about',
  owed_table_about: 'report_owed_about',
  paths_table_about: 'report_paths_about',
}
const printed = (key: WordKey): WordKey => PRINTED[key] ?? key

/** A report has no pages to turn: its tables ask for as many rows as it may show. */
function withRows(definition: PageDefinition, rows: number): PageDefinition {
  const longer = (block: Block): Block => (block.block === 'table' ? { ...block, pageSize: rows } : block)
  return { ...definition, rows: definition.rows.map((blocks) => blocks.map(longer)) }
}

interface Parts {
  readonly question: PageQuestion
  readonly answers: Answers
  readonly at: Composing
}

/** The blocks of one row in the order of the page: figures side by side, then what else stands there. */
async function blocksOf(row: readonly Block[], parts: Parts): Promise<ReportBlock[]> {
  const kpis = row.filter((block): block is KpiBlock => block.block === 'kpi')
  const figures = kpis.map(({ metric }) => figureOfPage(metric, parts))
  const made: ReportBlock[] = figures.length === 0 ? [] : [{ block: 'figures', figures }]
  for (const block of row) {
    if (block.block === 'finding') made.push(await sentenceOf(block, parts))
    if (block.block === 'chart') made.push(await chartOf(block, parts))
    if (block.block === 'table' || block.block === 'list') made.push(rowsOf(block, parts))
  }
  return made.filter((block) => block.block !== 'sentence' || block.headline !== '' || block.rest.length > 0)
}

function figureOfPage(metric: string, { answers, at }: Parts): ReportFigure {
  const { speech } = at
  const changed = hasPeriods(metric) ? changeOf(metric, answers, speech) : undefined
  const spans = !hasPeriods(metric) && spansTwelveMonths(metric) ? speech.say('period_trailing_12') : ''
  const change = changed === undefined ? spans : `${changed.arrow ?? ''} ${changed.words}`.trim()
  return { ...figureIn(metric, answers.figures, at), change, judged: changed?.judged ?? '' }
}

/** A figure of an answer with one row, without a change. */
export function figureIn(metric: string, answer: Answer, at: Composing): ReportFigure {
  const { speech } = at
  const unit = unitOf(metric)
  const value = figureOf(answer.rows[0] ?? {}, metric)
  const coverage = coverageWords(metric, answer, speech) ?? ''
  const of = answer.evidence.figures[metric]
  const read = of?.read_at ?? null
  const doubts = [
    ...(isThin(metric, answer, at) ? [speech.say('coverage_below', { coverage })] : []),
    ...(of?.stale === true
      ? [
          speech.say('figure_stale', {
            sources: speech.list(of.sources),
            at: read === null ? speech.say('evidence_never') : speech.instant(read),
          }),
        ]
      : []),
  ]
  return {
    name: metric,
    words: metricWords(metric, speech),
    about: metrics[metric] === undefined ? '' : speech.pick(metrics[metric].about),
    unit,
    value,
    text: value === null ? speech.say('no_figure') : speech.glance(value, unit),
    full: value === null ? speech.say('no_figure') : speech.figure(value, unit),
    change: '',
    judged: '',
    coverage,
    doubts,
    known: value !== null,
  }
}

async function sentenceOf(block: FindingBlock, { question, answers, at }: Parts): Promise<SentenceBlock> {
  const { speech, opens } = at
  const { definition, url } = question
  const filter = definition.filters.find(({ field }) => field === 'period')
  const html = block.find(answers.answerOf(block), speech, {
    period: inSentence(filter === undefined ? 'all_time' : chosen(filter, url), at),
    hrefWith: (changes) => hrefWith(url, changes),
    orders: false,
    opens,
  })
  const isBad = (await html).toString().includes('finding-bad')
  return { block: 'sentence', ...(await plainText(html)), judged: isBad ? 'worse' : '' }
}

function inSentence(period: string, { speech }: Composing): string {
  return /^\d{4}-\d\d/.test(period)
    ? speech.say('period_now', { period: spanWords(period, speech) })
    : periodInSentence(period, speech)
}

async function chartOf(block: ChartBlock, { question, answers, at }: Parts): Promise<ReportBlock> {
  const { chart, asking } = block
  const { speech } = at
  const answer = answers.answerOf(block)
  const columns = columnsOf({ asking }, answer, { speech, url: question.url })
  const title = speech.say(chart.title)
  return pictureOf(
    {
      name: chart.name,
      title,
      about: speech.say(printed(chart.about)),
      figures: tableOf({ name: chart.name, title, about: '', answer, columns }, at),
      rows: chart.rows(answer, speech),
      draw: (palette) => chart.draw(speech, palette),
      repeated: block.picks === true,
    },
    speech,
  )
}

function rowsOf(block: TableBlock | ListBlock, { question, answers, at }: Parts): RowsBlock {
  const { speech } = at
  const answer = answers.answerOf(block)
  const title = speech.say(block.title)
  const columns = columnsOf(block, answer, { speech, url: question.url })
  const name = block.block === 'list' ? block.name : block.title
  return {
    block: 'table',
    table: tableOf({ name, title, about: speech.say(printed(block.about)), answer, columns }, at),
  }
}

/** 'Period: Last 12 months · Region: East'. */
function filterWords({ definition, url }: PageQuestion, answers: Answers, { speech }: Composing): string {
  const words = definition.filters.flatMap((filter) => {
    const value = chosen(filter, url)
    if (value === ALL) return []
    if (filter.field === 'period') return [`${speech.say('filter_period')}${colon(speech)}${spanWords(value, speech)}`]
    const offered = answers.options.get(filter)
    const row = offered?.rows.find((each) => String(each[filter.field]) === value)
    const label = offered === undefined ? filter.field : labelColumn(offered, filter.field)
    const said = label === filter.field ? undefined : row?.[label]
    return [
      `${dimensionWords(filter.field, speech)}${colon(speech)}${said === null || said === undefined ? valueWords(filter.field, value, speech) : String(said)}`,
    ]
  })
  return words.join(' · ')
}

export const colon = ({ language }: Composing['speech']): string => (language === 'zh' ? '：' : ': ')
