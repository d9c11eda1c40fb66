import type { DuckDBDataChunk, DuckDBValue } from '@duckdb/node-api'
import { pace } from '../pace.ts'
import { toJs, type Value } from './values.ts'

/** Rows made between two looks at the clock. */
const AT_ONCE = 256

/** The rows of a chunk as objects, made in pieces so that nobody else waits. */
export async function rowsOf(chunk: DuckDBDataChunk, names: readonly string[]): Promise<Record<string, Value>[]> {
  const columns: (readonly DuckDBValue[])[] = []
  for (let index = 0; index < names.length; index++) {
    columns.push(chunk.getColumnValues(index))
    // A small answer waits for nobody.
    if (chunk.rowCount > AT_ONCE) await pace()
  }
  const rows: Record<string, Value>[] = []
  for (let row = 0; row < chunk.rowCount; row++) {
    const object: Record<string, Value> = {}
    for (let index = 0; index < names.length; index++) object[names[index] ?? ''] = toJs(columns[index]?.[row] ?? null)
    rows.push(object)
    if (row % AT_ONCE === AT_ONCE - 1) await pace()
  }
  return rows
}
