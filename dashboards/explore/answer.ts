import { bestFirst, isFigure } from '../../models/metrics/comparison.ts'
import type { Show } from '../../models/metrics/exploration.ts'
import type { Answer, Catalogue, Filter, MetricQuery } from '../../models/metrics/metric.ts'
import { isSum, timesOf } from './show.ts'

type AskAs = (query: MetricQuery) => Promise<Answer>

/** Rows of a table where the reader names no number. */
const ROWS = 50
/** A page with more rows would be slow to show and nobody reads it. */
const MOST_ROWS = 1_000
const MOST_SERIES = 6
/** Places along the axis of what is no time. */
const MOST_PLACES = 20
const MOST_POINTS = 2_000
const MOST_CELLS = 20_000

export function pageSize({ limit }: MetricQuery): number {
  return Math.min(Math.max(limit ?? ROWS, 1), MOST_ROWS)
}

/** The order in force: that of the question, else times as they run, else the largest first and the first place first. */
export function orderOf(query: MetricQuery, catalogue: Catalogue): readonly string[] {
  if (query.order.length > 0) return query.order
  const times = timesOf(query, catalogue)
  if (times.length > 0) return times
  const [first] = query.metrics
  if (first === undefined || query.by.length === 0) return []
  return [bestFirst(first, catalogue)]
}

/** The question whole: what files and the API are asked. */
export function wholeQuestion(query: MetricQuery, catalogue: Catalogue): MetricQuery {
  const { limit: _limit, offset: _offset, ...whole } = query
  return { ...whole, order: orderOf(query, catalogue) }
}

/** What a picture is drawn from. */
export interface Pictured {
  readonly show: Exclude<Show, 'table'>
  readonly answer: Answer
  /** What runs along the axis, and what tells series apart. */
  readonly along: string | undefined
  readonly series: string | undefined
  /** The series that are drawn, the largest first. */
  readonly leaders: Answer | undefined
  /** The whole of each place along the axis, where only some series are drawn. */
  readonly whole: Answer | undefined
  /** How many of how many series, or marks, are drawn. */
  readonly drawn: number
  readonly of: number
}

export interface Shown {
  readonly page: Answer
  readonly pictured: Pictured | undefined
}

/** One page of the table and what its picture is drawn from. Throws as `ask` does. */
export async function shownOf(
  query: MetricQuery,
  show: Show,
  { ask, catalogue }: { ask: AskAs; catalogue: Catalogue },
): Promise<Shown> {
  const limit = pageSize(query)
  const page = ask({ ...wholeQuestion(query, catalogue), limit, ...(query.offset ? { offset: query.offset } : {}) })
  const pictured = picturedOf(query, show, { ask, catalogue, page })
  const [table, picture] = await Promise.all([page, pictured])
  return { page: table, pictured: picture }
}

interface Picturing {
  readonly ask: AskAs
  readonly catalogue: Catalogue
  readonly page: Promise<Answer>
}

/** Pictures are of the rows themselves: the rest and the total stand in the table. */
async function picturedOf(asked: MetricQuery, show: Show, at: Picturing): Promise<Pictured | undefined> {
  const { ask, catalogue } = at
  if (show === 'table') return undefined
  const { top, totals, ...query } = asked
  const page =
    top === undefined && totals === undefined
      ? at.page
      : ask({ ...wholeQuestion(query, catalogue), limit: pageSize(query) })
  if (show === 'line' || show === 'stacked') return seriesOf(query, show, at)
  const answer = show === 'bar' ? await page : await ask({ ...wholeQuestion(query, catalogue), limit: MOST_POINTS })
  const all = { show, answer, along: undefined, series: undefined, leaders: undefined, whole: undefined }
  return { ...all, drawn: answer.rows.length, of: answer.total }
}

/** Times from first to last, or the largest places, against the largest of what tells series apart. */
async function seriesOf(query: MetricQuery, show: 'line' | 'stacked', at: Picturing): Promise<Pictured> {
  const { ask, catalogue } = at
  const metrics = show === 'line' ? query.metrics : query.metrics.filter((name) => isSum(name, catalogue))
  const [time] = timesOf(query, catalogue)
  const along = time ?? query.by[0] ?? ''
  const series = query.by.find((name) => name !== along)
  const { limit: _limit, offset: _offset, ...whole } = query
  const asked = { ...whole, order: [along], limit: MOST_CELLS }
  const rows = asked.where.filter(({ field }) => !isFigure(field, query, catalogue))
  // What filters figures holds for one cell each, not for a series or a place as a whole.
  const cells = rows.length === asked.where.length ? undefined : await ask(asked)
  const { grain: _grain, ...plain } = asked
  const leading = async (name: string, limit: number): Promise<Answer> => {
    const where = cells === undefined ? rows : [...rows, valuesOf(name, cells)]
    const leaders = { ...plain, metrics, by: [name], where, order: [], limit }
    return cells?.rows.length === 0 ? cells : ask({ ...leaders, order: orderOf(leaders, catalogue) })
  }
  const [leaders, places] = await Promise.all([
    series === undefined ? undefined : leading(series, MOST_SERIES),
    time === undefined ? leading(along, MOST_PLACES) : undefined,
  ])
  const within = [...asked.where, ...amongst(along, places)]
  const isCut = leaders !== undefined && leaders.total > leaders.rows.length
  const [answer, all] = await Promise.all([
    ask({ ...asked, where: [...within, ...amongst(series ?? '', leaders)] }),
    show === 'stacked' && isCut && cells === undefined ? ask({ ...asked, by: [along], where: within }) : undefined,
  ])
  return {
    show,
    answer: {
      ...answer,
      columns: answer.columns.filter(({ kind, name }) => kind !== 'metric' || metrics.includes(name)),
    },
    along,
    series,
    leaders,
    whole: all,
    drawn: leaders?.rows.length ?? 1,
    of: leaders?.total ?? 1,
  }
}

/** Only the values of an answer, where it has not all of them. */
function amongst(field: string, answer: Answer | undefined): Filter[] {
  return answer === undefined || answer.total <= answer.rows.length ? [] : [valuesOf(field, answer)]
}

/** Only the values of an answer; an empty one means: not known. */
function valuesOf(field: string, { rows }: Answer): Filter {
  return { field, operator: 'in', values: [...new Set(rows.map((row) => String(row[field] ?? '')))] }
}
