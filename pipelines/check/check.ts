import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Config } from '../../config/define.ts'
import type { Feed, Source } from '../../config/source.ts'
import { literal } from '../../data/quote.ts'
import { Warehouse, type Session } from '../../data/warehouse.ts'
import { entityNames, sourceColumns, type EntityName } from '../../entities/entities.ts'
import type { Words } from '../../entities/entity.ts'
import { TrueworthError } from '../../errors.ts'
import { unclearOrders, type DayOrder } from './day-order.ts'
import { costOf, type FigureCost } from './figures.ts'
import { faultWords, type FoundFault } from '../mapping/fault-words.ts'
import { DEFAULT_REJECT_SHARE } from '../load/batch.ts'
import type { DayMarks } from '../mapping/day-marks.ts'
import { compileMapping, landedColumns, type MappingProblem } from '../mapping/mapping.ts'
import { landedAs } from '../sources/landed.ts'
import { isAbsent, openSource } from '../sources/open-source.ts'
import type { SourceReader, UnreadableLine } from '../sources/reader.ts'

/** What stands on which fields, as the metrics catalogue has it. */
export type Figures = Readonly<Record<string, { readonly standsOn: readonly string[]; readonly words: Words }>>

export interface SampleCheck {
  /** Rows, and lines that are none. */
  readonly rows: number
  readonly rejected: number
  readonly share: number
  /** The share above which the batch would not load, where it is above it. */
  readonly refusedAbove?: number
  /** The first reasons, most frequent first. */
  readonly reasons: readonly {
    readonly column: string | null
    readonly reason: string
    readonly remedy: string
    readonly rows: number
  }[]
  /** Columns of days of which it is not clear whether the day or the month comes first. */
  readonly orders: readonly DayOrder[]
}

export interface FeedCheck {
  readonly feed: string
  readonly entity: EntityName
  /** Why the source could not be asked. */
  readonly error?: string
  /** It is not there, and its feed takes only what is: nothing is wrong. */
  readonly absent?: true
  readonly problems: readonly MappingProblem[]
  /** Columns of the source. */
  readonly columns: readonly string[]
  /** Optional columns of the entity that nothing fills. */
  readonly unmapped: readonly string[]
  readonly sample?: SampleCheck
}

export interface SourceCheck {
  readonly source: string
  readonly kind: Source['kind']
  readonly connected: boolean
  readonly feeds: readonly FeedCheck[]
  /** What the system of its recipe cannot give, and what to do. */
  readonly lacks: readonly Words[]
}

export interface CheckReport {
  /** Everything configured can be loaded. */
  readonly fits: boolean
  readonly sources: readonly SourceCheck[]
  /** Entities that no feed fills. */
  readonly unfed: readonly EntityName[]
  readonly figures: readonly FigureCost[]
}

export interface CheckOptions {
  readonly metrics: Figures
  /** Rows validated of each feed. Default 1,000; 0: none. */
  readonly sample?: number
  /** What the system of a recipe cannot give. */
  readonly lacksOf?: (recipe: string) => readonly Words[]
}

/** Connects to every source and compares what it has with the contracts. Loads nothing, and stops at no fault. */
export async function checkSources(
  config: Config,
  { metrics, sample = 1_000, lacksOf = () => [] }: CheckOptions,
): Promise<CheckReport> {
  const warehouse = await Warehouse.open(':memory:')
  const session = await warehouse.session()
  try {
    const sources: SourceCheck[] = []
    for (const source of config.sources) {
      const lacks = source.recipe === undefined ? [] : lacksOf(source.recipe)
      sources.push({ ...(await checkSource({ config, warehouse, session, sample }, source)), lacks })
    }
    const fed = new Set(config.sources.flatMap(({ feeds }) => feeds.map(({ entity }) => entity)))
    const faultless = sources.every(
      ({ connected, feeds }) =>
        connected &&
        feeds.every(
          ({ error, problems, sample: tried }) =>
            error === undefined && problems.length === 0 && tried?.refusedAbove === undefined,
        ),
    )
    return {
      fits: faultless,
      sources,
      unfed: entityNames.filter((name) => !fed.has(name)),
      figures: costOf(metrics, filledFields(config, sources)),
    }
  } finally {
    session.close()
    warehouse.close()
  }
}

interface Checking {
  readonly config: Config
  readonly warehouse: Warehouse
  readonly session: Session
  readonly sample: number
}

async function checkSource(checking: Checking, source: Source): Promise<Omit<SourceCheck, 'lacks'>> {
  let reader: SourceReader
  try {
    reader = await openSource(source, { warehouse: checking.warehouse })
  } catch (error) {
    const feeds = source.feeds.map((feed) => failed(feed, error))
    return { source: source.name, kind: source.kind, connected: false, feeds }
  }
  try {
    const feeds: FeedCheck[] = []
    for (const feed of source.feeds) feeds.push(await checkFeed(checking, source, { reader, feed }))
    return {
      source: source.name,
      kind: source.kind,
      connected: feeds.length === 0 || feeds.some(({ error }) => error === undefined),
      feeds,
    }
  } finally {
    await reader.close()
  }
}

function failed(feed: Feed, error: unknown): FeedCheck {
  if (!(error instanceof TrueworthError)) throw error
  if (isAbsent(feed, error))
    return { feed: feed.from, entity: feed.entity, absent: true, problems: [], columns: [], unmapped: [] }
  return { feed: feed.from, entity: feed.entity, error: error.message, problems: [], columns: [], unmapped: [] }
}

async function checkFeed(
  checking: Checking,
  source: Source,
  { reader, feed }: { reader: SourceReader; feed: Feed },
): Promise<FeedCheck> {
  try {
    const columns = await reader.columns(feed)
    const { problems } = await compileMapping(checking.session, {
      source,
      feed,
      columns: landedAs(source, columns),
      company: checking.config.company,
    })
    const mapping = feed.columns as Record<string, unknown>
    const unmapped = Object.entries(sourceColumns(feed.entity)).filter(
      ([name, column]) => column.required !== true && mapping[name] === undefined,
    )
    const sample =
      problems.length === 0 && checking.sample > 0 ? await validate(checking, source, { reader, feed }) : undefined
    return {
      feed: feed.from,
      entity: feed.entity,
      problems,
      columns: columns.map(({ name }) => name),
      unmapped: unmapped.map(([name]) => name),
      ...(sample !== undefined && { sample }),
    }
  } catch (error) {
    return failed(feed, error)
  }
}

/** Lands a few rows in a temporary folder and maps them as a run would. */
async function validate(
  { config, session, sample }: Checking,
  source: Source,
  { reader, feed }: { reader: SourceReader; feed: Feed },
): Promise<SampleCheck | undefined> {
  const folder = await mkdtemp(join(tmpdir(), 'trueworth-check-'))
  try {
    const parquet = join(folder, 'sample.parquet')
    const read = await reader.extract(
      feed,
      { since: null, files: new Map() },
      { parquet, signal: new AbortController().signal, limit: sample },
    )
    if (read.rows === 0) return read.unreadable.length === 0 ? undefined : sampleOf(feed, read.unreadable, NO_ROWS)
    const landed = `read_parquet(${literal(parquet)})`
    const mapping = await compileMapping(session, {
      source,
      feed,
      columns: await landedColumns(session, landed),
      company: config.company,
    })
    if (mapping.problems.length > 0) return undefined
    const mapped = mapping.rows(landed)
    await session.run(`CREATE OR REPLACE TEMP TABLE sample AS ${mapped.sql}`)
    const counts = await session.one<{ rows: number; rejected: number }>(
      'SELECT count(*) AS rows, count(_faults) AS rejected FROM sample',
    )
    const found = await session.rows<FoundFault & { rows: number }>(
      `SELECT fault.place AS place, fault.value AS value, count(*) AS rows
       FROM (SELECT unnest(_faults) AS fault FROM sample) GROUP BY ALL ORDER BY rows DESC, value, place LIMIT 3`,
    )
    const reasons = found.map(({ rows, ...fault }) => {
      const { column_name, reason, remedy } = faultWords(mapped.faults, fault)
      return { column: column_name, reason, remedy, rows }
    })
    const question = mapping.dayMarks(landed)
    const marks = question === undefined ? [] : await session.rows<DayMarks>(question)
    return sampleOf(feed, read.unreadable, {
      ...NO_ROWS,
      ...counts,
      reasons,
      orders: unclearOrders(marks, mapping.reading.dates),
    })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

type Tried = Pick<SampleCheck, 'rows' | 'rejected' | 'reasons' | 'orders'>

const NO_ROWS: Tried = { rows: 0, rejected: 0, reasons: [], orders: [] }

/** Lines that are no rows count among those that would be rejected, as they do in a run. */
function sampleOf(
  { rejectShare = DEFAULT_REJECT_SHARE }: Feed,
  lines: Iterable<UnreadableLine> & { readonly length: number },
  tried: Tried,
): SampleCheck {
  const rows = tried.rows + lines.length
  const rejected = tried.rejected + lines.length
  const share = rows === 0 ? 0 : rejected / rows
  const reasons = [...tried.reasons, ...reasonsOf(lines).slice(0, 3)].toSorted((one, other) => other.rows - one.rows)
  return { ...tried, rows, rejected, share, reasons, ...(share > rejectShare && { refusedAbove: rejectShare }) }
}

function reasonsOf(lines: Iterable<UnreadableLine>): SampleCheck['reasons'] {
  return [...Map.groupBy(lines, ({ reason }) => reason)].map(([reason, alike]) => ({
    column: null,
    reason: `${alike[0]?.file} line ${alike[0]?.line}: ${reason}`,
    remedy: (alike[0]?.remedy ?? '').replace(/\.$/, ''),
    rows: alike.length,
  }))
}

/** The fields that some feed fills, as 'tasks.actual_minutes'. A feed with a fault loads nothing. */
function filledFields(config: Config, sources: readonly SourceCheck[]): Set<string> {
  const sound = config.sources.flatMap((source, place) =>
    source.feeds.filter((_, index) => {
      const check = sources[place]?.feeds[index]
      return check?.error === undefined && check?.absent === undefined && check?.problems.length === 0
    }),
  )
  return new Set(sound.flatMap(({ entity, columns }) => Object.keys(columns).map((name) => `${entity}.${name}`)))
}
