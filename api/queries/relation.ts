import { sql } from 'kysely'
import { comparisonOf } from '../../models/metrics/comparison.ts'
import type { Metric } from '../../models/metrics/metric.ts'
import type { PeriodPair } from '../../models/metrics/period.ts'
import type { NamedDimension, Plan } from './plan.ts'
import { isPadded, joinSides, labelOf, noneName, sideSteps, type Side } from './side.ts'
import type { Fragment, Narrowing, Scope } from './statement.ts'
import { targetsOf } from './targets.ts'

/** The figures of a question, split one way: alone, or beside those they are compared with. */
export interface Relation {
  /** Its last step is called so. */
  readonly name: string
  readonly plan: Plan
  readonly scope: Scope
  /** Months that are compared; undefined: nothing is. */
  readonly pair: PeriodPair | undefined
  readonly by: readonly NamedDimension[]
  readonly ranked: boolean
  /** Which rows of a mart take part, told by what they belong to; undefined: all. */
  readonly only: ((key: (dimension: NamedDimension) => Fragment) => readonly Fragment[]) | undefined
}

export function relationSteps(relation: Relation): Fragment[] {
  const { name, plan, pair } = relation
  if (plan.compare === undefined || pair === undefined)
    return sideSteps(side(relation, { name, none: false, marts: measures(plan) }))
  const now = side(relation, { name: `${name}_now`, period: pair.now, none: true, marts: measures(plan) })
  const other = `${name}_then`
  const then =
    plan.compare === 'target'
      ? planned(relation, pair, other)
      : side(relation, { name: other, moved: pair, period: pair.before, none: true, marts: measures(plan) })
  return [...sideSteps(now), ...sideSteps(then), comparedStep(relation, now, then)]
}

function planned(relation: Relation, pair: PeriodPair, name: string): Side {
  const { marts, rows } = targetsOf(relation, pair)
  return { ...side(relation, { name, period: pair.now, none: true, marts, rows }), levels: [] }
}

interface Span extends Pick<Side, 'name' | 'none' | 'marts'> {
  /** Its days are moved by what lies between the two, to stand where those they are compared with do. */
  readonly moved?: PeriodPair
  readonly period?: Narrowing['period']
  /** Of its marts only these rows. */
  readonly rows?: Fragment
}

function side(relation: Relation, { moved, period, rows, ...span }: Span): Side {
  const { plan, scope, by, ranked, only } = relation
  const key: Side['key'] = (mart, dimension) => keyOf(plan, mart, dimension, moved)
  return {
    ...span,
    catalogue: plan.catalogue,
    by,
    levels: plan.levels,
    ranked,
    key,
    from: (mart) =>
      scope(mart, {
        ...(period && { period }),
        conditions: [...(only?.((dimension) => key(mart, dimension)) ?? []), ...(rows ? [rows] : [])],
      }),
  }
}

/** The value of a dimension in a row of a mart; a month or day as the first day of its span. */
function keyOf({ time }: Plan, mart: string, { name, dimension }: NamedDimension, moved?: PeriodPair): Fragment {
  const column = sql.ref(`mart.${dimension.columns[mart]}`)
  if (name !== time?.name || (time.grain === undefined && moved === undefined)) return column
  const isFine = dimension.kind === 'day' && (time.grain === undefined || time.grain === 'day' || time.grain === 'week')
  const there = moved === undefined ? column : sql`${column} + ${isFine ? distance(moved) : months(moved.apart)}`
  return time.grain === undefined
    ? sql`CAST(${there} AS DATE)`
    : sql`CAST(DATE_TRUNC(${sql.lit(time.grain)}, ${there}) AS DATE)`
}

const months = (count: number): Fragment => sql`INTERVAL ${sql.raw(String(count))} MONTH`

/** Days go as far into the other period; a year apart they keep their date, and 29 February is the 28th. */
function distance({ apart, now, before }: PeriodPair): Fragment {
  if (apart % 12 === 0) return months(apart)
  const days = (Date.parse(now.from ?? '') - Date.parse(before.from ?? '')) / 86_400_000
  return sql`INTERVAL ${sql.raw(String(days))} DAY`
}

function measures({ catalogue, marts }: Plan): Side['marts'] {
  const sqlOf = (name: string): Fragment => {
    const metric = catalogue.metrics[name] as Metric
    return sql.raw('mart' in metric ? metric.sql : '')
  }
  return new Map([...marts].map(([mart, names]) => [mart, new Map(names.map((name) => [name, sqlOf(name)] as const))]))
}

/** Both sides in one row per group, with their difference. What a side lacks has the figures of no rows. */
function comparedStep({ name, plan, by }: Relation, now: Side, then: Side): Fragment {
  const sides = [now, then].map((each) => sql.id(each.name))
  const nones = [now, then].map((each) => sql.id(noneName(each.name)))
  const joined = joinSides(
    sides,
    by.map((each) => each.name),
  )
  const padded = isPadded(now)
  const of = (i: number, metric: string): Fragment => {
    const own = sql`${sides[i]}.${sql.id(metric)}`
    return padded ? sql`CASE WHEN ${joined.isThere(i)} THEN ${own} ELSE ${nones[i]}.${sql.id(metric)} END` : own
  }
  const dimensions = by.flatMap((each) => [
    sql`${joined.key(each.name)} AS ${sql.id(each.name)}`,
    ...(each.dimension.labels ? [labelStep(each, [now, then])] : []),
  ])
  const figures = [...new Set([...[...plan.marts.values()].flat(), ...plan.levels.flat()])]
  const compared = plan.metrics.flatMap((metric) => {
    const [one, other] = [of(0, metric), of(1, metric)]
    const names = comparisonOf(metric)
    return [
      sql`${other} AS ${sql.id(names.compared)}`,
      sql`${one} - ${other} AS ${sql.id(names.difference)}`,
      sql`CAST(${one} - ${other} AS DOUBLE) / NULLIF(ABS(CAST(${other} AS DOUBLE)), 0) AS ${sql.id(names.relative)}`,
    ]
  })
  return sql`${sql.id(name)} AS (
    SELECT ${sql.join([...dimensions, ...figures.map((each) => sql`${of(0, each)} AS ${sql.id(each)}`), ...compared])}
    FROM ${joined.from} ${sql.join(padded ? nones.map((none) => sql`CROSS JOIN ${none}`) : [], sql` `)})`
}

function labelStep({ name, dimension }: NamedDimension, sides: readonly Side[]): Fragment {
  const label = labelOf(name)
  const labelled = sides.filter(
    ({ marts }) => marts.size > 1 || [...marts.keys()].some((mart) => dimension.labels?.[mart]),
  )
  const each = labelled.map((one) => sql`${sql.id(one.name)}.${sql.id(label)}`)
  return each.length === 0
    ? sql`NULL AS ${sql.id(label)}`
    : sql`COALESCE(${sql.join([...each, sql`NULL`])}) AS ${sql.id(label)}`
}
