import { dimensions, metrics } from '../models/metrics/catalogue.ts'
import type { Answer, Ask, Filter, MetricQuery, Viewer } from '../models/metrics/metric.ts'
import { parseMetricQuery } from '../models/metrics/query-string.ts'
import { chosen, comparison, conditions } from './filters.ts'
import { questionOf, type Asking, type Block, type PageDefinition, type PageFilter, type TableBlock } from './page.ts'

/** Every figure one view of a page needs, asked side by side; equal questions are asked once. */
export interface Answers {
  readonly figures: Answer
  /** The same figures for two periods that can be compared; undefined where there are none. */
  readonly compared: Compared | undefined
  /** The figures as they are known now, where the page shows those of a past moment. */
  readonly newest: Answer | undefined
  /** What narrows the figures beside the period. */
  readonly where: readonly Filter[]
  /** The values that occur, for each filter but the period. */
  readonly options: ReadonlyMap<PageFilter, Answer>
  /** The answer a block draws from. */
  answerOf(block: Block): Answer
}

export interface Compared {
  readonly now: Answer
  readonly before: Answer
  /** False where a month of the period still runs: neither answer has it. */
  readonly whole: boolean
}

export interface TableView {
  readonly order: string
  /** From 1. */
  readonly page: number
}

export interface PageQuestion {
  readonly definition: PageDefinition
  readonly url: URL
  readonly viewer: Viewer
  readonly asOf: string
  readonly ask: Ask
}

/** Order and page of a table under this URL. An order the table does not have is its own first one. */
export function tableView(table: TableBlock, url: URL): TableView {
  const standard = table.asking.order[0] ?? ''
  const asked = url.searchParams.get('sort') ?? standard
  const columns = [...table.asking.metrics, ...table.asking.by]
  const page = Number(url.searchParams.get('page') ?? 1)
  return {
    order: columns.includes(asked.replace(/^-/, '')) ? asked : standard,
    page: Number.isSafeInteger(page) && page > 0 && page < 100_000 ? page : 1,
  }
}

export async function answersFor(question: PageQuestion): Promise<Answers> {
  const { definition, url } = question
  const where = conditions(definition, url)
  const blocks = definition.rows.flat()
  const asked = askOnce(question)
  const kpis = blocks.flatMap((block) => (block.block === 'kpi' ? [block.metric] : []))
  // What all figures stand on is told even where the reader may see none of these.
  const names =
    kpis.length > 0
      ? kpis
      : blocks.flatMap((block) => (block.block === 'kpi' ? [] : (block.asking.metrics[0] ?? []))).slice(0, 1)
  const asking: Asking = { metrics: names, by: [] }
  const [figures, newest, compared, options, answers] = await Promise.all([
    asked(questionOf(asking, where)),
    newestOf(question, questionOf(asking, where), asked),
    figuresCompared(question, names.filter(hasPeriods), asked),
    optionsOf(question, asking, asked),
    Promise.all(
      blocks.map(async (block) => (block.block === 'kpi' ? undefined : asked(queryOf(block, question, where)))),
    ),
  ])
  const byBlock = new Map(blocks.map((block, index) => [block, answers[index] ?? figures]))
  return {
    figures,
    newest,
    compared,
    where: where.filter(notPeriod),
    options,
    answerOf: (block) => byBlock.get(block) ?? figures,
  }
}

/** The page as this address asks for it: each table by the dimension that was chosen, months in their order. */
export function splitBy(definition: PageDefinition, url: URL): PageDefinition {
  const asked = url.searchParams.get('by')
  return { ...definition, rows: definition.rows.map((blocks) => blocks.map((block) => split(block, asked))) }
}

function split(block: Block, asked: string | null): Block {
  if (block.block !== 'table' || block.splits === undefined) return block
  const by = block.splits.find((name) => name === asked) ?? block.splits[0]
  if (by === undefined) return block
  const { order } = block.asking
  const inOrder = dimensions[by]?.kind === 'month' ? [`-${by}`, ...order] : [...order, by]
  return { ...block, asking: { ...block.asking, by: [by], order: inOrder } }
}

/** What a block asks under the URL of the question. A table asks for one page of itself. */
export function queryOf(
  block: Exclude<Block, { block: 'kpi' }>,
  question: PageQuestion,
  where: MetricQuery['where'],
): MetricQuery {
  if (block.block !== 'table') return questionOf(block.asking, where)
  const view = tableView(block, question.url)
  const tie = block.asking.order.filter((name) => name.replace(/^-/, '') !== view.order.replace(/^-/, ''))
  const whole = questionOf({ ...block.asking, order: [view.order, ...tie] }, where)
  return { ...whole, limit: block.pageSize, offset: (view.page - 1) * block.pageSize }
}

const notPeriod = (condition: Filter): boolean => condition.field !== 'period'

/** Whether a figure follows the period. Figures over marts without months say in their words what they span. */
export function hasPeriods(name: string): boolean {
  const metric = metrics[name]
  if (metric === undefined) return true
  if ('rankOf' in metric) return hasPeriods(metric.rankOf)
  if ('from' in metric) return metric.from.every(hasPeriods)
  return dimensions['month']?.columns[metric.mart] !== undefined
}

type AskOnce = (query: MetricQuery) => Promise<Answer>

/** The same question about the same business date, from all that is known now. */
async function newestOf(
  { url, ask, viewer }: PageQuestion,
  query: MetricQuery,
  asked: AskOnce,
): Promise<Answer | undefined> {
  if (knownAt(url) === undefined) return undefined
  const { as_of: asOf } = (await asked(query)).evidence
  return ask(viewer, { ...query, asOf })
}

/** The day whose knowledge the page is asked for; undefined: all that is known. */
export function knownAt(url: URL): string | undefined {
  return url.searchParams.get('known_at') || undefined
}

function askOnce({ ask, viewer, url }: PageQuestion): AskOnce {
  const asked = new Map<string, Promise<Answer>>()
  const { knownAt: then } = parseMetricQuery(new URLSearchParams({ known_at: knownAt(url) ?? '' }))
  return (asking) => {
    const query = then === undefined ? asking : { ...asking, knownAt: then }
    const key = JSON.stringify(query)
    const answer = asked.get(key) ?? ask(viewer, query)
    asked.set(key, answer)
    return answer
  }
}

async function figuresCompared(
  { definition, url, asOf }: PageQuestion,
  metrics: readonly string[],
  asked: AskOnce,
): Promise<Compared | undefined> {
  const filter = definition.filters.find(({ field }) => field === 'period')
  const periods = filter && comparison(chosen(filter, url), asOf)
  if (periods === undefined || metrics.length === 0) return undefined
  const others = conditions(definition, url).filter(notPeriod)
  const during = (period: string) =>
    asked(questionOf({ metrics, by: [] }, [...others, { field: 'period', operator: 'eq', values: [period] }]))
  const [now, before] = await Promise.all([during(periods.now), during(periods.before)])
  return { now, before, whole: periods.whole }
}

/** No menu offers more values: beyond that one writes what one means. */
const OFFERED = 1000

/** The values of each filter over all time and without the other filters, so that a choice never hides the others. */
async function optionsOf(
  { definition }: PageQuestion,
  asking: Asking,
  asked: AskOnce,
): Promise<Map<PageFilter, Answer>> {
  const where = [{ field: 'period', operator: 'eq' as const, values: ['all_time'] }]
  const filters = definition.filters.filter(({ field }) => field !== 'period')
  return new Map(
    await Promise.all(
      filters.map(async (filter) => {
        const values = {
          metrics: asking.metrics.slice(0, 1),
          by: [filter.field],
          order: [filter.field],
          limit: OFFERED,
        }
        return [filter, await asked(questionOf(values, where))] as const
      }),
    ),
  )
}
