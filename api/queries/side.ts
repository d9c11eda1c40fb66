import { sql } from 'kysely'
import type { Catalogue, Dimension, Metric } from '../../models/metrics/metric.ts'
import type { NamedDimension } from './plan.ts'
import type { Fragment } from './statement.ts'

/** Figures of one span of time, split one way. */
export interface Side {
  /** Its steps begin with it; the last one is called so. */
  readonly name: string
  readonly catalogue: Catalogue
  readonly by: readonly NamedDimension[]
  /** Aggregates by mart and name. */
  readonly marts: ReadonlyMap<string, ReadonlyMap<string, Fragment>>
  /** Derived metrics and ranks; each level stands on the levels before it. */
  readonly levels: readonly (readonly string[])[]
  /** What a row of the mart belongs to. */
  readonly key: (mart: string, dimension: NamedDimension) => Fragment
  /** 'FROM mart WHERE …' */
  readonly from: (mart: string) => Fragment
  /** False: the rows are parts of others, among which they have no place. */
  readonly ranked: boolean
  /** With a step `<name>_none` of one row: the same figures of no rows at all. */
  readonly none: boolean
}

/** True in every row that is there, to be told from one that a join made up. */
const THERE = '*there'

/** Each mart summed by the dimensions on its own, the sums joined, then what is computed from them. */
export function sideSteps(side: Side): Fragment[] {
  const { name, levels } = side
  return [
    ...martSteps(side),
    ...(side.none && isPadded(side) ? noneSteps(side) : []),
    joinStep(side),
    ...levels.map((names, i) => levelStep(side, names, i)),
    sql`${sql.id(name)} AS (SELECT * FROM ${level(name, levels.length)})`,
  ]
}

/** A sum without groups has its one row of every mart, on every side. */
export function isPadded({ by, marts, none }: Side): boolean {
  return by.length > 0 && (none || marts.size > 1)
}

function noneSteps(side: Side): Fragment[] {
  const name = noneName(side.name)
  return [
    sql`${level(name, 0)} AS (SELECT * FROM ${sql.join(emptyNames(side), sql` CROSS JOIN `)})`,
    ...side.levels.map((names, i) => levelStep({ ...side, name, ranked: false }, names, i)),
    sql`${sql.id(name)} AS (SELECT * FROM ${level(name, side.levels.length)})`,
  ]
}

/** Full joins on equal dimensions, where not known equals not known. The figures of a side without the group are those of no rows. */
export function joinSides(
  sides: readonly Fragment[],
  by: readonly string[],
): { readonly from: Fragment; readonly key: (name: string) => Fragment; readonly isThere: (i: number) => Fragment } {
  const key = (name: string, until = sides.length): Fragment =>
    firstOf(sides.slice(0, until).map((side) => sql`${side}.${sql.id(name)}`))
  const joins = sides.slice(1).map((side, i) => {
    const equal = by.map((name) => sql`${key(name, i + 1)} IS NOT DISTINCT FROM ${side}.${sql.id(name)}`)
    return equal.length === 0 ? sql`CROSS JOIN ${side}` : sql`FULL JOIN ${side} ON ${sql.join(equal, sql` AND `)}`
  })
  return {
    from: sql`${sides[0]} ${sql.join(joins, sql` `)}`,
    key,
    isThere: (i) => sql`${sides[i]}.${sql.id(THERE)}`,
  }
}

function martSteps(side: Side): Fragment[] {
  return [...side.marts].flatMap(([mart, aggregates], i) => {
    const keys = side.by.map((each) => side.key(mart, each))
    const dimensions = side.by.flatMap(({ name, dimension }, j) => [
      sql`${keys[j]} AS ${sql.id(name)}`,
      ...(dimension.labels?.[mart]
        ? [sql`MAX(${sql.ref(`mart.${dimension.labels[mart]}`)}) AS ${sql.id(labelOf(name))}`]
        : []),
    ])
    const measures = [...aggregates].map(([name, aggregate]) => sql`${aggregate} AS ${sql.id(name)}`)
    const grouped = keys.length === 0 ? sql`` : sql`GROUP BY ${sql.join(keys)}`
    const there = sql`TRUE AS ${sql.id(THERE)}`
    const step = sql`${martName(side, i)} AS (SELECT ${sql.join([...dimensions, ...measures, there])} ${side.from(mart)} ${grouped})`
    // What the aggregates give for no rows at all: the figures of a group that another mart has and this one has not.
    const empty = sql`${emptyName(side, i)} AS (SELECT ${sql.join(measures)} FROM ${sql.table(mart)} AS mart WHERE FALSE)`
    return isPadded(side) ? [step, empty] : [step]
  })
}

function joinStep(side: Side): Fragment {
  const all = [...side.marts.values()]
  const first = level(side.name, 0)
  if (all.length === 1) return sql`${first} AS (SELECT * FROM ${martName(side, 0)})`
  const names = side.by.map(({ name }) => name)
  const joined = joinSides(
    all.map((_, i) => martName(side, i)),
    names,
  )
  const dimensions = side.by.flatMap(({ name, dimension }) => [
    sql`${joined.key(name)} AS ${sql.id(name)}`,
    ...(dimension.labels ? [sql`${labelKey(side, name, dimension)} AS ${sql.id(labelOf(name))}`] : []),
  ])
  const measures = all.flatMap((aggregates, i) =>
    [...aggregates.keys()].map((name) => {
      const [own, none] = [sql`${martName(side, i)}.${sql.id(name)}`, sql`${emptyName(side, i)}.${sql.id(name)}`]
      return isPadded(side)
        ? sql`CASE WHEN ${joined.isThere(i)} THEN ${own} ELSE ${none} END AS ${sql.id(name)}`
        : sql`${own} AS ${sql.id(name)}`
    }),
  )
  const empties = isPadded(side) ? emptyNames(side).map((name) => sql`CROSS JOIN ${name}`) : []
  return sql`${first} AS (SELECT ${sql.join([...dimensions, ...measures, sql`TRUE AS ${sql.id(THERE)}`])}
    FROM ${joined.from} ${sql.join(empties, sql` `)})`
}

function labelKey(side: Side, name: string, dimension: Dimension): Fragment {
  const labelled = [...side.marts.keys()].flatMap((mart, i) =>
    dimension.labels?.[mart] ? [sql`${martName(side, i)}.${sql.id(labelOf(name))}`] : [],
  )
  return labelled.length === 0 ? sql`NULL` : firstOf(labelled)
}

function levelStep({ name, catalogue, ranked }: Side, names: readonly string[], i: number): Fragment {
  const computed = names.map((each) => {
    const metric = catalogue.metrics[each] as Metric
    return sql`${computedSql(metric, ranked)} AS ${sql.id(each)}`
  })
  return sql`${level(name, i + 1)} AS (SELECT *, ${sql.join(computed)} FROM ${level(name, i)})`
}

function computedSql(metric: Metric, ranked: boolean): Fragment {
  if ('rankOf' in metric)
    return ranked ? sql`RANK() OVER (ORDER BY ${sql.id(metric.rankOf)} DESC NULLS LAST)` : sql`CAST(NULL AS BIGINT)`
  return sql.raw(metric.sql)
}

function firstOf(values: readonly Fragment[]): Fragment {
  return values.length === 1 ? sql`${values[0]}` : sql`COALESCE(${sql.join(values)})`
}

/** The column with the words to show for a dimension, in every answer. */
export function labelOf(dimension: string): string {
  return `${dimension}_label`
}

export const noneName = (name: string): string => `${name}_none`
const martName = (side: Side, i: number): Fragment => sql.id(`${side.name}_mart_${i}`)
const emptyName = (side: Side, i: number): Fragment => sql.id(`${side.name}_empty_${i}`)
const emptyNames = (side: Side): Fragment[] => [...side.marts.keys()].map((_, i) => emptyName(side, i))
const level = (name: string, i: number): Fragment => sql.id(`${name}_${i}`)
