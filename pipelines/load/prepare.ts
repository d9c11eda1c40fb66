import type { Config } from '../../config/define.ts'
import type { ColumnMapping, Feed, Source } from '../../config/source.ts'
import { existsSync } from 'node:fs'
import { identifier, literal } from '../../data/quote.ts'
import type { Session } from '../../data/warehouse.ts'
import { sourceColumns, type EntityName } from '../../entities/entities.ts'
import { filesOf, type LandedBatch, type Manifest } from '../landing.ts'
import { fault } from '../../entities/faults.ts'
import { refusal, type BatchToLoad } from './batch.ts'
import { compileMapping, landedColumns, type CompiledMapping, type LandedColumn } from '../mapping/mapping.ts'

export interface ConfiguredFeed {
  readonly source: Source
  readonly feed: Feed
  readonly superior: readonly string[]
}

/** Today's configuration of the feed a batch came from, or undefined where it is configured no more. */
export function feedOf(
  config: Pick<Config, 'sources'>,
  { source: name, entity, origin }: FeedName,
): ConfiguredFeed | undefined {
  const place = config.sources.findIndex((source) => source.name === name)
  const source = config.sources[place]
  const feed = source?.feeds.find((candidate) => candidate.entity === entity && candidate.from === origin)
  if (!source || !feed) return undefined
  return { source, feed, superior: config.sources.slice(0, place).map((superior) => superior.name) }
}

export interface FeedName {
  readonly source: string
  readonly entity: EntityName
  readonly origin: string
}

/** A batch to prepare: `accepted` by a person as it is; rows that stand in `unwanted` Parquet files too are left out. */
interface Preparing {
  readonly batch: LandedBatch
  readonly manifest: Manifest
  readonly accepted?: boolean
  readonly unwanted?: readonly string[]
}

/** Compiles mappings, each once for batches of one shape. */
export class BatchPreparation {
  readonly #company: Config['company']
  readonly #compiled = new Map<string, Promise<CompiledMapping>>()

  constructor(company: Config['company']) {
    this.#company = company
  }

  /** Reads the shape of the batch and compiles its feed's mapping, on a connection that is not the loading one. */
  async prepare(
    session: Session,
    { batch, manifest, accepted = false, unwanted = [] }: Preparing,
    asConfigured: ConfiguredFeed,
  ): Promise<BatchToLoad> {
    const configured =
      accepted && manifest.profile !== undefined
        ? withoutMissing(asConfigured, Object.keys(manifest.profile))
        : asConfigured
    const { feed, superior } = configured
    const { parquet, unreadable, recovered } = filesOf(batch)
    const rows =
      manifest.rows === 0 ? refusal(fault('no_rows', {})) : await this.#rows(session, { parquet, unwanted }, configured)
    return { manifest, unreadable, recovered, feed, superior, rows }
  }

  async #rows(
    session: Session,
    { parquet, unwanted }: { parquet: string; unwanted: readonly string[] },
    configured: ConfiguredFeed,
  ): Promise<BatchToLoad['rows']> {
    const { source, feed } = configured
    const file = literal(parquet)
    const place = { entity: feed.entity, from: feed.from, source: source.name }
    const landed = await landedColumns(session, `read_parquet(${file})`).catch(() => undefined)
    if (landed === undefined) {
      return refusal(fault('batch_unreadable', { ...place, file: parquet }))
    }
    const numbered = source.kind !== 'files' && !landed.some(({ name }) => /^_(file|line)$/i.test(name))
    const columns = numbered ? [...landed, ...PLACE] : landed
    const compiled = await this.#compile(session, { configured, columns, numbered })
    if (compiled.problems.length > 0) {
      const problems = compiled.problems.map((problem) => problem.fault)
      const required = sourceColumns(feed.entity)
      const optional = compiled.problems.every(
        ({ column, missing }) => missing !== undefined && required[column] !== undefined && !required[column].required,
      )
      const accept = optional ? `${source.name}.${feed.entity}` : undefined
      return refusal(fault('mapping_unfit', { ...place, problems, accept }))
    }
    const whole = numbered ? numberedRows(file) : `read_parquet(${file})`
    const relation = await withoutUnwanted(session, whole, { landed, unwanted })
    const { sql: mapped, faults } = compiled.rows(relation)
    return { columns, relation, mapped, faults }
  }

  async #compile(
    session: Session,
    {
      configured,
      columns,
      numbered,
    }: { configured: ConfiguredFeed; columns: readonly LandedColumn[]; numbered: boolean },
  ): Promise<CompiledMapping> {
    const { source, feed } = configured
    const shape = JSON.stringify([source.name, feed.entity, feed.from, columns, Object.keys(feed.columns)])
    // Rows that carry their place are mapped as those of a file are.
    const placed: Source = numbered ? { ...source, kind: 'files', folder: '' } : source
    const compiled =
      this.#compiled.get(shape) ?? compileMapping(session, { source: placed, feed, columns, company: this.#company })
    this.#compiled.set(shape, compiled)
    return compiled
  }
}

/** The feed without the optional columns whose source column is gone: a person accepted that they are empty. */
function withoutMissing(configured: ConfiguredFeed, present: readonly string[]): ConfiguredFeed {
  const names = new Set(present.map((name) => name.toLowerCase()))
  const contract = sourceColumns(configured.feed.entity)
  const kept = Object.entries(configured.feed.columns as Record<string, ColumnMapping>).filter(([column, mapping]) => {
    const text = (typeof mapping === 'string' ? mapping : mapping.from).trim()
    const isName = /^[\p{L}_][\p{L}\p{N}_ ]*$/u.test(text)
    return contract[column]?.required === true || !isName || names.has(text.toLowerCase())
  })
  return { ...configured, feed: { ...configured.feed, columns: Object.fromEntries(kept) } }
}

const PLACE: readonly LandedColumn[] = [
  { name: '_file', landed: 'VARCHAR' },
  { name: '_line', landed: 'BIGINT' },
]

/**
 * The rows but for those that came with a batch in quarantine: a source that gives them again, because its lag reaches back,
 * does not bring in what a person took out.
 */
async function withoutUnwanted(
  session: Session,
  relation: string,
  { landed, unwanted }: { landed: readonly LandedColumn[]; unwanted: readonly string[] },
): Promise<string> {
  const columns = landed.map(({ name }) => name).filter((name) => name !== '_file' && name !== '_line')
  const hash = `hash(${columns.map(identifier).join(', ')})`
  const conditions: string[] = []
  for (const path of unwanted.filter((one) => existsSync(one))) {
    const others = (await landedColumns(session, `read_parquet(${literal(path)})`)).map(({ name }) => name)
    if (columns.every((name) => others.includes(name)))
      conditions.push(`${hash} NOT IN (SELECT ${hash} FROM read_parquet(${literal(path)}))`)
  }
  return conditions.length === 0 ? relation : `(SELECT * FROM ${relation} AS landed WHERE ${conditions.join(' AND ')})`
}

/** Rows of a database have no file and line; their place in the landed file tells which of two came last. */
function numberedRows(file: string): string {
  return `(SELECT * EXCLUDE (file_row_number), CAST(NULL AS VARCHAR) AS _file, file_row_number + 1 AS _line FROM read_parquet(${file}, file_row_number = true))`
}
