import type { Source } from '../../config/source.ts'
import type { Session, Warehouse } from '../../data/warehouse.ts'
import { fault } from '../../entities/faults.ts'
import { ConfigError } from '../../errors.ts'
import type { Evidence, FigureEvidence } from '../../models/metrics/metric.ts'

/** What has been published: one edition of the figures, and how fresh it is. */
export interface Edition extends Omit<Evidence, 'coverage' | 'figures'> {
  /** Of each entity that some feed gives. */
  readonly entities: Readonly<Record<string, FigureEvidence>>
  /** Changes when the figures or what is said about their freshness change. */
  readonly mark: string
}

interface EditionDeps {
  readonly warehouse: Warehouse
  /** Sources of the configuration: a source that was never read is shown too. */
  readonly sources: readonly Source[]
  readonly now: () => Date
}

/** What was found in the warehouse, and how many commits it had seen by then; undefined: not known. */
interface Look {
  readonly commits: number | undefined
  readonly published: Published | undefined
}

/** The published edition. Looks into the warehouse again only when something was committed there. */
export class Editions {
  readonly #deps: EditionDeps
  #known: { commits: number; look: Promise<Look> } | undefined
  #told: { published: Published; from: number; until: number; edition: Edition } | undefined

  constructor(deps: EditionDeps) {
    this.#deps = deps
  }

  /** Undefined before the first run was published. */
  async published(): Promise<Edition | undefined> {
    const { warehouse } = this.#deps
    if (this.#known?.commits !== warehouse.commits) {
      const look = warehouse.snapshot(async (session, commits) => {
        const published = await readPublished(session)
        return { commits: commits(), published }
      })
      const known = { commits: warehouse.commits, look }
      this.#known = known
      // A look that failed is no knowledge: the next one looks again.
      look.catch(() => (this.#known = this.#known === known ? undefined : this.#known))
    }
    const { published } = await this.#known.look
    return published === undefined ? undefined : this.#edition(published)
  }

  /** Throws NotPublishedError before the first run was published. */
  async current(): Promise<Edition> {
    return (await this.published()) ?? Promise.reject(new NotPublishedError())
  }

  /** The edition that a snapshot of so many commits shows: it may be newer than the current one of a moment ago. */
  async within(session: Session, commits?: number): Promise<Edition> {
    const known = await this.#known?.look
    const isOfThen = known !== undefined && commits !== undefined && known.commits === commits
    const published = isOfThen ? known.published : await publishedIn(session, known?.published)
    if (published === undefined) throw new NotPublishedError()
    return this.#edition(published)
  }

  /** Told anew when time has made a source stale. */
  #edition(published: Published): Edition {
    const now = this.#deps.now().getTime()
    const told = this.#told
    if (told?.published === published && told.from <= now && now < told.until) return told.edition
    const kept = published.stale_after_hours * 3_600_000
    const ends = [...published.watermarks.values()].map((read_at) =>
      read_at === null ? 0 : Date.parse(read_at) + kept + 1,
    )
    const until = Math.min(...ends.filter((end) => end > now))
    const edition = editionOf(published, this.#deps.sources, now - kept)
    this.#told = { published, from: now, until, edition }
    return edition
  }
}

/** What was read before `oldest` is stale. */
function editionOf(
  { version, as_of, known_at, watermarks, lags }: Published,
  sources: readonly Source[],
  oldest: number,
): Edition {
  const isStale = (read_at: string | null): boolean => read_at === null || Date.parse(read_at) < oldest
  const readOf = (source: string, { entity, from }: Source['feeds'][number]): string | null =>
    watermarks.get(feedKey(source, entity, from)) ?? null
  const read = sources.map(({ name, feeds }) => {
    const read_at = firstRead(feeds.map((feed) => readOf(name, feed)))
    return { source: name, read_at, stale: isStale(read_at) }
  })
  const fed = sources.flatMap(({ name, feeds }) => feeds.map((feed) => ({ source: name, feed })))
  const entities = [...Map.groupBy(fed, ({ feed }) => feed.entity)].map(([entity, each]) => {
    const read_at = firstRead(each.map(({ source, feed }) => readOf(source, feed)))
    const named = [...new Set(each.map(({ source }) => source))]
    return [
      entity,
      { sources: named, read_at, stale: isStale(read_at), entry_lag_days: lags.get(entity) ?? null },
    ] as const
  })
  const freshness = read.map(({ read_at, stale }) => `${read_at}${stale ? '!' : ''}`).join()
  return {
    as_of,
    known_at,
    warehouse_version: version,
    sources: read,
    entities: Object.fromEntries(entities),
    mark: `${version};${known_at};${freshness}`,
  }
}

/** What is known already is not read again where the version is the same. */
async function publishedIn(session: Session, known: Published | undefined): Promise<Published | undefined> {
  if (known === undefined) return readPublished(session)
  const newest = await session.one<{ version: number }>('SELECT MAX(version) AS version FROM meta.versions')
  return newest?.version === known.version ? known : readPublished(session)
}

interface Published {
  readonly version: number
  readonly as_of: string
  readonly known_at: string
  readonly stale_after_hours: number
  readonly watermarks: ReadonlyMap<string, string | null>
  /** Days from what happened to its keying, on average, by entity. */
  readonly lags: ReadonlyMap<string, number>
}

async function readPublished(session: Session): Promise<Published | undefined> {
  // The tables of `meta` are there from the start; those of `policy` come with the first edition.
  const tables = await session.rows(
    `SELECT 1 FROM duckdb_tables()
     WHERE (schema_name = 'policy' AND table_name = 'settings') OR (schema_name = 'meta' AND table_name = 'versions')`,
  )
  if (tables.length < 2) return undefined
  const version = await session.one<Omit<Published, 'watermarks' | 'lags'>>(
    `SELECT version, as_of, known_at, (SELECT MAX(stale_after_hours) FROM policy.settings) AS stale_after_hours
     FROM meta.versions ORDER BY version DESC LIMIT 1`,
  )
  if (version === undefined) return undefined
  const read = await session.rows<{ source: string; entity: string; origin: string; read_at: string | null }>(
    'SELECT source, entity, origin, MAX(read_at) AS read_at FROM meta.watermarks GROUP BY source, entity, origin',
  )
  const watermarks = new Map(read.map((row) => [feedKey(row.source, row.entity, row.origin), row.read_at]))
  const lagTable = await session.one(
    `SELECT 1 FROM duckdb_tables() WHERE schema_name = 'marts' AND table_name = 'entry_lags' AND database_name = current_database()`,
  )
  const lags =
    lagTable === undefined
      ? []
      : await session.rows<{ entity: string; days: number }>(
          'SELECT entity, CAST(SUM(lag_days) AS DOUBLE) / SUM(records) AS days FROM marts.entry_lags GROUP BY entity HAVING SUM(records) > 0',
        )
  return { ...version, watermarks, lags: new Map(lags.map(({ entity, days }) => [entity, days])) }
}

/** A source is as fresh as its oldest feed. */
function firstRead(instants: readonly (string | null)[]): string | null {
  return instants.reduce(
    (first, each) => (first === null || each === null ? null : each < first ? each : first),
    instants[0] ?? null,
  )
}

export function feedKey(source: string, entity: string, origin: string): string {
  return JSON.stringify([source, entity, origin])
}

/** Nothing to read yet. Its message may be shown to anyone. */
export class NotPublishedError extends ConfigError {
  constructor() {
    super(fault('not_published', {}))
  }
}
