import { literal } from './quote.ts'
import type { Parameter, Session } from './warehouse.ts'

/**
 * Writes the answer of a query to a file, straight from DuckDB: Parquet (zstd) or CSV (UTF-8, with header), an older file replaced.
 * Answers how many rows were written.
 */
export async function exportTo(
  session: Session,
  sql: string,
  parameters: readonly Parameter[],
  target: { readonly path: string; readonly format: 'parquet' | 'csv' },
): Promise<number> {
  const options = target.format === 'parquet' ? 'FORMAT parquet, COMPRESSION zstd' : 'FORMAT csv, HEADER true'
  const row = await session.one<{ Count: number }>(
    `COPY (\n${sql}\n) TO ${literal(target.path)} (${options})`,
    parameters,
  )
  return row?.Count ?? 0
}
