import { sql, type Kysely, type RawBuilder } from 'kysely'
import type { Parameter } from '../../data/warehouse.ts'
import { fault } from '../../entities/faults.ts'
import { RequestError } from '../../errors.ts'
import { comparisonOf } from '../../models/metrics/comparison.ts'
import {
  ROW_KIND,
  type Answer,
  type Column,
  type Compared,
  type Dimension,
  type Metric,
  type MetricQuery,
  type Unit,
} from '../../models/metrics/metric.ts'
import {
  comparablePeriods,
  periodWords,
  resolvePeriod,
  type Period,
  type PeriodPair,
} from '../../models/metrics/period.ts'
import type { Sight } from '../access.ts'
import { answerSteps, ANSWER, TOTALS } from './answer-steps.ts'
import { compileCoverage, type CoverageStatement } from './coverage.ts'
import { dimensionCondition } from './filters.ts'
import { planQuery, type Plan } from './plan.ts'
import { labelOf } from './side.ts'
import type { Fragment, Scope, Statement } from './statement.ts'

export interface CompileContext {
  /** Only writes SQL; nothing is run through it. */
  readonly builder: Kysely<unknown>
  /** Of whom asks: no other word is known, no other row is read. */
  readonly sight: Sight
  /** Business date, 'YYYY-MM-DD'. */
  readonly asOf: string
}

/** No metric or dimension can have this name. */
export const TOTAL = '*total'
const PLACE = '*place'

export interface CompiledQuery {
  readonly columns: Answer['columns']
  /** Statements are written when they are asked for. */
  readonly rows: () => Statement
  /** The same rows, each with the number of all rows before limit and offset in the column `TOTAL`; the row of totals without. */
  readonly page: () => Statement
  /** That number alone, for a page without rows. */
  readonly count: () => Statement
  /** One row with what each figure stands on, under the same filters; undefined where all figures are always complete. */
  readonly coverage: CoverageStatement | undefined
  readonly compared: Compared | undefined
  /** The marts that are read. */
  readonly marts: readonly string[]
}

/**
 * Turns a question into SQL. Each mart is summed by the asked dimensions on its own, and the sums are joined: no row of one
 * mart is counted twice for a row of another. Words of the question become bound parameters or names of the catalogue.
 */
export function compileQuery(query: MetricQuery, context: CompileContext): CompiledQuery {
  const plan = planQuery(context.sight.catalogue, query)
  const pair = pairOf(plan, context)
  const scope = scopeOf(plan, context, pair)
  const steps = sql.join(answerSteps(plan, scope, pair))
  const columns = columnsOf(plan)
  const outputs = columns.map(output)
  const total = sql.id(TOTAL)
  const counted = sql`COUNT(*) OVER () AS ${total}`
  const rows = (withCount: boolean): Statement =>
    write(
      context.builder,
      plan.totals
        ? withTotals(plan, steps, [...outputs, ...(withCount ? [total] : [])])
        : sql`WITH ${steps} SELECT ${sql.join([...outputs, ...(withCount ? [counted] : [])])} FROM ${sql.id(ANSWER)} ${order(plan)} ${range(plan)}`,
    )
  return {
    columns,
    rows: () => rows(false),
    page: () => rows(true),
    count: () => write(context.builder, sql`WITH ${steps} SELECT COUNT(*) AS ${total} FROM ${sql.id(ANSWER)}`),
    coverage: compileCoverage(plan, scope, (fragment) => write(context.builder, fragment)),
    compared: comparedOf(plan, pair),
    marts: [...plan.marts.keys()],
  }
}

/** The page, in its order, and the row of totals after it. */
function withTotals(plan: Plan, steps: Fragment, outputs: readonly Fragment[]): Fragment {
  const place = sql.id(PLACE)
  return sql`WITH ${steps}, page AS (
      SELECT *, COUNT(*) OVER () AS ${sql.id(TOTAL)}, ROW_NUMBER() OVER (${order(plan)}) AS ${place}
      FROM ${sql.id(ANSWER)} ORDER BY ${place} ${range(plan)}
    )
    SELECT ${sql.join(outputs)} FROM (FROM page UNION ALL BY NAME FROM ${sql.id(TOTALS)}) AS whole
    ORDER BY whole.${place} NULLS LAST`
}

/** The months that are compared: those that are over on the business date. Throws RequestError where there are none. */
function pairOf({ compare, period }: Plan, { asOf }: CompileContext): PeriodPair | undefined {
  if (compare === undefined) return undefined
  const words = period ?? 'all_time'
  if (resolvePeriod(words, asOf).from === null)
    throw new RequestError(fault('compare_unbounded', {}), { field: 'period' })
  const pair = comparablePeriods(words, asOf, compare === 'last_year' ? 'last_year' : 'previous')
  if (pair === undefined)
    throw new RequestError(fault('compare_running', { period: words, as_of: asOf }), { field: 'period' })
  return pair
}

function comparedOf({ compare }: Plan, pair: PeriodPair | undefined): Compared | undefined {
  if (compare === undefined || pair === undefined) return undefined
  const other = compare === 'target' ? null : periodWords(pair.before)
  return { kind: compare, period: periodWords(pair.now), with: other, whole: pair.whole }
}

function range(plan: Plan): Fragment {
  return sql`${plan.limit === undefined ? sql`` : sql`LIMIT ${BigInt(plan.limit)}`} OFFSET ${BigInt(plan.offset)}`
}

function scopeOf(plan: Plan, { sight, asOf }: CompileContext, pair: PeriodPair | undefined): Scope {
  return (mart, { period, conditions = [] } = {}) => {
    const filters = plan.dimensionFilters.map((filter) =>
      dimensionCondition(filter, plan.catalogue.dimensions[filter.field] as Dimension, mart),
    )
    const allowed = sight.allowed(mart)
    const during = inPeriod(plan, mart, period ?? pair?.now ?? resolvePeriod(plan.period ?? 'all_time', asOf))
    return sql`FROM ${sql.table(mart)} AS mart ${whereAll([...filters, ...during, ...(allowed ? [allowed] : []), ...conditions])}`
  }
}

/** A period is one of the dimension `month`. A mart without it covers spans of its own. */
function inPeriod({ catalogue }: Plan, mart: string, { from, until }: Period): RawBuilder<boolean>[] {
  const month = catalogue.dimensions['month']?.columns[mart]
  if (month === undefined) return []
  const column = sql.ref(`mart.${month}`)
  return [
    ...(from === null ? [] : [sql<boolean>`${column} >= CAST(${from} AS DATE)`]),
    ...(until === null ? [] : [sql<boolean>`${column} < CAST(${until} AS DATE)`]),
  ]
}

function columnsOf(plan: Plan): Answer['columns'] {
  const dimensions = plan.by.flatMap(({ name, dimension }): Column[] => [
    { name, kind: 'dimension', ...(plan.time?.name === name && plan.time.grain && { grain: plan.time.grain }) },
    ...(hasLabel(plan, dimension) ? [{ name: labelOf(name), kind: 'label' as const }] : []),
  ])
  const rowKind: Column[] = plan.top === undefined && !plan.totals ? [] : [{ name: ROW_KIND, kind: 'row_kind' }]
  return [...dimensions, ...plan.metrics.flatMap((name) => metricColumns(plan, name)), ...rowKind]
}

function metricColumns(plan: Plan, metric: string): Column[] {
  const { unit } = plan.catalogue.metrics[metric] as Metric
  const own: Column = { name: metric, kind: 'metric', unit }
  if (plan.compare === undefined) return [own]
  const { compared, difference, relative } = comparisonOf(metric)
  return [
    own,
    { name: compared, kind: 'compared', unit, metric },
    { name: difference, kind: 'difference', unit: unit === 'rank' ? 'number' : unit, metric },
    { name: relative, kind: 'relative', unit: 'share', metric },
  ]
}

function hasLabel(plan: Plan, dimension: Dimension): boolean {
  return [...plan.marts.keys()].some((mart) => dimension.labels?.[mart] !== undefined)
}

/** One type per unit, so that every format shows the same figure; money to the cent. */
const TYPES: Readonly<Record<Unit, string>> = {
  money: 'DECIMAL(18,2)',
  count: 'BIGINT',
  rank: 'BIGINT',
  hours: 'DOUBLE',
  days: 'DOUBLE',
  share: 'DOUBLE',
  number: 'DOUBLE',
}

function output(column: Answer['columns'][number]): Fragment {
  const name = sql.id(column.name)
  return column.unit === undefined ? name : sql`CAST(${name} AS ${sql.raw(TYPES[column.unit])}) AS ${name}`
}

/** The asked order, then the dimensions, so that the same question always has the same order. */
function order(plan: Plan): Fragment {
  const restLast = plan.top === undefined ? [] : [sql`${ofAnswer(ROW_KIND)} = 'rest'`]
  const asked = plan.order.map(
    ({ name, descending }) => sql`${sortKey(plan, name)} ${sql.raw(descending ? 'DESC' : 'ASC')} NULLS LAST`,
  )
  const ties = plan.by.map(({ name }) => sql`${ofAnswer(name)} NULLS LAST`)
  const all = [...restLast, ...asked, ...ties]
  return all.length === 0 ? sql`` : sql`ORDER BY ${sql.join(all)}`
}

/** A dimension with words is sorted by what is shown. Qualified: the sum itself, not the rounded column of the answer. */
function sortKey(plan: Plan, name: string): Fragment {
  const dimension = plan.by.find((each) => each.name === name)?.dimension
  return ofAnswer(dimension !== undefined && hasLabel(plan, dimension) ? labelOf(name) : name)
}

const ofAnswer = (name: string): Fragment => sql.ref(`${ANSWER}.${name}`)

function whereAll(conditions: readonly Fragment[]): Fragment {
  return conditions.length === 0 ? sql`` : sql`WHERE ${sql.join(conditions, sql` AND `)}`
}

function write(builder: Kysely<unknown>, fragment: Fragment): Statement {
  const compiled = fragment.compile(builder)
  return { sql: compiled.sql, parameters: compiled.parameters as Parameter[] }
}
