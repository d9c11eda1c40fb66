import { sql } from 'kysely'
import type { Grain } from '../../models/metrics/metric.ts'
import { monthNumber, type PeriodPair } from '../../models/metrics/period.ts'
import { TARGETS } from './plan-comparison.ts'
import type { Relation } from './relation.ts'
import type { Side } from './side.ts'
import type { Fragment } from './statement.ts'

/** Whose targets count, and how many of them stand for one month. */
interface Level {
  readonly name: 'company' | 'region'
  readonly regions: number
}

/**
 * What was planned for the months that are compared, and the rows of targets that count. Targets of regions are summed for regions
 * that a filter names, never for all of them, and where one of the months has no target there is none: part of a plan is nothing to
 * hold the whole against.
 */
export function targetsOf(relation: Relation, pair: PeriodPair): { marts: Side['marts']; rows: Fragment } {
  const { catalogue, metrics } = relation.plan
  const level = levelOf(relation)
  const wanted = sql`${monthsOf(relation, pair)} * ${sql.lit(level?.regions ?? 1)}`
  const planned = (name: string): Fragment => {
    const own = sql`FILTER (WHERE target_metric = ${catalogue.metrics[name]?.target})`
    return sql`CASE WHEN COUNT(target) ${own} = ${wanted} THEN SUM(target) ${own} END`
  }
  return {
    marts: new Map([[TARGETS, new Map(metrics.map((name) => [name, planned(name)] as const))]]),
    rows: level === undefined ? sql`FALSE` : sql`mart.scope_level = ${level.name}`,
  }
}

/** Undefined: none is of just these rows. */
function levelOf({ by, plan, only }: Relation): Level | undefined {
  if (only !== undefined) return undefined
  if (by.some(({ name }) => name === 'region')) return { name: 'region', regions: 1 }
  const [filter, ...more] = plan.dimensionFilters.filter(({ field }) => field === 'region')
  if (filter === undefined) return { name: 'company', regions: 1 }
  const isNamed = more.length === 0 && (filter.operator === 'eq' || filter.operator === 'in')
  return isNamed ? { name: 'region', regions: new Set(filter.values).size } : undefined
}

const MONTHS: Readonly<Partial<Record<Grain, number>>> = { quarter: 3, year: 12 }

/** How many months of the period a row of the answer is about. */
function monthsOf({ by, plan: { time } }: Relation, { now: { from, until } }: PeriodPair): Fragment {
  const split = by.find(({ name }) => name === time?.name)
  if (split === undefined) return sql.lit(monthNumber(until ?? '') - monthNumber(from ?? ''))
  const long = MONTHS[time?.grain ?? 'month']
  if (long === undefined) return sql.lit(1)
  const first = sql`MIN(DATE_TRUNC(${sql.lit(time?.grain)}, ${sql.ref(`mart.${split.dimension.columns[TARGETS]}`)}))`
  const end = sql`${first} + INTERVAL ${sql.raw(String(long))} MONTH`
  return sql`DATE_DIFF('month', GREATEST(${first}, CAST(${from} AS DATE)), LEAST(${end}, CAST(${until} AS DATE)))`
}
