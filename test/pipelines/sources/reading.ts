import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Feed, Source } from '../../../config/source.ts'
import { literal } from '../../../data/quote.ts'
import { Warehouse, type Row } from '../../../data/warehouse.ts'
import { openSource } from '../../../pipelines/sources/open-source.ts'
import type { Extracted, FileRead, RecoveredLine, UnreadableLine } from '../../../pipelines/sources/reader.ts'

export const publicData = resolve(import.meta.dirname, '../../../../shared/data')

export interface Landed extends Omit<Extracted, 'unreadable' | 'recovered'> {
  readonly unreadable: readonly UnreadableLine[]
  readonly recovered: readonly RecoveredLine[]
  readonly parquet: string
  readonly table: Row[]
  /** Columns as 'name TYPE'. */
  readonly types: string[]
}

/** A temporary folder, a warehouse in memory, and a way to read a feed once and look at what landed. */
export class Reading {
  readonly folder: string
  readonly warehouse: Warehouse

  private constructor(folder: string, warehouse: Warehouse) {
    this.folder = folder
    this.warehouse = warehouse
  }

  static async begin(): Promise<Reading> {
    return new Reading(await mkdtemp(join(tmpdir(), 'trueworth-sources-')), await Warehouse.open(':memory:'))
  }

  path(name: string): string {
    return join(this.folder, name)
  }

  async extract(
    source: Source,
    feed: Partial<Feed> & { from: string },
    window: { since?: string | null; files?: readonly FileRead[] } = {},
  ): Promise<Landed> {
    const parquet = this.path(`landed-${crypto.randomUUID()}.parquet`)
    const reader = await openSource(source, { warehouse: this.warehouse })
    try {
      const files = new Map((window.files ?? []).map((file) => [file.path, file]))
      const whole = { entity: 'customers', columns: {}, ...feed } as Feed
      const extracted = await reader.extract(
        whole,
        { since: window.since ?? null, files },
        { parquet, signal: new AbortController().signal },
      )
      const lines = { unreadable: [...extracted.unreadable], recovered: [...(extracted.recovered ?? [])] }
      return { ...extracted, ...lines, parquet, ...(await this.#look(parquet, extracted.rows)) }
    } finally {
      await reader.close()
    }
  }

  async #look(parquet: string, rows: number): Promise<{ table: Row[]; types: string[] }> {
    if (rows === 0) return { table: [], types: [] }
    const relation = `read_parquet(${literal(parquet)})`
    return this.warehouse.read(async (session) => ({
      table: rows > 10_000 ? [] : await session.rows(`FROM ${relation}`),
      types: (await session.rows<{ column_name: string; column_type: string }>(`DESCRIBE FROM ${relation}`)).map(
        (row) => `${row.column_name} ${row.column_type}`,
      ),
    }))
  }

  async end(): Promise<void> {
    this.warehouse.close()
    await rm(this.folder, { recursive: true, force: true })
  }
}
