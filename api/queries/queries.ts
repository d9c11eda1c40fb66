import type { Kysely } from 'kysely'
import type { Limits } from '../../config/define.ts'
import type { Source } from '../../config/source.ts'
import { openKysely } from '../../data/dialect.ts'
import type { Session, Warehouse } from '../../data/warehouse.ts'
import { fault } from '../../entities/faults.ts'
import { RequestError } from '../../errors.ts'
import type { Change, ChangeQuestion } from '../../models/metrics/change.ts'
import type { Answer, Catalogue, MetricQuery, Viewer } from '../../models/metrics/metric.ts'
import type { Restatement, RestatingRows } from '../../models/metrics/restatement.ts'
import { localAccess, refuse, Sights, type Access, type Sight } from '../access.ts'
import { identityOf, keyOf } from './answer-key.ts'
import { changeOf } from './changes.ts'
import { compileQuery, type CompiledQuery } from './compile.ts'
import { Editions, type Edition } from './edition.ts'
import { evidenceOf, figuresOf } from './evidence.ts'
import { defaultLimits, Turns, Watch, whyItStopped } from './limits.ts'
import { restatementOf, restatingRows, type RestatementQuestion, type RowsQuestion } from './restatements.ts'
import {
  countOf,
  coverageOf,
  refuseTooMany,
  rowsAndCoverage,
  type ReadingFrom,
  type RowsAndCoverage,
} from './reading.ts'
import { SharedAnswers } from './shared-answers.ts'
import { editionIn, type OpenPast, type Past } from './past.ts'
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
  /** What one question, and one viewer, may take. Absent ones have defaults. */
  readonly limits?: Partial<Limits> | undefined
}

export const DEFAULT_LIMIT = 1_000
const MOST_ROWS = 100_000
/** More rows of JSON are streamed: kept, they would fill the memory, and what collects it holds everybody up. */
export const MOST_KEPT = 10_000

/** Rows to be streamed, not kept. The caller closes it, and tells the watch whenever a piece was made or taken. */
export interface OpenAnswer {
  readonly session: Session
  readonly watch: Watch
  /** Why the stream broke off, as the reader is told. */
  readonly why: (error: unknown) => unknown
  readonly edition: Edition
  readonly columns: Answer['columns']
  readonly statement: Statement
  /** What stands in an answer beside columns and rows, of the same moment. To be asked for after the rows. */
  readonly rest: () => Promise<Omit<Answer, 'columns' | 'rows'>>
  close(): void
}

interface Opening {
  readonly signal?: AbortSignal
  /** Rows that the format can hold. */
  readonly most?: number
}

interface Beginning {
  readonly query: MetricQuery
  readonly past: Past | undefined
  readonly signal: AbortSignal
  readonly most: number
}

interface Running {
  readonly key: (edition: Edition) => string
  readonly signal: AbortSignal
  readonly past: Past | undefined
}

interface Reading extends Omit<ReadingFrom, 'beside'> {
  readonly published: Edition
  readonly past: Past | undefined
}

interface Read extends RowsAndCoverage {
  readonly edition: Edition
  readonly compiled: CompiledQuery
}

/** Every figure anyone sees comes through here: with a viewer, and with its evidence. */
export class Queries {
  readonly catalogue: Catalogue
  readonly #warehouse: Warehouse
  readonly #access: Access
  readonly #sights: Sights
  readonly #editions: Editions
  readonly #builder: Kysely<unknown>
  readonly #past: OpenPast
  readonly #limits: Limits
  readonly #turns: Turns
  readonly #answers = new SharedAnswers<Answer>(({ rows, columns }) => (rows.length + 1) * columns.length)
  readonly #changes = new SharedAnswers<Change>(({ parts }) => (parts.length + 30) * 9)

  constructor(deps: QueriesDeps) {
    this.catalogue = deps.catalogue
    this.#warehouse = deps.warehouse
    this.#access = deps.access ?? localAccess
    this.#sights = new Sights(this.#access, deps.catalogue)
    this.#editions = new Editions(deps)
    this.#builder = openKysely<unknown>(deps.warehouse)
    this.#limits = { ...defaultLimits, ...deps.limits }
    this.#turns = new Turns(this.#limits)
    this.#past = deps.past ?? (() => Promise.reject(new RequestError(fault('no_moments', {}), { field: 'known_at' })))
  }

  /** What a viewer may see. Throws AccessError for who may see nothing. */
  sight(viewer: Viewer): Sight {
    return this.#sights.of(viewer)
  }

  /** At most 100,000 rows, 1,000 where the query names no limit. Throws RequestError, ConfigError before the first run. */
  async ask(viewer: Viewer, query: MetricQuery, options: { signal?: AbortSignal } = {}): Promise<Answer> {
    const limited = { ...query, limit: limitOf(query) }
    const sight = this.sight(viewer)
    const key = (edition: Edition): string => keyOf(edition, limited, sight.key)
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
    return identityOf(keyOf(await this.#editions.current(), query, this.sight(viewer).key))
  }

  /** For answers of any size: all rows where the query names no limit. Throws as `ask` does. */
  async open(viewer: Viewer, query: MetricQuery, options: Opening = {}): Promise<OpenAnswer> {
    const sight = this.sight(viewer)
    const past = await this.#pastOf(query, await this.#editions.current())
    const done = await this.#turns.take(viewer, options.signal)
    const watch = new Watch(this.#limits.seconds)
    const why = (error: unknown): unknown => whyItStopped(error, watch.signal, this.#limits)
    let session: Session | undefined
    const close = (): void => {
      watch.stop()
      session?.close()
      done()
    }
    try {
      session = await this.#warehouse.session()
      const signal = AbortSignal.any([watch.signal, ...(options.signal ? [options.signal] : [])])
      const most = Math.min(options.most ?? Infinity, this.#limits.rows)
      return { ...(await this.#begin(session, sight, { query, past, signal, most })), session, watch, why, close }
    } catch (error) {
      close()
      throw why(error)
    }
  }

  /** How the months of a metric were restated since a moment. Throws as `ask` does. */
  async restatement(viewer: Viewer, question: RestatementQuestion): Promise<Restatement> {
    return restatementOf(this, viewer, question)
  }

  /** Why a metric changed between two periods. Throws as `ask` does. */
  async change(viewer: Viewer, question: ChangeQuestion): Promise<Change> {
    const published = await this.#editions.current()
    const sight = this.sight(viewer)
    const key = JSON.stringify([published.mark, sight.key, question])
    const deps = {
      warehouse: this.#warehouse,
      builder: this.#builder,
      past: this.#past,
      published,
      within: (session: Session, commits?: number) => this.#editions.within(session, commits),
    }
    const kept = this.#changes.kept(key)
    if (kept !== undefined) return kept
    const change = await this.#changes.run(key, async (signal) => {
      const done = await this.#turns.take(viewer, signal)
      return changeOf(deps, sight, question).finally(done)
    })
    this.#changes.keep(key, change)
    return change
  }

  /** The rows that made the difference in a month. Throws AccessError for who may not see rows of sources. */
  async restatingRows(viewer: Viewer, question: RowsQuestion): Promise<RestatingRows> {
    refuse(this.#access, viewer, 'see_sources')
    const { catalogue } = this.sight(viewer)
    const published = await this.#editions.current()
    const past = await this.#past({ knownAt: question.knownAt }, published)
    const knownAt = past?.known_at ?? published.known_at
    return restatingRows({ warehouse: this.#warehouse, catalogue }, { ...question, knownAt })
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
    sight: Sight,
    { query, past, signal, most }: Beginning,
  ): Promise<Pick<OpenAnswer, 'edition' | 'columns' | 'statement' | 'rest'>> {
    const heedless = session.heed(signal)
    try {
      await session.run('BEGIN TRANSACTION READ ONLY')
      const edition = await editionIn(session, await this.#editions.within(session), past)
      const compiled = this.#compile(sight, query, edition)
      await refuseTooMany(session, compiled, { limit: query.limit, most })
      const rest = async (): Promise<Omit<Answer, 'columns' | 'rows'>> => ({
        total: await countOf(session, compiled),
        ...(compiled.compared && { compared: compiled.compared }),
        evidence: evidenceOf(edition, await coverageOf(session, compiled), figuresOf(sight, query.metrics, edition)),
      })
      return { edition, columns: compiled.columns, statement: compiled.rows(), rest }
    } finally {
      heedless()
    }
  }

  async #run(viewer: Viewer, query: MetricQuery, options: Running): Promise<Answer> {
    const done = await this.#turns.take(viewer, options.signal)
    const watch = new Watch(this.#limits.seconds)
    const signal = AbortSignal.any([options.signal, watch.signal])
    try {
      return await this.#answer(this.sight(viewer), query, { ...options, signal })
    } catch (error) {
      throw options.signal.aborted ? error : whyItStopped(error, watch.signal, this.#limits)
    } finally {
      watch.stop()
      done()
    }
  }

  /** Asked of the edition that is known, and once more where a newer one was published meanwhile. */
  async #answer(sight: Sight, query: MetricQuery, options: Running): Promise<Answer> {
    return this.#warehouse.snapshot(async (session, commits) => {
      const { past } = options
      // A past edition stands in a database of its own: its rows do not tell which one is published.
      const expected = past === undefined ? await this.#editions.current() : await this.#editions.within(session)
      const reading = { session, commits, ...options }
      const first = await this.#read(sight, query, { ...reading, published: expected })
      const published = past === undefined ? await this.#editions.within(session, commits()) : expected
      const isNewer = published.mark !== expected.mark
      const { edition, compiled, rows, total, coverage } = isNewer
        ? await this.#read(sight, query, { ...reading, published })
        : first
      const evidence = evidenceOf(edition, coverage, figuresOf(sight, query.metrics, edition))
      const { columns, compared } = compiled
      const answer = { columns, rows, total, ...(compared && { compared }), evidence }
      this.#answers.keep(options.key(published), answer)
      if (past !== undefined) await session.run(`USE ${this.#warehouse.database}`)
      return answer
    }, options)
  }

  async #read(sight: Sight, query: MetricQuery, { published, past, ...reading }: Reading): Promise<Read> {
    const edition = await editionIn(reading.session, published, past)
    const compiled = this.#compile(sight, query, edition)
    reading.signal.throwIfAborted()
    const beside = past === undefined ? this.#warehouse : undefined
    const read = await rowsAndCoverage({ ...reading, beside }, compiled, {
      limit: query.limit,
      cells: this.#limits.cells,
      cut: (limit) => this.#compile(sight, { ...query, limit }, edition),
    })
    return { edition, compiled, ...read }
  }

  #compile(sight: Sight, query: MetricQuery, edition: Edition): CompiledQuery {
    return compileQuery(query, { builder: this.#builder, sight, asOf: edition.as_of })
  }
}

function limitOf({ limit = DEFAULT_LIMIT }: MetricQuery): number {
  if (limit <= MOST_ROWS) return limit
  throw new RequestError(fault('limit_too_large', { limit, most: MOST_ROWS }), {
    field: 'limit',
  })
}
