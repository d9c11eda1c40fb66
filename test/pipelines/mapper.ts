import type { Feed, FilesSource } from '../../config/source.ts'
import { Warehouse, type Row, type Session } from '../../data/warehouse.ts'
import { faultWords, type FoundFault } from '../../pipelines/mapping/fault-words.ts'
import { compileMapping, landedColumns, type CompiledMapping } from '../../pipelines/mapping/mapping.ts'

export interface Fault {
  readonly column_name: string
  readonly value: string | null
  readonly reason: string
  readonly remedy: string
}

/** What `map` answers of a row: the entity's columns, then where it comes from and what is wrong with it. */
export type MappedRow = Mapped<Fault>
type Mapped<F> = Row & { readonly _faults: readonly F[] | null; readonly _original: string | null }

/** Maps rows given as SQL with a feed of requests.csv, in a company of Shanghai. */
export class Mapper {
  readonly #warehouse: Warehouse
  readonly session: Session

  private constructor(warehouse: Warehouse, session: Session) {
    this.#warehouse = warehouse
    this.session = session
  }

  static async begin(): Promise<Mapper> {
    const warehouse = await Warehouse.open(':memory:')
    return new Mapper(warehouse, await warehouse.session())
  }

  async compile(feed: object, rows: string, source: Partial<FilesSource> = {}): Promise<CompiledMapping> {
    await this.session.run(`CREATE OR REPLACE TEMP TABLE landed AS ${rows}`)
    return compileMapping(this.session, {
      source: { name: 'crm', kind: 'files', folder: '/', feeds: [], ...source },
      feed: { entity: 'requests', from: 'requests.csv', ...feed } as Feed,
      columns: await landedColumns(this.session, 'landed'),
      company: { timeZone: 'Asia/Shanghai' },
    })
  }

  async map(feed: object, rows: string, source: Partial<FilesSource> = {}): Promise<MappedRow[]> {
    const { sql, faults } = (await this.compile(feed, rows, source)).rows('landed')
    const mapped = await this.session.rows<Mapped<FoundFault>>(sql)
    return mapped.map((row) => ({
      ...row,
      _faults: row._faults?.map((found) => ({ ...found, ...faultWords(faults, found) })) ?? null,
    }))
  }

  end(): void {
    this.session.close()
    this.#warehouse.close()
  }
}

export function faultsOf(row: MappedRow | undefined): readonly Fault[] {
  return row?.['_faults'] ?? []
}

export const base = { request_id: 'id', customer_id: 'customer', opened_at: 'opened' }
export const one = `SELECT '1' AS id, 'C1' AS customer, '2024-01-05 10:00:00' AS opened`
