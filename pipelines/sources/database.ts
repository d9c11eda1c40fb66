import type { DatabaseSource, Feed } from '../../config/source.ts'
import { identifier, literal } from '../../data/quote.ts'
import type { Session } from '../../data/warehouse.ts'
import { fault, rowFault } from '../../entities/faults.ts'
import { SourceError } from '../../errors.ts'
import { nearest } from '../../models/builder/nearest.ts'
import type { DatabaseColumn, DatabaseSnapshot, DatabaseTable, OpenDatabase, TableQuery } from '../clients/database.ts'
import { Chunks, type Misfit } from './chunks.ts'
import { growsAsText } from './cursor.ts'
import type { Extracted, Extraction, SourceReader, UnreadableLine, Window } from './reader.ts'
import { unreadableLine } from './unreadable-line.ts'

/** Loaded when first needed: most companies have one kind, and the largest takes longer to load than a question to answer. */
const OPEN: Readonly<Record<DatabaseSource['kind'], () => Promise<OpenDatabase>>> = {
  postgres: async () => (await import('../clients/postgres.ts')).openPostgres,
  mysql: async () => (await import('../clients/mysql.ts')).openMysql,
  sqlserver: async () => (await import('../clients/sql-server.ts')).openSqlServer,
}

/** Tables and views of a database server. Each window is read on a connection of its own, so it is one snapshot. */
export function databaseReader(source: DatabaseSource, session: Session): SourceReader {
  return {
    tables: () => connected(source, undefined, (snapshot) => snapshot.tables()),
    columns: (feed) =>
      connected(source, feed, async (snapshot) =>
        (await tableOf(snapshot, source, feed)).columns.map(({ name, landed }) => ({ name, type: landed })),
      ),
    extract: (feed, window, to) =>
      connected(source, feed, (snapshot) => extract({ source, session, snapshot }, { feed, window }, to)),
    close: async () => session.close(),
  }
}

async function connected<T>(
  source: DatabaseSource,
  feed: Feed | undefined,
  work: (snapshot: DatabaseSnapshot) => Promise<T>,
): Promise<T> {
  const snapshot = await (await OPEN[source.kind]())(source.url, source.name, feed?.entity)
  try {
    return await work(snapshot)
  } finally {
    await snapshot.close()
  }
}

async function tableOf(snapshot: DatabaseSnapshot, source: DatabaseSource, feed: Feed): Promise<DatabaseTable> {
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
  readonly source: DatabaseSource
  readonly session: Session
  readonly snapshot: DatabaseSnapshot
}

async function extract(
  { source, session, snapshot }: Opened,
  { feed, window }: { feed: Feed; window: Window },
  to: Extraction,
): Promise<Extracted> {
  const table = await tableOf(snapshot, source, feed)
  const cursor = cursorOf(table, source, feed)
  const query = { table, cursor, since: window.since, until: window.until ?? null, limit: to.limit }
  const chunks = new Chunks(
    session,
    table.columns.map(({ name, landed }) => ({ name, type: landed })),
    to.parquet,
  )
  const stop = (): void => void snapshot.close()
  to.signal.addEventListener('abort', stop)
  try {
    for await (const rows of snapshot.rows(query)) {
      to.signal.throwIfAborted()
      await chunks.add(rows)
    }
    const rows = await chunks.finish()
    const highest =
      cursor === undefined || rows === 0
        ? null
        : await highestCursor({ session, snapshot }, { ...query, cursor }, to.parquet)
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

function cursorOf({ columns }: DatabaseTable, source: DatabaseSource, feed: Feed): DatabaseColumn | undefined {
  if (feed.cursor === undefined) return undefined
  const wanted = feed.cursor.column
  const found = columns.find(({ name }) => name === wanted)
  if (found !== undefined) return found
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

/** From the rows just read where DuckDB orders the type as the database does; text has a collation of its own, so that asks there. */
async function highestCursor(
  { session, snapshot }: Omit<Opened, 'source'>,
  query: TableQuery & { readonly cursor: DatabaseColumn },
  parquet: string,
): Promise<string | null> {
  const { name, type, landed } = query.cursor
  if (landed === 'VARCHAR') {
    const highest = await snapshot.highest(query)
    const isText = /^(text|character|citext|.*char|enum)/i.test(type)
    return highest === null || (isText && !growsAsText(highest)) ? null : highest
  }
  const column = identifier(name)
  const finite = /^(DATE|TIMESTAMP|DOUBLE)/.test(landed) ? ` WHERE isfinite(${column})` : ''
  const row = await session.one<{ cursor: string | null }>(
    `SELECT CAST(max(${column}) AS VARCHAR) AS cursor FROM read_parquet(${literal(parquet)})${finite}`,
  )
  return row?.cursor ?? null
}

function unreadable(feed: Feed, { column, value, row }: Misfit): UnreadableLine {
  const at = { file: feed.from, line: 0, text: row }
  return unreadableLine(at, rowFault('beyond_range', { found: value, field: column }))
}
