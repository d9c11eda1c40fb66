import { DuckDBDecimalType, DuckDBEnumType, DuckDBTypeId, type DuckDBType } from '@duckdb/node-api'
import duckdb from '@duckdb/node-bindings'
import * as arrow from 'apache-arrow'
import { BooleanBuffer, DecimalBuffer, FixedBuffer, type ColumnBuffer } from './arrow-buffers.ts'
import { TextBuffer } from './arrow-text.ts'
import { dictionaryMessage, endOfStream, recordBatchMessage, schemaMessage } from './arrow-messages.ts'
import { identifier } from './quote.ts'
import type { Streamed } from './streamed.ts'
import type { Parameter, Session } from './warehouse.ts'

export interface ArrowOptions {
  /** Stops the query; the stream then throws the signal's reason. */
  readonly signal?: AbortSignal
  /** Rows of a record batch, rounded up to DuckDB's vectors of 2,048. Small batches make readers slow. */
  readonly batchRows?: number
}

/** A batch ends early when one of its columns has so many bytes of text. */
const TEXT_BYTES = 64 << 20

/**
 * The answer of a query as an Arrow IPC stream: a schema, a dictionary for each ENUM, record batches, the end; each message one
 * piece. Made from the column vectors, a batch at a time and only when asked for, so memory stays flat.
 *
 * Decimals come as Decimal128, HUGEINT as Decimal128(38, 0), days as Date32, instants as Timestamp(µs, UTC), ENUM as a dictionary;
 * lists and structs as JSON text, what else there is as DuckDB writes it.
 */
export async function* arrowStream(
  session: Session,
  sql: string,
  parameters: readonly Parameter[] = [],
  options: ArrowOptions = {},
): AsyncGenerator<Uint8Array, void, undefined> {
  const { signal, batchRows = 65_536 } = options
  signal?.throwIfAborted()
  const heedless = session.heed(signal)
  let answer: Streamed | undefined
  try {
    answer = await readable(session, sql, parameters)
    yield* messages(answer, { signal, batchRows })
  } catch (error) {
    signal?.throwIfAborted()
    throw error
  } finally {
    heedless()
    await answer?.discard()
  }
}

interface Reading {
  readonly signal: AbortSignal | undefined
  readonly batchRows: number
}

async function* messages(answer: Streamed, { signal, batchRows }: Reading): AsyncGenerator<Uint8Array> {
  const columns = answer.types.map((type, id) => columnOf(type, id, batchRows + duckdb.vector_size()))
  yield schemaMessage(answer.names.map((name, index) => ({ name, type: columns[index]?.type ?? new arrow.Null() })))
  for (const [id, { words }] of columns.entries()) if (words) yield dictionaryMessage(id, words)
  const buffers = columns.map((column) => column.buffer)
  let rows = 0
  for await (const { chunk, rowCount } of answer) {
    signal?.throwIfAborted()
    for (const [index, buffer] of buffers.entries()) buffer.append(duckdb.data_chunk_get_vector(chunk, index), rowCount)
    rows += rowCount
    if (rows < batchRows && buffers.every((buffer) => buffer.textBytes < TEXT_BYTES)) continue
    yield recordBatchMessage(rows, buffers)
    rows = 0
  }
  if (rows > 0) yield recordBatchMessage(rows, buffers)
  yield endOfStream()
}

interface ArrowColumn {
  readonly type: arrow.DataType
  readonly buffer: ColumnBuffer
  /** Of an ENUM. */
  readonly words?: readonly string[]
}

/** Types whose values Arrow keeps as DuckDB does: width in bytes, and Arrow's name for them. */
const SAME: Partial<Record<DuckDBTypeId, readonly [width: number, type: () => arrow.DataType]>> = {
  [DuckDBTypeId.TINYINT]: [1, () => new arrow.Int8()],
  [DuckDBTypeId.SMALLINT]: [2, () => new arrow.Int16()],
  [DuckDBTypeId.INTEGER]: [4, () => new arrow.Int32()],
  [DuckDBTypeId.BIGINT]: [8, () => new arrow.Int64()],
  [DuckDBTypeId.HUGEINT]: [16, () => new arrow.Decimal(0, 38, 128)],
  [DuckDBTypeId.UTINYINT]: [1, () => new arrow.Uint8()],
  [DuckDBTypeId.USMALLINT]: [2, () => new arrow.Uint16()],
  [DuckDBTypeId.UINTEGER]: [4, () => new arrow.Uint32()],
  [DuckDBTypeId.UBIGINT]: [8, () => new arrow.Uint64()],
  [DuckDBTypeId.FLOAT]: [4, () => new arrow.Float32()],
  [DuckDBTypeId.DOUBLE]: [8, () => new arrow.Float64()],
  [DuckDBTypeId.DATE]: [4, () => new arrow.DateDay()],
  [DuckDBTypeId.TIME]: [8, () => new arrow.TimeMicrosecond()],
  [DuckDBTypeId.TIMESTAMP]: [8, () => new arrow.TimestampMicrosecond('UTC')],
  [DuckDBTypeId.TIMESTAMP_TZ]: [8, () => new arrow.TimestampMicrosecond('UTC')],
}

function columnOf(type: DuckDBType, id: number, capacity: number): ArrowColumn {
  const same = SAME[type.typeId]
  if (same) return { type: same[1](), buffer: new FixedBuffer(capacity, same[0]) }
  if (type.typeId === DuckDBTypeId.BOOLEAN) return { type: new arrow.Bool(), buffer: new BooleanBuffer(capacity) }
  if (type instanceof DuckDBDecimalType)
    return { type: new arrow.Decimal(type.scale, type.width, 128), buffer: decimalBuffer(type.width, capacity) }
  if (type instanceof DuckDBEnumType) return enumColumn(type, id, capacity)
  return { type: new arrow.Utf8(), buffer: new TextBuffer(capacity) }
}

/** DuckDB keeps a decimal in the fewest bytes that hold its digits. */
function decimalBuffer(digits: number, capacity: number): ColumnBuffer {
  if (digits > 18) return new FixedBuffer(capacity, 16)
  return new DecimalBuffer(capacity, digits > 9 ? 8 : digits > 4 ? 4 : 2)
}

/** The places in an ENUM are bytes, or two or four where it has more words. */
function enumColumn(type: DuckDBEnumType, id: number, capacity: number): ArrowColumn {
  const words = type.values
  const width = words.length <= 0xff ? 1 : words.length <= 0xffff ? 2 : 4
  const index = width === 1 ? new arrow.Uint8() : width === 2 ? new arrow.Uint16() : new arrow.Uint32()
  const dictionary: arrow.DataType = new arrow.Dictionary<arrow.Utf8, arrow.Uint8 | arrow.Uint16 | arrow.Uint32>(
    new arrow.Utf8(),
    index,
    id,
  )
  return { type: dictionary, buffer: new FixedBuffer(capacity, width), words }
}

/** Runs the query so that only types stand in its answer that have a place in Arrow: DuckDB makes text of the others. */
async function readable(session: Session, sql: string, parameters: readonly Parameter[]): Promise<Streamed> {
  const answer = await session.stream(sql, parameters)
  const { names, types } = answer
  if (types.every(hasPlace)) return answer
  await answer.discard()
  const list = types.map((type, index) => `${converted(`#${index + 1}`, type)} AS ${identifier(names[index] ?? '')}`)
  return session.stream(`SELECT ${list.join(', ')} FROM (\n${sql}\n)`, parameters)
}

function hasPlace(type: DuckDBType): boolean {
  return OTHERS.has(type.typeId) || type.typeId in SAME
}

const OTHERS = new Set([DuckDBTypeId.BOOLEAN, DuckDBTypeId.DECIMAL, DuckDBTypeId.ENUM, DuckDBTypeId.VARCHAR])
const NESTED = new Set([DuckDBTypeId.LIST, DuckDBTypeId.ARRAY, DuckDBTypeId.STRUCT, DuckDBTypeId.MAP])
const OTHER_CLOCKS = new Set([DuckDBTypeId.TIMESTAMP_S, DuckDBTypeId.TIMESTAMP_MS, DuckDBTypeId.TIMESTAMP_NS])

function converted(column: string, type: DuckDBType): string {
  if (hasPlace(type)) return column
  if (OTHER_CLOCKS.has(type.typeId)) return `CAST(${column} AS TIMESTAMP)`
  return NESTED.has(type.typeId) ? `CAST(to_json(${column}) AS VARCHAR)` : `CAST(${column} AS VARCHAR)`
}
