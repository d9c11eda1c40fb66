import { makeTables } from '../../../data/demo/sample.ts'
import { Warehouse, type Row, type Session } from '../../../data/warehouse.ts'

/** The sample company's own tables, before anything is written: what tests of its figures ask. */
export interface Company {
  readonly session: Session
  /** A second connection to the same tables. */
  readonly other: Session
  number(sql: string): Promise<number>
  rows<T extends object = Row>(sql: string): Promise<T[]>
  close(): void
}

export async function openCompany(
  { scale = 1, seed = 1 }: { scale?: number; seed?: number } = {},
  settings: Record<string, string> = {},
): Promise<Company> {
  const warehouse = await Warehouse.open(':memory:', { settings })
  const session = await warehouse.session()
  const other = await warehouse.session()
  await makeTables(session, { scale, seed })
  return {
    session,
    other,
    number: async (sql) => Number(Object.values((await session.one(sql)) ?? {})[0] ?? NaN),
    rows: (sql) => session.rows(sql),
    close: () => {
      session.close()
      other.close()
      warehouse.close()
    },
  }
}
