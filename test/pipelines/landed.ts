import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Config } from '../../config/define.ts'
import { defaultPolicy } from '../../config/policy.ts'
import type { Feed, Source } from '../../config/source.ts'
import { literal } from '../../data/quote.ts'
import { Warehouse, type Row } from '../../data/warehouse.ts'
import { fingerprint, Landing, type Manifest } from '../../pipelines/landing.ts'
import { BatchPreparation, feedOf } from '../../pipelines/load/prepare.ts'
import { createEntityTables } from '../../pipelines/load/tables.ts'
import { loadBatch } from '../../pipelines/load/load.ts'
import type { LoadOutcome } from '../../pipelines/load/batch.ts'
import { createMeta } from '../../pipelines/load/meta.ts'
import type { UnreadableLine } from '../../pipelines/sources/reader.ts'

/** A configuration around sources, as the loader needs it. */
export function configAround(folder: string, sources: readonly Source[]): Config {
  return {
    file: join(folder, 'trueworth.config.ts'),
    company: { name: 'Test works', currency: 'CNY', timeZone: 'Asia/Shanghai' },
    folder,
    server: { host: '127.0.0.1', port: 0 },
    sources,
    schedule: undefined,
    asOf: '2026-03-31',
    policy: defaultPolicy,
    sample: false,
  } as unknown as Config
}

/** A warehouse, a landing folder, and batches made by hand: real Parquet files of given rows. */
export class Sandbox {
  readonly folder: string
  readonly warehouse: Warehouse
  readonly landing: Landing
  readonly config: Config
  #clock = Date.UTC(2026, 0, 1)

  private constructor(folder: string, warehouse: Warehouse, landing: Landing, config: Config) {
    this.folder = folder
    this.warehouse = warehouse
    this.landing = landing
    this.config = config
  }

  static async open(sources: readonly Source[]): Promise<Sandbox> {
    const folder = await mkdtemp(join(tmpdir(), 'trueworth-load-'))
    const warehouse = await Warehouse.open(join(folder, 'warehouse.duckdb'), { settings: { threads: '2' } })
    await warehouse.write(async (session) => {
      await createMeta(session)
      await createEntityTables(session)
    })
    return new Sandbox(folder, warehouse, await Landing.open(join(folder, 'landing')), configAround(folder, sources))
  }

  async close(): Promise<void> {
    this.warehouse.close()
    await rm(this.folder, { recursive: true, force: true })
  }

  /** Lands rows and loads them. An hour passes between batches. */
  async deliver(
    source: Source,
    rows: readonly Row[],
    options: { feed?: Feed; unreadable?: readonly UnreadableLine[]; full?: boolean } = {},
  ): Promise<LoadOutcome> {
    const feed = options.feed ?? source.feeds[0]!
    this.#clock += 3_600_000
    const open = await this.landing.begin(source.name, feed.entity, new Date(this.#clock))
    if (rows.length > 0) await this.#write(rows, open.parquet)
    const unreadable = options.unreadable ?? []
    const extracted = { rows: rows.length, cursor: null, files: [], unreadable }
    const manifest: Manifest = {
      ...open,
      run_id: 'run',
      source: source.name,
      entity: feed.entity,
      origin: feed.from,
      window: { since: null, full: options.full ?? false },
      cursor: null,
      files: [],
      rows: rows.length,
      unreadable: unreadable.length,
      ...(await fingerprint(open, extracted)),
      feed,
    }
    const landed = await this.landing.seal(open, manifest, extracted)
    const preparation = new BatchPreparation(this.config.company)
    const configured = feedOf(this.config, manifest)!
    const batch = await this.warehouse.read((session) =>
      preparation.prepare(session, { batch: landed, manifest }, configured),
    )
    return this.warehouse.write((session) => loadBatch(session, batch))
  }

  rows(sql: string): Promise<Row[]> {
    return this.warehouse.read((session) => session.rows(sql))
  }

  /** Every column is text, as in a CSV file, in the order of the first row. */
  async #write(rows: readonly Row[], parquet: string): Promise<void> {
    const names = [...new Set(rows.flatMap((row) => Object.keys(row)))]
    const text = (value: unknown): string => (value === null || value === undefined ? 'NULL' : literal(textOf(value)))
    const values = rows.map((row) => `(${names.map((name) => text(row[name])).join(', ')})`)
    const columns = names.map((name) =>
      name === '_line' ? 'CAST(_line AS BIGINT) AS _line' : `CAST("${name}" AS VARCHAR) AS "${name}"`,
    )
    await this.warehouse.read((session) =>
      session.run(
        `COPY (SELECT ${columns.join(', ')} FROM (VALUES ${values.join(', ')}) AS given(${names.map((name) => `"${name}"`).join(', ')}))
         TO ${literal(parquet)} (FORMAT parquet)`,
      ),
    )
  }
}

/** Everything loading leaves, in an order that does not depend on how it was written. */
export async function contentsOf(warehouse: Warehouse): Promise<Record<string, Row[]>> {
  const tables = [
    'raw.requests',
    'raw.customers',
    'raw.orders',
    'history.requests',
    'history.customers',
    'history.orders',
  ]
  const all: Record<string, Row[]> = {}
  for (const table of [...tables, 'meta.rejects', 'meta.watermarks', 'meta.batches', 'meta.files']) {
    all[table] = await warehouse.read((session) => session.rows(`FROM ${table} ORDER BY ALL`))
  }
  return all
}

/** A value of an answer as text. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
