import { sql } from 'kysely'
import type { Row } from '../../data/warehouse.ts'
import type { Evidence, MeasuredMetric } from '../../models/metrics/metric.ts'
import { measuredOf } from '../../models/metrics/splits.ts'
import type { Plan } from './plan.ts'
import type { Fragment, Scope, Statement } from './statement.ts'

export interface CoverageStatement extends Statement {
  /** Measured metrics with coverage that each asked metric stands on. */
  readonly standsOn: Readonly<Record<string, readonly string[]>>
}

/** Both aggregates of each coverage, over the same rows as the figures, in one row. */
export function compileCoverage(
  plan: Plan,
  scope: Scope,
  write: (fragment: Fragment) => Statement,
): CoverageStatement | undefined {
  const covered = (name: string) =>
    measuredOf(plan.catalogue, name).filter((each) => coverageOf(plan, each) !== undefined)
  const standsOn = Object.fromEntries(
    plan.metrics.map((name) => [name, covered(name)] as const).filter(([, each]) => each.length > 0),
  )
  const names = [...new Set(Object.values(standsOn).flat())]
  if (names.length === 0) return undefined
  const parts = [...Map.groupBy(names, (name) => (plan.catalogue.metrics[name] as MeasuredMetric).mart)].map(
    ([mart, each]) =>
      sql`(SELECT ${sql.join(each.flatMap((name) => aggregates(plan, name)))} ${scope(mart)}) AS ${sql.id(mart)}`,
  )
  return { ...write(sql`SELECT * FROM ${sql.join(parts, sql` CROSS JOIN `)}`), standsOn }
}

/** Reads that row. A metric that stands on several others is covered as well as the weakest of them. */
export function readCoverage(statement: CoverageStatement, row: Row): Evidence['coverage'] {
  return Object.fromEntries(
    Object.entries(statement.standsOn).map(([name, each]) => {
      const all = each.map((part) => share(Number(row[`${part}.known`] ?? 0), Number(row[`${part}.of`] ?? 0)))
      const weakest = all.toSorted((a, b) => (a.share ?? Infinity) - (b.share ?? Infinity))[0] ?? share(0, 0)
      return [name, weakest]
    }),
  )
}

function share(known: number, of: number): Evidence['coverage'][string] {
  return { share: of === 0 ? null : known / of, known, of }
}

function aggregates(plan: Plan, name: string): Fragment[] {
  const coverage = coverageOf(plan, name)
  if (coverage === undefined) return []
  return [
    sql`CAST(${sql.raw(coverage.known)} AS BIGINT) AS ${sql.id(`${name}.known`)}`,
    sql`CAST(${sql.raw(coverage.of)} AS BIGINT) AS ${sql.id(`${name}.of`)}`,
  ]
}

function coverageOf(plan: Plan, name: string): MeasuredMetric['coverage'] {
  return (plan.catalogue.metrics[name] as MeasuredMetric).coverage
}
