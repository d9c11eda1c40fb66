import { createHash } from 'node:crypto'
import type { Kysely } from 'kysely'
import type { Source } from '../../config/source.ts'
import { openKysely } from '../../data/dialect.ts'
import { identifier } from '../../data/quote.ts'
import type { Row, Session, Warehouse } from '../../data/warehouse.ts'
import { fault } from '../../entities/faults.ts'
import { RequestError } from '../../errors.ts'
import type { Change, ChangeQuestion } from '../../models/metrics/change.ts'
import type { Answer, Catalogue, Evidence, MetricQuery, Viewer } from '../../models/metrics/metric.ts'
import type { Restatement, RestatingRows } from '../../models/metrics/restatement.ts'
import { accessKey, localAccess, type Access } from '../access.ts'
import { changeOf } from './changes.ts'
import { compileQuery, TOTAL, type CompiledQuery } from './compile.ts'
import { readCoverage } from './coverage.ts'
import { Editions, type Edition } from './edition.ts'
import { restatementOf, restatingRows, type RestatementQuestion, type RowsQuestion } from './restatements.ts'
import { SharedAnswers } from './shared-answers.ts'
import type { OpenPast, Past } from './past.ts'
import type { Statement } from './statement.ts'

export interface QueriesDeps {
  readonly warehouse: Warehouse
  readonly catalogue: Catalogue
  /** Sources of the configuration, whose freshness stands beside every figure. */
  readonly sources: readonly Source[]
  readonly now: () => Date
  /** Who may see which rows. Default: the local viewer, all rows. */
  readonly access?: Access
  /** Figures as they were known at another moment. Absent: only the published ones can be asked for. */
  readonly past?: OpenPast
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
  readonly #past: OpenPast
  readonly #answers = new SharedAnswers<Answer>(({ rows, columns }) => (rows.length + 1) * columns.length)
  readonly #changes = new SharedAnswers<Change>(({ parts }) => (parts.length + 30) * 9)

  constructor(deps: QueriesDeps) {
    this.catalogue = deps.catalogue
    this.#warehouse = deps.warehouse
    this.#access = deps.access ?? localAccess
    this.#editions = new Editions(deps)
    this.#builder = openKysely<unknown>(deps.warehouse)
    this.#past = deps.past ?? (() => Promise.reject(new RequestError(fault('no_moments', {}), { field: 'known_at' })))
  }

  /** At most 100,000 rows, 1,000 where the query names no limit. Throws RequestError, ConfigError before the first run. */
  async ask(viewer: Viewer, query: MetricQuery, options: { signal?: AbortSignal } = {}): Promise<Answer> {
    const limited = { ...query, limit: limitOf(query) }
    const access = accessKey(this.#access, viewer)
    const key = (edition: Edition): string => keyOf(edition, limited, access)
    const published = await this.#editions.current()
    const wanted = key(published)
    const run = async (signal: AbortSignal): Promise<Answer> => {
      const past = await this.#pastOf(query, published)
      return this.#run(viewer, limited, { key, signal, past })
    }
    return this.#answers.kept(wanted) ?? (await this.#answers.run(wanted, run, options.signal))
  }

  /** The same text as long as the same question would get the same answer. */
  async identity(viewer: Viewer, query: MetricQuery): Promise<string> {
    const key = keyOf(await this.#editions.current(), query, accessKey(this.#access, viewer))
    return createHash('sha256').update(key).digest('base64url').slice(0, 22)
  }

  /** For answers of any size: all rows where the query names no limit. */
  async open(viewer: Viewer, query: MetricQuery): Promise<OpenAnswer> {
    const past = await this.#pastOf(query, await this.#editions.current())
    const session = await this.#warehouse.session()
    return this.#begin(session, viewer, { query, past }).catch((error: unknown) => {
      session.close()
      throw error
    })
  }

  /** How the months of a metric were restated since a moment. Throws as `ask` does. */
  async restatement(viewer: Viewer, question: RestatementQuestion): Promise<Restatement> {
    return restatementOf(this, viewer, question)
  }

  /** Why a metric changed between two periods. Throws as `ask` does. */
  async change(viewer: Viewer, question: ChangeQuestion): Promise<Change> {
    const published = await this.#editions.current()
    const key = JSON.stringify([published.mark, accessKey(this.#access, viewer), question])
    const deps = {
      warehouse: this.#warehouse,
      catalogue: this.catalogue,
      access: this.#access,
      builder: this.#builder,
      past: this.#past,
      published,
      within: (session: Session) => this.#editions.within(session),
    }
    const kept = this.#changes.kept(key)
    if (kept !== undefined) return kept
    const change = await this.#changes.run(key, () => changeOf(deps, viewer, question))
    this.#changes.keep(key, change)
    return change
  }

  /** The rows that made the difference in a month. Throws AccessError for who may not see all rows. */
  async restatingRows(viewer: Viewer, question: RowsQuestion): Promise<RestatingRows> {
    const published = await this.#editions.current()
    const past = await this.#past({ knownAt: question.knownAt }, published)
    const knownAt = past?.known_at ?? published.known_at
    const deps = { warehouse: this.#warehouse, catalogue: this.catalogue, access: this.#access }
    return restatingRows(deps, viewer, { ...question, knownAt })
  }

  /** What is published, or undefined before the first run. */
  async edition(): Promise<Edition | undefined> {
    return this.#editions.published()
  }

  async #pastOf({ asOf, knownAt }: MetricQuery, published: Edition): Promise<Past | undefined> {
    if (asOf === undefined && knownAt === undefined) return undefined
    return this.#past({ ...(asOf !== undefined && { asOf }), ...(knownAt !== undefined && { knownAt }) }, published)
  }

  async #begin(
    session: Session,
    viewer: Viewer,
    { query, past }: { query: MetricQuery; past: Past | undefined },
  ): Promise<OpenAnswer> {
    await session.run('BEGIN TRANSACTION READ ONLY')
    const edition = await this.#editionIn(session, past)
    const { columns, rows } = this.#compile(viewer, query, edition)
    return { session, edition, columns, statement: rows(), close: () => session.close() }
  }

  async #run(
    viewer: Viewer,
    query: MetricQuery,
    options: { key: (edition: Edition) => string; signal: AbortSignal; past: Past | undefined },
  ): Promise<Answer> {
    return this.#warehouse.snapshot(async (session) => {
      const published = await this.#editions.within(session)
      const edition = await this.#editionIn(session, options.past)
      const compiled = this.#compile(viewer, query, edition)
      options.signal.throwIfAborted()
      const { rows, total } = await pageOf(session, compiled)
      options.signal.throwIfAborted()
      const figures = figuresOf(this.catalogue, query.metrics, edition)
      const evidence = evidenceOf(edition, await coverageOf(session, compiled), figures)
      const answer = { columns: compiled.columns, rows, total, evidence }
      this.#answers.keep(options.key(published), answer)
      if (options.past !== undefined) await session.run(`USE ${this.#warehouse.database}`)
      return answer
    }, options)
  }

  /** What the session reads from now on: the published edition, or one of the past. */
  async #editionIn(session: Session, past: Past | undefined): Promise<Edition> {
    const published = await this.#editions.within(session)
    if (past === undefined) return published
    await session.run(`USE ${identifier(past.database)}`)
    return { ...published, as_of: past.as_of, known_at: past.known_at }
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

function evidenceOf(
  { mark: _mark, entities: _entities, ...edition }: Edition,
  coverage: Evidence['coverage'],
  figures: Evidence['figures'],
): Evidence {
  return { ...edition, coverage, figures }
}

/** Each figure is as fresh as the stalest of the entities that its fields belong to; what no feed gives ages with none. */
function figuresOf(catalogue: Catalogue, metrics: readonly string[], { entities }: Edition): Evidence['figures'] {
  return Object.fromEntries(
    metrics.map((name) => {
      const fields = catalogue.metrics[name]?.standsOn ?? []
      const named = [...new Set(fields.map((field) => field.split('.')[0] ?? ''))]
      const fed = named.flatMap((entity) => entities[entity] ?? [])
      const reads = fed.map(({ read_at }) => read_at)
      const lags = fed.flatMap(({ entry_lag_days }) => entry_lag_days ?? [])
      return [
        name,
        {
          sources: [...new Set(fed.flatMap(({ sources }) => sources))].toSorted(),
          read_at: reads.reduce(earlier, reads[0] ?? null),
          stale: fed.some(({ stale }) => stale),
          entry_lag_days: lags.length === 0 ? null : Math.max(...lags),
        },
      ]
    }),
  )
}

function keyOf(edition: Edition, query: MetricQuery, access: string): string {
  const { metrics, by, where, order, limit, offset, asOf, knownAt } = query
  return JSON.stringify([edition.mark, access, metrics, by, where, order, limit, offset ?? 0, asOf, knownAt])
}

/** The earlier of two readings; one that never was comes before all. */
function earlier(one: string | null, other: string | null): string | null {
  return one === null || other === null ? null : one < other ? one : other
}
