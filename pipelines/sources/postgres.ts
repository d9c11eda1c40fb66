import type { Feed, PostgresSource } from '../../config/source.ts'
import { identifier, literal } from '../../data/quote.ts'
import type { Session } from '../../data/warehouse.ts'
import { fault, rowFault } from '../../entities/faults.ts'
import { SourceError } from '../../errors.ts'
import { nearest } from '../../models/builder/nearest.ts'
import { kept, openPostgres, type PostgresSnapshot, type PostgresTable } from '../clients/postgres.ts'
import { Chunks, type Misfit } from './chunks.ts'
import { fieldsOf } from './copy-text.ts'
import { growsAsText } from './cursor.ts'
import type { Extracted, Extraction, SourceReader, UnreadableLine, Window } from './reader.ts'
import { unreadableLine } from './unreadable-line.ts'

/** Tables and views of PostgreSQL. Each window is one COPY on a connection of its own, so it is one snapshot. */
export function postgresReader(source: PostgresSource, session: Session): SourceReader {
  return {
    columns: (feed) =>
      connected(source, feed, async (snapshot) => [...(await tableOf(snapshot, source, feed)).columns]),
    extract: (feed, window, to) =>
      connected(source, feed, (snapshot) => extract({ source, session, snapshot }, { feed, window }, to)),
    close: async () => session.close(),
  }
}

async function connected<T>(
  source: PostgresSource,
  feed: Feed,
  work: (snapshot: PostgresSnapshot) => Promise<T>,
): Promise<T> {
  const snapshot = await openPostgres(source.url, source.name, feed.entity)
  try {
    return await work(snapshot)
  } finally {
    await snapshot.close()
  }
}

/** The DuckDB type that holds every value of a PostgreSQL type; text where none does. */
export function landedType(type: string): string {
  if (/^(smallint|integer|bigint)$/.test(type)) return 'BIGINT'
  if (/^(real|double precision)$/.test(type)) return 'DOUBLE'
  if (type === 'boolean') return 'BOOLEAN'
  if (type === 'date') return 'DATE'
  if (/^timestamp(\(\d\))? without time zone$/.test(type)) return 'TIMESTAMP'
  if (/^timestamp(\(\d\))? with time zone$/.test(type)) return 'TIMESTAMP WITH TIME ZONE'
  const numeric = /^numeric\((\d+),(\d+)\)$/.exec(type)
  const [precision, scale] = [Number(numeric?.[1]), Number(numeric?.[2])]
  return numeric !== null && precision <= 38 && scale <= precision ? `DECIMAL(${precision},${scale})` : 'VARCHAR'
}

async function tableOf(snapshot: PostgresSnapshot, source: PostgresSource, feed: Feed): Promise<PostgresTable> {
  const table = await snapshot.table(feed.from)
  if (table !== undefined) return table
  const tables = await snapshot.tables()
  const bare = (name: string): string => name.slice(name.indexOf('.') + 1)
  const alike = nearest(bare(feed.from), tables.map(bare))
  const near = nearest(feed.from, tables) ?? tables.find((name) => bare(name) === alike)
  const seen = tables.length === 0 ? 'none' : tables.slice(0, 40)
  throw new SourceError(fault('table_missing', { source: source.name, table: feed.from, near, tables: seen }), {
    source: source.name,
    entity: feed.entity,
    retry: false,
  })
}

interface Opened {
  readonly source: PostgresSource
  readonly session: Session
  readonly snapshot: PostgresSnapshot
}

async function extract(
  { source, session, snapshot }: Opened,
  { feed, window }: { feed: Feed; window: Window },
  to: Extraction,
): Promise<Extracted> {
  const table = await tableOf(snapshot, source, feed)
  const columns = table.columns.map(({ name, type }) => ({ name, type: landedType(type) }))
  const cursor = cursorOf(table, source, feed)
  const condition =
    cursor === undefined || window.since === null
      ? ''
      : ` WHERE ${cursor.sql} IS NULL OR ${cursor.sql} >= CAST(${kept('since')} AS ${cursor.type})`
  if (window.since !== null) await snapshot.keep('since', window.since)
  const fields = fieldsOf(
    columns.map(({ name }) => identifier(name)),
    'NULL',
  )
  const select = `SELECT ${fields.join(', ')} FROM ${table.sql}${condition}${to.limit === undefined ? '' : ` LIMIT ${to.limit}`}`
  const chunks = new Chunks(session, columns, to.parquet)
  const stop = (): void => void snapshot.close()
  to.signal.addEventListener('abort', stop)
  try {
    for await (const rows of snapshot.copy(select)) {
      to.signal.throwIfAborted()
      await chunks.add(rows)
    }
    const rows = await chunks.finish()
    const highest =
      cursor === undefined || rows === 0
        ? null
        : await highestCursor({ session, snapshot }, cursor, { parquet: to.parquet, from: `${table.sql}${condition}` })
    return { rows, cursor: highest, files: [], unreadable: chunks.misfits.map((misfit) => unreadable(feed, misfit)) }
  } catch (error) {
    to.signal.throwIfAborted()
    if (error instanceof SourceError) throw error
    const message = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)
    throw new SourceError(fault('rows_not_kept', { source: source.name, from: feed.from, message }), {
      source: source.name,
      entity: feed.entity,
      retry: false,
      cause: error,
    })
  } finally {
    to.signal.removeEventListener('abort', stop)
    await chunks.discard()
  }
}

interface Cursor {
  readonly name: string
  readonly sql: string
  /** As PostgreSQL writes it. */
  readonly type: string
}

function cursorOf({ columns }: PostgresTable, source: PostgresSource, feed: Feed): Cursor | undefined {
  if (feed.cursor === undefined) return undefined
  const wanted = feed.cursor.column
  const found = columns.find(({ name }) => name === wanted)
  if (found !== undefined) return { name: found.name, sql: identifier(found.name), type: found.type }
  const near = nearest(
    wanted,
    columns.map(({ name }) => name),
  )
  throw new SourceError(fault('cursor_missing', { source: source.name, from: feed.from, column: wanted, near }), {
    source: source.name,
    entity: feed.entity,
    retry: false,
  })
}

/** From the rows just read where DuckDB orders the type as PostgreSQL does; text has PostgreSQL's collation, so that asks there. */
async function highestCursor(
  { session, snapshot }: Omit<Opened, 'source'>,
  cursor: Cursor,
  { parquet, from }: { parquet: string; from: string },
): Promise<string | null> {
  const type = landedType(cursor.type)
  if (type === 'VARCHAR') {
    const highest = await snapshot.value(`SELECT CAST(max(${cursor.sql}) AS text) FROM ${from}`, [])
    const isText = /^(text|character|citext)/.test(cursor.type)
    return highest === null || (isText && !growsAsText(highest)) ? null : highest
  }
  const finite = /^(DATE|TIMESTAMP|DOUBLE)/.test(type) ? ` WHERE isfinite(${cursor.sql})` : ''
  const row = await session.one<{ cursor: string | null }>(
    `SELECT CAST(max(${cursor.sql}) AS VARCHAR) AS cursor FROM read_parquet(${literal(parquet)})${finite}`,
  )
  return row?.cursor ?? null
}

function unreadable(feed: Feed, { column, value, row }: Misfit): UnreadableLine {
  const at = { file: feed.from, line: 0, text: row }
  return unreadableLine(at, rowFault('beyond_range', { found: value, field: column }))
}
