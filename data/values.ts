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
  if (value instanceof DuckDBDateValue) return value.isFinite ? value.toString() : null
  if (value instanceof DuckDBTimestampValue || value instanceof DuckDBTimestampTZValue) return instantToJs(value.micros)
  if (value instanceof DuckDBTimeValue) return value.toString()
  if (value instanceof DuckDBListValue) return value.items.map(toJs)
  if (value instanceof DuckDBStructValue) {
    return Object.fromEntries(Object.entries(value.entries).map(([name, entry]) => [name, toJs(entry)]))
  }
  return value.toString()
}

/**
 * A decimal of up to 15 digits is the nearest double, which prints the same; a longer one stays text.
 * Both numbers divided are exact, and division rounds to the nearest.
 */
function decimalToJs(value: DuckDBDecimalValue): number | string {
  const digits = value.value < 0n ? -value.value : value.value
  if (digits >= 1_000_000_000_000_000n || value.scale >= POWERS_OF_TEN.length) return value.toString()
  return Number(value.value) / (POWERS_OF_TEN[value.scale] ?? 1)
}

/** Those a double holds exactly. */
const POWERS_OF_TEN = Array.from({ length: 23 }, (_, power) => Number(`1e${power}`))

/** Infinity, and years that JavaScript does not reach, are null. */
function instantToJs(micros: bigint): string | null {
  const instant = new Date(Number(micros / 1000n))
  return Number.isNaN(instant.getTime()) ? null : instant.toISOString()
}
