import { createHash } from 'node:crypto'
import type { Kysely } from 'kysely'
import type { Source } from '../../config/source.ts'
import { openKysely } from '../../data/dialect.ts'
import type { Row, Session, Warehouse } from '../../data/warehouse.ts'
import { fault } from '../../entities/faults.ts'
import { RequestError } from '../../errors.ts'
import type { Answer, Catalogue, Evidence, MetricQuery, Viewer } from '../../models/metrics/metric.ts'
import { accessKey, localAccess, type Access } from '../access.ts'
import { compileQuery, TOTAL, type CompiledQuery } from './compile.ts'
import { readCoverage } from './coverage.ts'
import { Editions, type Edition } from './edition.ts'
import { SharedAnswers } from './shared-answers.ts'
import type { Statement } from './statement.ts'

export interface QueriesDeps {
  readonly warehouse: Warehouse
  readonly catalogue: Catalogue
  /** Sources of the configuration, whose freshness stands beside every figure. */
  readonly sources: readonly Source[]
  readonly now: () => Date
  /** Who may see which rows. Default: the local viewer, all rows. */
  readonly access?: Access
}

export const DEFAULT_LIMIT = 1_000
export const MOST_ROWS = 100_000

/** Rows to be streamed, not kept. The caller closes it. */
export interface OpenAnswer {
  readonly session: Session
  readonly edition: Edition
  readonly columns: Answer['columns']
  readonly statement: Statement
  close(): void
}

/** Every figure anyone sees comes through here: with a viewer, and with its evidence. */
export class Queries {
  readonly catalogue: Catalogue
  readonly #warehouse: Warehouse
  readonly #access: Access
  readonly #editions: Editions
  readonly #builder: Kysely<unknown>
  readonly #answers = new SharedAnswers<Answer>(({ rows, columns }) => (rows.length + 1) * columns.length)

  constructor(deps: QueriesDeps) {
    this.catalogue = deps.catalogue
    this.#warehouse = deps.warehouse
    this.#access = deps.access ?? localAccess
    this.#editions = new Editions(deps)
    this.#builder = openKysely<unknown>(deps.warehouse)
  }

  /** At most 100,000 rows, 1,000 where the query names no limit. Throws RequestError, ConfigError before the first run. */
  async ask(viewer: Viewer, query: MetricQuery, options: { signal?: AbortSignal } = {}): Promise<Answer> {
    const limited = { ...query, limit: limitOf(query) }
    const access = accessKey(this.#access, viewer)
    const key = (edition: Edition): string => keyOf(edition, limited, access)
    const wanted = key(await this.#editions.current())
    const run = (signal: AbortSignal): Promise<Answer> => this.#run(viewer, limited, { key, signal })
    return this.#answers.kept(wanted) ?? (await this.#answers.run(wanted, run, options.signal))
  }

  /** The same text as long as the same question would get the same answer. */
  async identity(viewer: Viewer, query: MetricQuery): Promise<string> {
    const key = keyOf(await this.#editions.current(), query, accessKey(this.#access, viewer))
    return createHash('sha256').update(key).digest('base64url').slice(0, 22)
  }

  /** For answers of any size: all rows where the query names no limit. */
  async open(viewer: Viewer, query: MetricQuery): Promise<OpenAnswer> {
    const session = await this.#warehouse.session()
    return this.#begin(session, viewer, query).catch((error: unknown) => {
      session.close()
      throw error
    })
  }

  /** What is published, or undefined before the first run. */
  async edition(): Promise<Edition | undefined> {
    return this.#editions.published()
  }

  async #begin(session: Session, viewer: Viewer, query: MetricQuery): Promise<OpenAnswer> {
    await session.run('BEGIN TRANSACTION READ ONLY')
    const edition = await this.#editions.within(session)
    const { columns, rows } = this.#compile(viewer, query, edition)
    return { session, edition, columns, statement: rows(), close: () => session.close() }
  }

  async #run(
    viewer: Viewer,
    query: MetricQuery,
    options: { key: (edition: Edition) => string; signal: AbortSignal },
  ): Promise<Answer> {
    return this.#warehouse.snapshot(async (session) => {
      const edition = await this.#editions.within(session)
      const compiled = this.#compile(viewer, query, edition)
      options.signal.throwIfAborted()
      const { rows, total } = await pageOf(session, compiled)
      options.signal.throwIfAborted()
      const evidence = evidenceOf(edition, await coverageOf(session, compiled))
      const answer = { columns: compiled.columns, rows, total, evidence }
      this.#answers.keep(options.key(edition), answer)
      return answer
    }, options)
  }

  #compile(viewer: Viewer, query: MetricQuery, edition: Edition): CompiledQuery {
    return compileQuery(this.catalogue, query, {
      builder: this.#builder,
      access: this.#access,
      viewer,
      asOf: edition.as_of,
    })
  }
}

function limitOf({ limit = DEFAULT_LIMIT }: MetricQuery): number {
  if (limit <= MOST_ROWS) return limit
  throw new RequestError(fault('limit_too_large', { limit, most: MOST_ROWS }), {
    field: 'limit',
  })
}

/** Rows tell how many there are in all; a page without rows has to be counted. */
async function pageOf(session: Session, compiled: CompiledQuery): Promise<Pick<Answer, 'rows' | 'total'>> {
  const page = compiled.page()
  const counted = await session.rows<Answer['rows'][number]>(page.sql, page.parameters)
  const [first = await countOf(session, compiled)] = counted
  return { rows: counted.map(({ [TOTAL]: _total, ...row }) => row), total: Number(first?.[TOTAL] ?? 0) }
}

async function countOf(session: Session, compiled: CompiledQuery): Promise<Row | undefined> {
  const count = compiled.count()
  return session.one(count.sql, count.parameters)
}

async function coverageOf(session: Session, { coverage }: CompiledQuery): Promise<Evidence['coverage']> {
  if (coverage === undefined) return {}
  return readCoverage(coverage, (await session.one(coverage.sql, coverage.parameters)) ?? {})
}

function evidenceOf({ mark: _mark, ...edition }: Edition, coverage: Evidence['coverage']): Evidence {
  return { ...edition, coverage }
}

function keyOf(edition: Edition, query: MetricQuery, access: string): string {
  const { metrics, by, where, order, limit, offset } = query
  return JSON.stringify([edition.mark, access, metrics, by, where, order, limit, offset ?? 0])
}
