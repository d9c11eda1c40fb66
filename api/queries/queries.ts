import type { Kysely } from 'kysely'
import type { Limits } from '../../config/define.ts'
import type { Source } from '../../config/source.ts'
import { openKysely } from '../../data/dialect.ts'
import type { Session, Warehouse } from '../../data/warehouse.ts'
import type { Change, ChangeQuestion } from '../../models/metrics/change.ts'
import type { Answer, Catalogue, MetricQuery, Viewer } from '../../models/metrics/metric.ts'
import type { Restatement, RestatingRows } from '../../models/metrics/restatement.ts'
import { localAccess, refuse, Sights, type Access, type Sight } from '../access.ts'
import { identityOf, keyOf } from './answer-key.ts'
import { changeOf, type ChangeDeps } from './changes.ts'
import { compileQuery, type CompiledQuery } from './compile.ts'
import { Editions, type Edition } from './edition.ts'
import { evidenceOf, figuresOf } from './evidence.ts'
import { defaultLimits, limitOf, Turns, Watch, whyItStopped } from './limits.ts'
import { restatementOf, restatingRows, type RestatementQuestion, type RowsQuestion } from './restatements.ts'
import { countOf, coverageOf, refuseTooMany, rowsAndCoverage } from './reading.ts'
import { SharedAnswers } from './shared-answers.ts'
import { editionIn, inTurn, noMoments, type OpenPast, type Past } from './past.ts'
import { planQuery } from './plan.ts'
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

interface Asking {
  /** Aborted when nobody waits for the answer any more. */
  readonly signal?: AbortSignal
}

interface Opening extends Asking {
  /** Rows that the format can hold. */
  readonly most?: number
}

/** What a question is asked of. */
interface Moment {
  /** What was published when it was asked. */
  readonly asked: Edition
  readonly past: Past | undefined
}

interface Beginning extends Moment {
  readonly query: MetricQuery
  readonly signal: AbortSignal
  readonly most: number
}

interface Running extends Moment {
  readonly key: string
  readonly signal: AbortSignal
}

/** Every figure anyone sees comes through here: with a viewer, and with its evidence. */
export class Queries {
  readonly catalogue: Catalogue
  readonly #warehouse: Warehouse
  readonly #access: Access
  readonly #sights: Sights
  readonly #editions: Editions
  readonly #builder: Kysely<unknown>
  readonly #pastOf: ReturnType<typeof inTurn>
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
    this.#pastOf = inTurn(deps.past ?? noMoments, this.#limits)
  }

  /** What a viewer may see. Throws AccessError for who may see nothing. */
  sight(viewer: Viewer): Sight {
    return this.#sights.of(viewer)
  }

  /** At most 100,000 rows, 1,000 where the query names no limit. Throws RequestError, ConfigError before the first run. */
  async ask(viewer: Viewer, query: MetricQuery, options: Asking = {}): Promise<Answer> {
    const limited = { ...query, limit: limitOf(query) }
    const sight = this.sight(viewer)
    const key = (edition: Edition): string => keyOf(edition, limited, sight.key)
    const wanted = key(await this.#editions.current())
    const run = async (signal: AbortSignal): Promise<Answer> =>
      this.#ofTheNewest(query, this.#pastOf(viewer, signal), async (moment) =>
        this.#run(viewer, limited, { ...moment, key: key(moment.asked), signal }),
      )
    return this.#answers.kept(wanted) ?? (await this.#answers.run(wanted, run, options.signal))
  }

  /** The same text as long as the same question would get the same answer. Throws RequestError for words the viewer cannot ask. */
  async identity(viewer: Viewer, query: MetricQuery): Promise<string> {
    const { catalogue, key } = this.sight(viewer)
    planQuery(catalogue, query)
    return identityOf(keyOf(await this.#editions.current(), query, key))
  }

  /** For answers of any size: all rows where the query names no limit. Throws as `ask` does. */
  async open(viewer: Viewer, query: MetricQuery, options: Opening = {}): Promise<OpenAnswer> {
    const past = this.#pastOf(viewer, options.signal)
    return this.#ofTheNewest(query, past, async (moment) => this.#open(viewer, query, { ...options, ...moment }))
  }

  async #open(viewer: Viewer, query: MetricQuery, options: Opening & Moment): Promise<OpenAnswer | undefined> {
    const sight = this.sight(viewer)
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
      const begun = await this.#begin(session, sight, { ...options, query, signal, most })
      if (begun === undefined) close()
      return begun && { ...begun, session, watch, why, close }
    } catch (error) {
      close()
      throw why(error)
    }
  }

  /** How the months of a metric were restated since a moment. Throws as `ask` does. */
  async restatement(viewer: Viewer, question: RestatementQuestion, options: Asking = {}): Promise<Restatement> {
    return restatementOf((query) => this.ask(viewer, query, options), question)
  }

  /** Why a metric changed between two periods. Throws as `ask` does. */
  async change(viewer: Viewer, question: ChangeQuestion, { signal: left }: Asking = {}): Promise<Change> {
    const sight = this.sight(viewer)
    const key = (edition: Edition): string => JSON.stringify([edition.mark, sight.key, question])
    const wanted = key(await this.#editions.current())
    const run = async (signal: AbortSignal): Promise<Change> => {
      const past = this.#pastOf(viewer, signal)
      const deps: Omit<ChangeDeps, 'published'> = {
        snapshot: async (work) => {
          const done = await this.#turns.take(viewer, signal)
          return this.#inTime(signal, (within) => this.#warehouse.snapshot(work, { signal: within })).finally(done)
        },
        builder: this.#builder,
        past,
        within: (session, commits) => this.#editions.within(session, commits),
      }
      const explain = async ({ asked }: Moment): Promise<Change | undefined> => {
        const change = await changeOf({ ...deps, published: asked }, sight, question)
        if (change !== undefined) this.#changes.keep(key(asked), change)
        return change
      }
      return this.#ofTheNewest({}, past, explain)
    }
    return this.#changes.kept(wanted) ?? (await this.#changes.run(wanted, run, left))
  }

  /** The rows that made the difference in a month. Throws AccessError for who may not see rows of sources. */
  async restatingRows(viewer: Viewer, question: RowsQuestion, { signal }: Asking = {}): Promise<RestatingRows> {
    refuse(this.#access, viewer, 'see_sources')
    const { catalogue } = this.sight(viewer)
    const published = await this.#editions.current()
    const past = await this.#pastOf(viewer, signal)({ knownAt: question.knownAt }, published)
    const knownAt = past?.known_at ?? published.known_at
    const done = await this.#turns.take(viewer, signal)
    return this.#inTime(signal, (within) =>
      restatingRows({ warehouse: this.#warehouse, catalogue, signal: within }, { ...question, knownAt }),
    ).finally(done)
  }

  /** What is published, or undefined before the first run. */
  async edition(): Promise<Edition | undefined> {
    return this.#editions.published()
  }

  /** Asks of what is published, and again where something newer was published meanwhile: `ask` then answers undefined. */
  async #ofTheNewest<T>(
    { asOf, knownAt }: Pick<MetricQuery, 'asOf' | 'knownAt'>,
    open: OpenPast,
    ask: (moment: Moment) => Promise<T | undefined>,
  ): Promise<T> {
    for (;;) {
      const asked = await this.#editions.current()
      const moment = { ...(asOf !== undefined && { asOf }), ...(knownAt !== undefined && { knownAt }) }
      const past = asOf === undefined && knownAt === undefined ? undefined : await open(moment, asked)
      const answer = await ask({ asked, past })
      if (answer !== undefined) return answer
    }
  }

  /** An edition of the past belongs to what was published when it was asked for, whatever is published since. */
  async #isNewer(session: Session, { asked, past }: Moment, commits?: number): Promise<boolean> {
    if (past !== undefined) return false
    return (await this.#editions.within(session, commits)).warehouse_version !== asked.warehouse_version
  }

  async #begin(
    session: Session,
    sight: Sight,
    { query, asked, past, signal, most }: Beginning,
  ): Promise<Pick<OpenAnswer, 'edition' | 'columns' | 'statement' | 'rest'> | undefined> {
    const heedless = session.heed(signal)
    try {
      await session.run('BEGIN TRANSACTION READ ONLY')
      if (await this.#isNewer(session, { asked, past })) return undefined
      const edition = await editionIn(session, asked, past)
      const compiled = this.#compile(sight, query, edition)
      await refuseTooMany(session, compiled, { ...query, most })
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

  async #run(viewer: Viewer, query: MetricQuery, options: Running): Promise<Answer | undefined> {
    const done = await this.#turns.take(viewer, options.signal)
    const answer = (signal: AbortSignal): Promise<Answer | undefined> =>
      this.#answer(this.sight(viewer), query, { ...options, signal })
    return this.#inTime(options.signal, answer).finally(done)
  }

  /** Work that is given up when nobody waits for it any more, and refused when it takes longer than it may. */
  async #inTime<T>(left: AbortSignal | undefined, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const watch = new Watch(this.#limits.seconds)
    try {
      return await work(AbortSignal.any([watch.signal, ...(left ? [left] : [])]))
    } catch (error) {
      throw left?.aborted ? error : whyItStopped(error, watch.signal, this.#limits)
    } finally {
      watch.stop()
    }
  }

  async #answer(sight: Sight, query: MetricQuery, options: Running): Promise<Answer | undefined> {
    const { asked, past, signal } = options
    return this.#warehouse.snapshot(async (session, commits) => {
      const edition = await editionIn(session, asked, past)
      const compiled = this.#compile(sight, query, edition)
      signal.throwIfAborted()
      const beside = past === undefined ? this.#warehouse : undefined
      const { rows, total, coverage } = await rowsAndCoverage({ session, commits, beside, signal }, compiled, {
        limit: query.limit,
        cells: this.#limits.cells,
        cut: (limit) => this.#compile(sight, { ...query, limit }, edition),
      })
      if (await this.#isNewer(session, options, commits())) return undefined
      const evidence = evidenceOf(edition, coverage, figuresOf(sight, query.metrics, edition))
      const { columns, compared } = compiled
      const answer = { columns, rows, total, ...(compared && { compared }), evidence }
      this.#answers.keep(options.key, answer)
      if (past !== undefined) await session.run(`USE ${this.#warehouse.database}`)
      return answer
    }, options)
  }

  #compile(sight: Sight, query: MetricQuery, edition: Edition): CompiledQuery {
    return compileQuery(query, { builder: this.#builder, sight, asOf: edition.as_of })
  }
}
