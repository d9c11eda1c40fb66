import { identifier } from '../../data/quote.ts'
import type { Session, Warehouse } from '../../data/warehouse.ts'
import { fault } from '../../entities/faults.ts'
import { LimitError } from '../../errors.ts'
import type { Answer, Evidence, MetricQuery } from '../../models/metrics/metric.ts'
import { TOTAL, type CompiledQuery } from './compile.ts'
import { readCoverage } from './coverage.ts'

/** Where rows are read from. */
interface ReadingFrom {
  readonly session: Session
  /** How many commits the session shows; to be asked after its first statement. */
  readonly commits: () => number | undefined
  /** What may lend another connection; undefined: the session reads what others do not. */
  readonly beside: Warehouse | undefined
  readonly signal: AbortSignal
}

interface Page {
  readonly limit: number | undefined
  readonly cells: number
  readonly cut: (limit: number) => CompiledQuery
}

interface RowsAndCoverage extends Pick<Answer, 'rows' | 'total'> {
  readonly coverage: Evidence['coverage']
}

/** Both of one moment: beside each other where two connections show the same number of commits, else one after the other. */
export async function rowsAndCoverage(
  { session, commits, beside, signal }: ReadingFrom,
  compiled: CompiledQuery,
  page: Page,
): Promise<RowsAndCoverage> {
  const reading = boundedPage(session, compiled, page)
  const other = beside && coverageBeside(beside, compiled, { rows: reading, signal })
  const { rows, total } = await reading
  const covered = await other
  signal.throwIfAborted()
  const isOfThen = covered?.commits !== undefined && covered.commits === commits()
  return { rows, total, coverage: isOfThen ? covered.coverage : await coverageOf(session, compiled) }
}

/** A page of at most so many cells: what is kept is held in memory. `cut` is the same page with another limit. Throws LimitError. */
async function boundedPage(
  session: Session,
  compiled: CompiledQuery,
  { limit = 0, cells, cut }: Page,
): Promise<Pick<Answer, 'rows' | 'total'>> {
  const most = Math.floor(cells / compiled.columns.length)
  if (limit <= most) return pageOf(session, compiled)
  const page = await pageOf(session, cut(most + 1))
  if (page.rows.length <= most) return page
  throw new LimitError(fault('too_many_cells', { most: cells }), { status: 413, field: 'limit' })
}

/**
 * On another connection while the rows are read, with the number of commits that it shows. Undefined where the rows fail, so
 * that it need not be known, or it does itself: it is asked for again after them.
 */
async function coverageBeside(
  warehouse: Warehouse,
  compiled: CompiledQuery,
  { rows, signal }: { rows: Promise<unknown>; signal: AbortSignal },
): Promise<{ coverage: Evidence['coverage']; commits: number | undefined } | undefined> {
  if (compiled.coverage === undefined) return undefined
  const left = new AbortController()
  rows.catch(() => left.abort())
  const read = async (session: Session, commits: () => number | undefined) => ({
    coverage: await coverageOf(session, compiled),
    commits: commits(),
  })
  return warehouse.snapshot(read, { signal: AbortSignal.any([signal, left.signal]) }).catch(() => undefined)
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

/** What is asked for of the rows of an answer, and how many can be given. */
interface Part extends Pick<MetricQuery, 'limit' | 'offset' | 'totals'> {
  readonly most: number
}

/** Rows are counted only where there may be too many: no answer has more groups than its marts have rows. */
export async function refuseTooMany(
  session: Session,
  compiled: CompiledQuery,
  { limit = Infinity, offset = 0, totals = false, most }: Part,
): Promise<void> {
  const given = (all: number): number => Math.min(limit, Math.max(0, all - offset)) + (totals ? 1 : 0)
  if (given(Infinity) <= most || given(await mostGroups(session, compiled.marts)) <= most) return
  const rows = given(await countOf(session, compiled))
  if (rows > most) throw new LimitError(fault('too_many_rows', { rows, most }), { status: 413, field: 'limit' })
}

/** Both sides of a comparison, the rest of each, and one that is there without records. */
async function mostGroups(session: Session, marts: readonly string[]): Promise<number> {
  const counts = marts.map((mart) => `(SELECT COUNT(*) FROM ${mart.split('.').map(identifier).join('.')})`)
  const all = await session.one<{ rows: number }>(`SELECT ${counts.join(' + ')} AS rows`)
  return 4 * (all?.rows ?? Infinity) + 1
}
