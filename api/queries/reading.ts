import type { Session, Warehouse } from '../../data/warehouse.ts'
import { fault } from '../../entities/faults.ts'
import { LimitError } from '../../errors.ts'
import type { Answer, Evidence } from '../../models/metrics/metric.ts'
import { TOTAL, type CompiledQuery } from './compile.ts'
import { readCoverage } from './coverage.ts'

/** A page of at most so many cells: what is kept is held in memory. `cut` is the same page with another limit. Throws LimitError. */
export async function boundedPage(
  session: Session,
  compiled: CompiledQuery,
  { limit = 0, cells, cut }: { limit: number | undefined; cells: number; cut: (limit: number) => CompiledQuery },
): Promise<Pick<Answer, 'rows' | 'total'>> {
  const most = Math.floor(cells / compiled.columns.length)
  if (limit <= most) return pageOf(session, compiled)
  const page = await pageOf(session, cut(most + 1))
  if (page.rows.length <= most) return page
  throw new LimitError(fault('too_many_cells', { most: cells }), { status: 413, field: 'limit' })
}

/** Rows tell how many there are in all; a page without them has to be counted. */
async function pageOf(session: Session, compiled: CompiledQuery): Promise<Pick<Answer, 'rows' | 'total'>> {
  const page = compiled.page()
  const counted = await session.rows<Answer['rows'][number]>(page.sql, page.parameters)
  const [first] = counted
  const total = first?.[TOTAL] ?? (await countOf(session, compiled))
  return { rows: counted.map(({ [TOTAL]: _total, ...row }) => row), total: Number(total) }
}

export async function countOf(session: Session, compiled: CompiledQuery): Promise<number> {
  const count = compiled.count()
  return Number((await session.one<Record<string, number>>(count.sql, count.parameters))?.[TOTAL])
}

export async function coverageOf(session: Session, { coverage }: CompiledQuery): Promise<Evidence['coverage']> {
  if (coverage === undefined) return {}
  return readCoverage(coverage, (await session.one(coverage.sql, coverage.parameters)) ?? {})
}

/** On another connection, while the rows are read; undefined where that one need not show the same moment. */
export async function coverageBeside(
  warehouse: Warehouse,
  compiled: CompiledQuery,
  { commits, signal }: { commits: number | undefined; signal: AbortSignal },
): Promise<Evidence['coverage'] | undefined> {
  if (compiled.coverage === undefined || commits === undefined) return undefined
  return warehouse.snapshot(async (session, seen) => (seen === commits ? coverageOf(session, compiled) : undefined), {
    signal,
  })
}

/** Both, once neither is at work any more: no connection is closed under a statement that runs on it. */
export async function bothOf<One, Other>(one: Promise<One>, other: Promise<Other>): Promise<[One, Other]> {
  await Promise.allSettled([one, other])
  return Promise.all([one, other])
}

/** Rows are counted only where there may be too many: no answer has more groups than its marts have rows. */
export async function refuseTooMany(
  session: Session,
  compiled: CompiledQuery,
  { limit = Infinity, most }: { limit: number | undefined; most: number },
): Promise<void> {
  if (limit <= most || (await mostGroups(session, compiled.marts)) <= most) return
  const rows = await countOf(session, compiled)
  if (rows > most) throw new LimitError(fault('too_many_rows', { rows, most }), { status: 413, field: 'limit' })
}

/** Both sides of a comparison, the rest of each, and the row of all. */
async function mostGroups(session: Session, marts: readonly string[]): Promise<number> {
  const sizes = await session.rows<{ mart: string; rows: number }>(
    `SELECT concat_ws('.', schema_name, table_name) AS mart, estimated_size AS rows
     FROM duckdb_tables() WHERE database_name = current_database()`,
  )
  const rows = marts.map((mart) => sizes.find((each) => each.mart === mart)?.rows ?? Infinity)
  return 4 * rows.reduce((one, other) => one + other, 0) + 1
}
