import { fault } from '../entities/faults.ts'
import { RequestError } from '../errors.ts'
import type { Answer, Ask, MetricQuery, Viewer } from '../models/metrics/metric.ts'
import type { WatchedFigure } from './alert.ts'
import { judge, type Reading, type Verdict } from './conditions.ts'
import { forecastQueries } from './forecast.ts'
import type { WorkingClock } from './working-clock.ts'

/** More groups than this are a list, not an alert. */
const MOST_GROUPS = 20_000

/** What a value is called that nobody entered. */
const UNKNOWN = 'unknown'

type Row = Answer['rows'][number]

/** What one look found of one group. */
export interface Observation {
  /** '' where the figure is watched as a whole. */
  readonly group: string
  readonly label: string
  readonly verdict: Verdict
  /** The figure as it was asked for, before a clock ran down. */
  readonly asked: number | null
  /** What else the answer says of it. */
  readonly row: Row
}

/** What one look found. */
export interface Found {
  readonly version: number
  /** When the oldest source of the figure was last read. */
  readonly readAt: string | null
  readonly observations: readonly Observation[]
}

export interface ObserveDeps {
  readonly ask: Ask
  readonly clock: WorkingClock
  readonly now: () => Date
  /** When the figures' moment was, of their business date and knowledge. */
  readonly lookedAt: (evidence: Answer['evidence']) => Date
  /** The moment to which a clock runs down; that of the figures where books are closed. */
  readonly runsTo: (evidence: Answer['evidence']) => Date
}

/** The question of an alert. */
function questionOf({ metric, by, with: more, where, when }: WatchedFigure): MetricQuery {
  const against = 'against' in when ? when.against : 'above' in when || 'below' in when ? when.crossing : undefined
  const split = by === undefined ? [] : [by, ...more]
  return {
    metrics: [metric],
    by: split,
    where: [...where],
    order: split.slice(0, 1),
    limit: MOST_GROUPS,
    ...(against && { compare: against }),
  }
}

/** Asks for the figure of an alert as one that may see it, and judges each group. Throws what `ask` throws. */
export async function observe(alert: WatchedFigure, viewer: Viewer, deps: ObserveDeps): Promise<Found> {
  const { answer, rows } = await askFor(alert, viewer, deps.ask)
  const { evidence } = answer
  const figure = evidence.figures[alert.metric]
  const coverage = evidence.coverage[alert.metric]?.share ?? null
  const readAt = figure?.read_at ?? null
  const hours = readAt === null ? null : (deps.now().getTime() - Date.parse(readAt)) / 3_600_000
  const elapsed = await elapsedBy(alert, rows, { ...deps, evidence })
  const observations = rows.map(({ row, forecast }): Observation => {
    const { metric, by } = alert
    const reading: Reading = {
      value: less(numberOf(row[metric]), elapsed?.(row)),
      was: numberOf(row[`${metric}_compared`]),
      difference: numberOf(row[`${metric}_difference`]),
      relative: numberOf(row[`${metric}_relative`]),
      forecast,
      coverage,
      hours,
    }
    const group = by === undefined ? '' : String(row[by] ?? '')
    return {
      group,
      label: labelOf(answer, by, row),
      verdict: judge(alert.when, reading),
      asked: numberOf(row[metric]),
      row,
    }
  })
  return { version: evidence.warehouse_version, readAt, observations }
}

interface Asked {
  readonly answer: Answer
  readonly rows: readonly { readonly row: Row; readonly forecast: Reading['forecast'] }[]
}

/** The rows a viewer gets for an alert, one for each group. Throws RequestError where they are too many, or not one. */
export async function askFor(alert: WatchedFigure, viewer: Viewer, ask: Ask): Promise<Asked> {
  const question = questionOf(alert)
  if (!('outsideForecast' in alert.when)) {
    const answer = await ask(viewer, question)
    return { answer, rows: onePerGroup(alert, answer).map((row) => ({ row, forecast: null })) }
  }
  const { evidence } = await ask(viewer, { ...question, by: [], limit: 1, order: [] })
  const { actual, forecast } = forecastQueries(alert, evidence.as_of)
  const [answer, foreseen] = await Promise.all([
    ask(viewer, { ...question, where: actual }),
    ask(viewer, { ...forecast, limit: MOST_GROUPS }),
  ])
  const [low = '', high = ''] = forecast.metrics
  const came = new Map(onePerGroup(alert, answer).map((row) => [String(row['customer']), row]))
  const rows = foreseen.rows.map((row) => {
    const [from, to] = [numberOf(row[low]), numberOf(row[high])]
    // Who bought nothing in the year is in no row of it.
    const had = came.get(String(row['customer'])) ?? { ...row, [alert.metric]: 0 }
    return { row: had, forecast: from === null || to === null ? null : { low: from, high: to } }
  })
  return { answer, rows }
}

function onePerGroup({ by, with: more }: WatchedFigure, answer: Answer): readonly Row[] {
  if (answer.total > MOST_GROUPS)
    throw new RequestError(fault('alert_too_many', { groups: answer.total, most: MOST_GROUPS }))
  if (by === undefined || more.length === 0) return answer.rows
  const seen = new Set<string>()
  for (const row of answer.rows) {
    const group = String(row[by] ?? '')
    if (seen.has(group)) throw new RequestError(fault('alert_not_one_row', { group, with: more }))
    seen.add(group)
  }
  return answer.rows
}

/** Working minutes that have gone by since the moment of the figures, by the calendar of each row. */
async function elapsedBy(
  { clock }: WatchedFigure,
  rows: Asked['rows'],
  deps: ObserveDeps & { readonly evidence: Answer['evidence'] },
): Promise<((row: Row) => number | null) | undefined> {
  if (clock === undefined) return undefined
  const calendars = [...new Set(rows.map(({ row }) => String(row[clock])))]
  const [from, to] = [deps.lookedAt(deps.evidence), deps.runsTo(deps.evidence)]
  const minutes = new Map(
    await Promise.all(calendars.map(async (each) => [each, await deps.clock.minutesBetween(each, from, to)] as const)),
  )
  return (row) => minutes.get(String(row[clock])) ?? null
}

function less(value: number | null, elapsed: number | null | undefined): number | null {
  if (elapsed === undefined || value === null) return value
  return elapsed === null ? null : Math.floor(value - elapsed)
}

export function numberOf(value: Row[string] | undefined): number | null {
  if (value === null || value === undefined || value === '') return null
  const figure = Number(value)
  return Number.isFinite(figure) ? figure : null
}

/** What a reader knows a group by: its label where the answer has one. */
export function labelOf(answer: Pick<Answer, 'columns'>, by: string | undefined, row: Row): string {
  if (by === undefined) return ''
  const label = answer.columns.find(({ kind, name }) => kind === 'label' && name.startsWith(`${by}_label`))?.name
  return String((label === undefined ? undefined : row[label]) ?? row[by] ?? UNKNOWN)
}
