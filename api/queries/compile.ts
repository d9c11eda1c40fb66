import { sql, type Kysely, type RawBuilder } from 'kysely'
import type { Parameter } from '../../data/warehouse.ts'
import type { Answer, Catalogue, Dimension, Metric, MetricQuery, Unit, Viewer } from '../../models/metrics/metric.ts'
import { resolvePeriod } from '../../models/metrics/period.ts'
import { rowRules, rulesOf, type Access } from '../access.ts'
import { compileCoverage, type CoverageStatement } from './coverage.ts'
import { dimensionCondition, metricCondition } from './filters.ts'
import { planQuery, type Plan } from './plan.ts'
import type { Fragment, Scope, Statement } from './statement.ts'

export interface CompileContext {
  /** Only writes SQL; nothing is run through it. */
  readonly builder: Kysely<unknown>
  readonly access: Access
  readonly viewer: Viewer
  /** Business date, 'YYYY-MM-DD'. */
  readonly asOf: string
}

/** No metric or dimension can have this name. */
export const TOTAL = '*total'

export interface CompiledQuery {
  readonly columns: Answer['columns']
  /** Statements are written when they are asked for. */
  readonly rows: () => Statement
  /** The same rows, each with the number of all rows before limit and offset in the column `TOTAL`. */
  readonly page: () => Statement
  /** That number alone, for a page without rows. */
  readonly count: () => Statement
  /** One row with what each figure stands on, under the same filters; undefined where all figures are always complete. */
  readonly coverage: CoverageStatement | undefined
}

/**
 * Turns a question into SQL. Each mart is summed by the asked dimensions on its own, and the sums are joined: no row of one
 * mart is counted twice for a row of another. Words of the question become bound parameters or names of the catalogue.
 */
export function compileQuery(catalogue: Catalogue, query: MetricQuery, context: CompileContext): CompiledQuery {
  const plan = planQuery(catalogue, query)
  const scope = scopeOf(plan, context)
  const steps = [...martSteps(plan, scope), joinStep(plan), ...levelSteps(plan)]
  const answer = sql`FROM ${last(plan)} ${whereAll(plan.metricFilters.map(metricCondition))}`
  const columns = columnsOf(plan)
  const rows = (outputs: readonly Fragment[]): Statement =>
    write(
      context.builder,
      sql`WITH ${sql.join(steps)} SELECT ${sql.join(outputs)} ${answer} ${order(plan)} ${range(plan)}`,
    )
  const total = sql.id(TOTAL)
  return {
    columns,
    rows: () => rows(columns.map(output)),
    page: () => rows([...columns.map(output), sql`COUNT(*) OVER () AS ${total}`]),
    count: () => write(context.builder, sql`WITH ${sql.join(steps)} SELECT COUNT(*) AS ${total} ${answer}`),
    coverage: compileCoverage(plan, scope, (fragment) => write(context.builder, fragment)),
  }
}

function range(plan: Plan): Fragment {
  return sql`${plan.limit === undefined ? sql`` : sql`LIMIT ${BigInt(plan.limit)}`} OFFSET ${BigInt(plan.offset)}`
}

function scopeOf(plan: Plan, { access, viewer, asOf }: CompileContext): Scope {
  const rules = rulesOf(access, viewer)
  return (mart) => {
    const filters = plan.dimensionFilters.map((filter) =>
      dimensionCondition(filter, plan.catalogue.dimensions[filter.field] as Dimension, mart),
    )
    const allowed = rowRules(plan.catalogue, mart, rules)
    return sql`FROM ${sql.table(mart)} AS mart ${whereAll([...filters, ...inPeriod(plan, mart, asOf), ...(allowed ? [allowed] : [])])}`
  }
}

/** A period is one of the dimension `month`. A mart without it covers spans of its own. */
function inPeriod({ catalogue, period }: Plan, mart: string, asOf: string): RawBuilder<boolean>[] {
  if (period === undefined) return []
  const { from, until } = resolvePeriod(period, asOf)
  const month = catalogue.dimensions['month']?.columns[mart]
  if (month === undefined) return []
  const column = sql.ref(`mart.${month}`)
  return [
    ...(from === null ? [] : [sql<boolean>`${column} >= CAST(${from} AS DATE)`]),
    ...(until === null ? [] : [sql<boolean>`${column} < CAST(${until} AS DATE)`]),
  ]
}

function martSteps(plan: Plan, scope: Scope): Fragment[] {
  return [...plan.marts].flatMap(([mart, metrics], i) => {
    const keys = plan.by.map(({ dimension }) => sql.ref(`mart.${dimension.columns[mart]}`))
    const dimensions = plan.by.flatMap(({ name, dimension }, j) => [
      sql`${keys[j]} AS ${sql.id(name)}`,
      ...(dimension.labels?.[mart]
        ? [sql`MAX(${sql.ref(`mart.${dimension.labels[mart]}`)}) AS ${sql.id(labelOf(name))}`]
        : []),
    ])
    const measures = metrics.map((name) => sql`${sql.raw(measureSql(plan, name))} AS ${sql.id(name)}`)
    const grouped = keys.length === 0 ? sql`` : sql`GROUP BY ${sql.join(keys)}`
    const step = sql`${martName(i)} AS (SELECT ${sql.join([...dimensions, ...measures])} ${scope(mart)} ${grouped})`
    // What the aggregates give for no rows at all: the value of a group that another mart has and this one has not.
    const empty = sql`${emptyName(i)} AS (SELECT ${sql.join(measures)} FROM ${sql.table(mart)} AS mart WHERE FALSE)`
    return plan.marts.size === 1 ? [step] : [step, empty]
  })
}

/** Full joins on equal dimensions, where not known equals not known. */
function joinStep(plan: Plan): Fragment {
  const all = [...plan.marts.values()]
  if (all.length === 1) return sql`level_0 AS (SELECT * FROM ${martName(0)})`
  const key = (name: string, until: number) =>
    firstOf(all.slice(0, until).map((_, i) => sql`${martName(i)}.${sql.id(name)}`))
  const dimensions = plan.by.flatMap(({ name, dimension }) => [
    sql`${key(name, all.length)} AS ${sql.id(name)}`,
    ...(dimension.labels ? [sql`${labelKey(plan, name, dimension)} AS ${sql.id(labelOf(name))}`] : []),
  ])
  const measures = all.flatMap((metrics, i) =>
    metrics.map(
      (name) => sql`COALESCE(${martName(i)}.${sql.id(name)}, ${emptyName(i)}.${sql.id(name)}) AS ${sql.id(name)}`,
    ),
  )
  const joins = all.slice(1).map((_, i) => {
    const equal = plan.by.map(
      ({ name }) => sql`${key(name, i + 1)} IS NOT DISTINCT FROM ${martName(i + 1)}.${sql.id(name)}`,
    )
    return equal.length === 0
      ? sql`CROSS JOIN ${martName(i + 1)}`
      : sql`FULL JOIN ${martName(i + 1)} ON ${sql.join(equal, sql` AND `)}`
  })
  const empties = all.map((_, i) => sql`CROSS JOIN ${emptyName(i)}`)
  return sql`level_0 AS (SELECT ${sql.join([...dimensions, ...measures])} FROM ${martName(0)} ${sql.join([...joins, ...empties], sql` `)})`
}

function labelKey(plan: Plan, name: string, dimension: Dimension): Fragment {
  const labelled = [...plan.marts.keys()].flatMap((mart, i) =>
    dimension.labels?.[mart] ? [sql`${martName(i)}.${sql.id(labelOf(name))}`] : [],
  )
  return labelled.length === 0 ? sql`NULL` : firstOf(labelled)
}

function firstOf(values: readonly Fragment[]): Fragment {
  return values.length === 1 ? sql`${values[0]}` : sql`COALESCE(${sql.join(values)})`
}

function levelSteps(plan: Plan): Fragment[] {
  return plan.levels.map((names, i) => {
    const computed = names.map((name) => sql`${computedSql(plan.catalogue.metrics[name] as Metric)} AS ${sql.id(name)}`)
    return sql`${levelName(i + 1)} AS (SELECT *, ${sql.join(computed)} FROM ${levelName(i)})`
  })
}

function computedSql(metric: Metric): Fragment {
  if ('rankOf' in metric) return sql`RANK() OVER (ORDER BY ${sql.id(metric.rankOf)} DESC NULLS LAST)`
  return sql.raw(metric.sql)
}

function measureSql(plan: Plan, name: string): string {
  const metric = plan.catalogue.metrics[name] as Metric
  return 'mart' in metric ? metric.sql : ''
}

function columnsOf(plan: Plan): Answer['columns'] {
  const dimensions = plan.by.flatMap(({ name, dimension }) => [
    { name, kind: 'dimension' as const },
    ...(hasLabel(plan, dimension) ? [{ name: labelOf(name), kind: 'label' as const }] : []),
  ])
  const metrics = plan.metrics.map((name) => ({
    name,
    kind: 'metric' as const,
    unit: (plan.catalogue.metrics[name] as Metric).unit,
  }))
  return [...dimensions, ...metrics]
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
  const asked = plan.order.map(
    ({ name, descending }) => sql`${sortKey(plan, name)} ${sql.raw(descending ? 'DESC' : 'ASC')} NULLS LAST`,
  )
  const rest = plan.by.map(({ name }) => sql`${last(plan)}.${sql.id(name)} NULLS LAST`)
  return asked.length + rest.length === 0 ? sql`` : sql`ORDER BY ${sql.join([...asked, ...rest])}`
}

/** A dimension with words is sorted by what is shown. Qualified: the sum itself, not the rounded column of the answer. */
function sortKey(plan: Plan, name: string): Fragment {
  const dimension = plan.by.find((each) => each.name === name)?.dimension
  return sql`${last(plan)}.${sql.id(dimension !== undefined && hasLabel(plan, dimension) ? labelOf(name) : name)}`
}

function last(plan: Plan): Fragment {
  return levelName(plan.levels.length)
}

function whereAll(conditions: readonly Fragment[]): Fragment {
  return conditions.length === 0 ? sql`` : sql`WHERE ${sql.join(conditions, sql` AND `)}`
}

/** The column with the words to show for a dimension, in every answer. */
export function labelOf(dimension: string): string {
  return `${dimension}_label`
}

const martName = (i: number): Fragment => sql.id(`mart_${i}`)
const emptyName = (i: number): Fragment => sql.id(`empty_${i}`)
const levelName = (i: number): Fragment => sql.id(`level_${i}`)

function write(builder: Kysely<unknown>, fragment: Fragment): Statement {
  const compiled = fragment.compile(builder)
  return { sql: compiled.sql, parameters: compiled.parameters as Parameter[] }
}
