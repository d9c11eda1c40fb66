import { dimensions, metrics } from '../../models/metrics/catalogue.ts'
import { wordsOf } from '../../models/metrics/comparison.ts'
import { formatExploration, type ExploredQuery } from '../../models/metrics/exploration.ts'
import type { Answer, MetricQuery } from '../../models/metrics/metric.ts'
import { drawingsOf } from '../charts/explored.ts'
import { shownOf, wholeQuestion, type Pictured } from '../explore/answer.ts'
import { withSpans } from '../explore/comparison.ts'
import { settledQuery } from '../explore/settled.ts'
import { possibleShows } from '../explore/show.ts'
import { periodOf, questionWords } from '../explore/words.ts'
import { columnsOf } from '../render/table.ts'
import type { Composed, Composing } from './composing.ts'
import type { PictureBlock, ReportBlock, ReportTable } from './document.ts'
import { figureIn } from './page-section.ts'
import { pinnedPeriod, spanWords } from './periods.ts'
import { pictureOf } from './pictures.ts'
import { tableOf } from './tables.ts'

const catalogue = { metrics, dimensions }

/** A question that was kept under a name; undefined: it asks for what is not open to the reader. Throws as `ask` does. */
export async function exploredSection(
  { exploration, name }: { exploration: ExploredQuery; name: string },
  at: Composing,
): Promise<Composed | undefined> {
  const query = settledQuery(pinnedQuery(exploration.query, at.asOf), catalogue)
  if (!isOpen(query, at)) return undefined
  const { speech, link } = at
  const ask = (asked: MetricQuery): Promise<Answer> => at.ask(at.viewer, asked)
  const shows = possibleShows(query, catalogue)
  const show = shows.find((each) => each === exploration.show) ?? shows[0] ?? 'table'
  const whole = { ...wholeQuestion(query, catalogue), limit: Math.min(query.limit ?? at.rows, at.rows) }
  const [answer, { pictured }] = await Promise.all([ask(whole), shownOf(query, show, { ask, catalogue })])
  const period = periodOf(query)
  return {
    section: {
      title: name,
      intro: questionWords(query, speech),
      filters: '',
      href: link(`/explore?${formatExploration({ query, show: exploration.show })}`),
      blocks: await blocksOf({ query, answer, pictured, name }, at),
    },
    answers: [answer],
    period: period === 'all_time' ? '' : spanWords(period, speech),
  }
}

function pinnedQuery(query: MetricQuery, asOf: string): MetricQuery {
  const { offset: _offset, ...whole } = query
  const where = query.where.map((filter) =>
    filter.field === 'period' ? { ...filter, values: filter.values.map((value) => pinnedPeriod(value, asOf)) } : filter,
  )
  return { ...whole, where }
}

/** Whether the reader may see every word that the question uses. */
function isOpen(query: MetricQuery, { sight }: Composing): boolean {
  return wordsOf(query, catalogue).every(sight.sees)
}

interface Explored {
  readonly query: MetricQuery
  readonly answer: Answer
  readonly pictured: Pictured | undefined
  readonly name: string
}

/** A picture where one fits, and the rows; one row is no table: its figures stand side by side. */
async function blocksOf({ query, answer, pictured, name }: Explored, at: Composing): Promise<ReportBlock[]> {
  if (query.by.length === 0)
    return [{ block: 'figures', figures: query.metrics.map((metric) => figureIn(metric, answer, at)) }]
  const table = tableOfAnswer(query, answer, { title: name, at })
  const blocks: ReportBlock[] = []
  if (pictured !== undefined && pictured.answer.rows.length > 0)
    for (const drawing of drawingsOf(pictured, query.metrics, at.speech)) blocks.push(await picture(drawing, table, at))
  return [...blocks, { block: 'table', table }]
}

async function picture(
  { metric, title, rows, draw }: ReturnType<typeof drawingsOf>[number],
  table: ReportTable,
  { speech }: Composing,
): Promise<PictureBlock> {
  return pictureOf({ name: `explored-${metric}`, title, about: '', figures: table, rows, draw, repeated: true }, speech)
}

function tableOfAnswer(
  query: MetricQuery,
  answer: Answer,
  { title, at }: { title: string; at: Composing },
): ReportTable {
  const { speech } = at
  const figures = answer.columns.filter(({ kind }) => kind === 'metric').map(({ name }) => name)
  const links = { customer: { to: '/customer', as: 'customer' } }
  // The page of a customer has other filters than this question.
  const url = new URL('http://report.invalid/explore')
  const columns = columnsOf({ asking: { metrics: figures, by: query.by }, links }, answer, { speech, url }).map(
    (column) => withSpans(column, answer, speech),
  )
  return tableOf({ name: 'rows', title, about: '', answer, columns }, at)
}
