import type { Feed, SqliteSource } from '../../config/source.ts'
import { identifier } from '../../data/quote.ts'
import { openSqliteSource, type SqliteSource as SqliteFile, type SqliteValue } from '../../data/sqlite.ts'
import type { Session } from '../../data/warehouse.ts'
import { fault } from '../../entities/faults.ts'
import { SourceError } from '../../errors.ts'
import { nearest } from '../../models/builder/nearest.ts'
import { Chunks } from './chunks.ts'
import { growsAsText } from './cursor.ts'
import { escapeField, NULL_FIELD } from './copy-text.ts'
import type { Extracted, Extraction, SourceColumn, SourceReader, Window } from './reader.ts'

/** Tables and views of a SQLite file. SQLite types values, not columns, so every value lands as text: numbers as written, blobs as hex. */
export function sqliteReader(source: SqliteSource, session: Session): SourceReader {
  const file = openSqliteSource(source.file, source.name)
  return {
    tables: async () => file.tables(),
    columns: async (feed) => columnsOf(file, source, feed),
    extract: (feed, window, to) => extract({ source, file, session }, { feed, window }, to),
    close: async () => {
      file.close()
      session.close()
    },
  }
}

interface Opened {
  readonly source: SqliteSource
  readonly file: SqliteFile
  readonly session: Session
}

function columnsOf(file: SqliteFile, source: SqliteSource, feed: Feed): SourceColumn[] {
  const columns = file.columns(feed.from)
  if (columns.length > 0) return columns.map(({ name, type }) => ({ name, type }))
  const tables = file.tables()
  const near = nearest(feed.from, tables)
  throw new SourceError(
    fault('sqlite_table_missing', { source: source.name, table: feed.from, file: source.file, near, tables }),
    {
      source: source.name,
      entity: feed.entity,
      retry: false,
    },
  )
}

/** A text of some tens of thousand bytes is made and written fastest. */
const ROWS_AT_ONCE = 512

async function extract(
  { source, file, session }: Opened,
  { feed, window }: { feed: Feed; window: Window },
  to: Extraction,
): Promise<Extracted> {
  const columns = columnsOf(file, source, feed)
  const cursor = feed.cursor?.column
  const place = cursor === undefined ? -1 : columns.findIndex(({ name }) => name.toLowerCase() === cursor.toLowerCase())
  if (cursor !== undefined && place < 0) throw noCursor(source, feed, columns)
  const chunks = new Chunks(
    session,
    columns.map(({ name }) => ({ name, type: 'VARCHAR' })),
    to.parquet,
  )
  let highest: SqliteValue = null
  try {
    let text = ''
    let waiting = 0
    for (const row of file.rows(
      ...query(columns, feed, { since: window.since, until: window.until, limit: to.limit }),
    )) {
      if (place >= 0) highest = higher(highest, row[place] ?? null)
      text += textRow(row)
      if (++waiting < ROWS_AT_ONCE) continue
      to.signal.throwIfAborted()
      await chunks.add(Buffer.from(text))
      text = ''
      waiting = 0
    }
    await chunks.add(Buffer.from(text))
    const rows = await chunks.finish()
    return { rows, cursor: boundOf(highest), files: [], unreadable: [] }
  } catch (cause) {
    if (cause instanceof SourceError || to.signal.aborted) throw cause
    const message = cause instanceof Error ? cause.message : String(cause)
    throw new SourceError(fault('sqlite_unreadable', { source: source.name, from: feed.from, message }), {
      source: source.name,
      entity: feed.entity,
      retry: /locked|busy/.test(message),
      cause,
    })
  } finally {
    await chunks.discard()
  }
}

/** In the order of the table, so that the same window gives the same file. SQLite compares numbers before text, so a bound of digits is a number. */
function query(
  columns: readonly SourceColumn[],
  feed: Feed,
  { since, until, limit }: { since: string | null; until: string | undefined; limit: number | undefined },
): [string, SqliteValue[]] {
  const select = `SELECT ${columns.map(({ name }) => identifier(name)).join(', ')} FROM ${identifier(feed.from)}`
  const end = limit === undefined ? '' : ` LIMIT ${limit}`
  if (feed.cursor === undefined) return [`${select}${end}`, []]
  const column = identifier(feed.cursor.column)
  // The same text as a number and as text: what a column holds decides which of them it is compared with.
  const compared = (sign: string): string =>
    `(typeof(${column}) = 'text' AND ${column} ${sign} ?) OR (typeof(${column}) <> 'text' AND ${column} ${sign} ?)`
  const conditions = [
    ...(since === null ? [] : [`(${until === undefined ? `${column} IS NULL OR ` : ''}${compared('>=')})`]),
    ...(until === undefined ? [] : [`(${compared('<')})`]),
  ]
  const where = conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`
  const values = [since, until].flatMap((bound) => (typeof bound === 'string' ? [bound, numberOr(bound)] : []))
  return [`${select}${where}${end}`, values]
}

function numberOr(bound: string): SqliteValue {
  return /^-?\d{1,15}(\.\d+)?$/.test(bound) ? Number(bound) : bound
}

/** SQLite's own order: numbers come before text. */
function higher(one: SqliteValue, other: SqliteValue): SqliteValue {
  if (other === null || other instanceof Uint8Array) return one
  if (one === null || one instanceof Uint8Array) return other
  if (typeof one === 'string' && typeof other === 'string')
    return Buffer.compare(Buffer.from(other), Buffer.from(one)) > 0 ? other : one
  if (typeof one === 'string') return one
  return typeof other === 'string' || other > one ? other : one
}

/** Nothing where the column holds text that does not grow: it is then read whole each time. */
function boundOf(highest: SqliteValue): string | null {
  if (highest === null || (typeof highest === 'string' && !growsAsText(highest))) return null
  return asText(highest)
}

function textRow(row: readonly SqliteValue[]): string {
  let text = ''
  for (let at = 0; at < row.length; at++) {
    const value = row[at] ?? null
    if (at > 0) text += '\t'
    if (typeof value === 'string') text += escapeField(value)
    else text += value === null ? NULL_FIELD : asText(value)
  }
  return row.length === 1 ? `${text}\t\n` : `${text}\n`
}

function asText(value: Exclude<SqliteValue, null>): string {
  if (typeof value === 'bigint') {
    // Most are small, and the text of a small number is ready.
    const number = Number(value)
    return Number.isSafeInteger(number) ? String(number) : String(value)
  }
  return value instanceof Uint8Array ? Buffer.from(value).toString('hex') : String(value)
}

function noCursor(source: SqliteSource, feed: Feed, columns: readonly SourceColumn[]): SourceError {
  const near = nearest(
    feed.cursor?.column ?? '',
    columns.map(({ name }) => name),
  )
  return new SourceError(
    fault('cursor_missing', { source: source.name, from: feed.from, column: feed.cursor?.column ?? '', near }),
    {
      source: source.name,
      entity: feed.entity,
      retry: false,
    },
  )
}
