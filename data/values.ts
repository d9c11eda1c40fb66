import {
  DuckDBDateValue,
  DuckDBDecimalValue,
  DuckDBTimestampTZValue,
  DuckDBTimestampValue,
  type DuckDBValue,
} from '@duckdb/node-api'
import { DuckDBListValue, DuckDBStructValue, DuckDBTimeValue } from '@duckdb/node-api'

/** What a DuckDB value becomes in JavaScript, everywhere in Trueworth. */
export type Value = string | number | boolean | null | readonly Value[] | { readonly [name: string]: Value }

/**
 * The one policy from DuckDB to JavaScript.
 * Whole numbers and decimals become numbers (a string where a number would lose digits), days 'YYYY-MM-DD',
 * instants ISO 8601 in UTC, NaN and infinities null.
 */
export function toJs(value: DuckDBValue): Value {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value
  if (typeof value === 'number') return Number.isFinite(value) ? value : null
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : value.toString()
  if (value instanceof DuckDBDecimalValue) return decimalToJs(value)
  if (value instanceof DuckDBDateValue) return value.toString()
  if (value instanceof DuckDBTimestampValue || value instanceof DuckDBTimestampTZValue) return instantToJs(value.micros)
  if (value instanceof DuckDBTimeValue) return value.toString()
  if (value instanceof DuckDBListValue) return value.items.map(toJs)
  if (value instanceof DuckDBStructValue) {
    return Object.fromEntries(Object.entries(value.entries).map(([name, entry]) => [name, toJs(entry)]))
  }
  return value.toString()
}

/** A decimal of up to 15 digits is the nearest double and prints the same; a longer one stays text. */
function decimalToJs(value: DuckDBDecimalValue): number | string {
  const digits = value.value < 0n ? -value.value : value.value
  return digits < 1_000_000_000_000_000n ? Number(value.toString()) : value.toString()
}

function instantToJs(micros: bigint): string {
  return new Date(Number(micros / 1000n)).toISOString()
}
