import { Connection, Request, TYPES } from 'tedious'
import { PassThrough } from 'node:stream'
import { textRow } from '../sources/copy-text.ts'
import {
  databaseError,
  nameParts,
  type DatabaseColumn,
  type DatabaseFaults,
  type DatabaseSnapshot,
  type DatabaseTable,
  type TableQuery,
} from './database.ts'

const FAULTS: DatabaseFaults = {
  system: 'SQL Server',
  example: 'sqlserver://user:password@host:1433/database',
  codes: {
    ELOGIN: 'database_password',
    ENOTFOUND: 'database_no_host',
    EINSTLOOKUP: 'database_no_host',
    ECONNREFUSED: 'database_no_answer',
    ESOCKET: 'database_no_answer',
  },
  passes: (code, message) =>
    /^(ESOCKET|ETIMEOUT|ECONNCLOSED|ECONNRESET|ECONNREFUSED|EPIPE)$/.test(code) ||
    /deadlock|timeout|closed/i.test(message),
}

/** SQL Server. Every value is made text by the server, in styles that do not depend on its language. */
export async function openSqlServer(url: string, source: string, entity?: string): Promise<DatabaseSnapshot> {
  const fail = (error: unknown) => databaseError(error, FAULTS, { url, source, entity })
  const connection = new Connection(settingsOf(url, fail))
  connection.on('error', () => undefined)
  try {
    await new Promise<void>((resolve, reject) => connection.connect((error) => (error ? reject(error) : resolve())))
    // Versioned reads where the database offers them; else what is committed.
    await ask(connection, 'SET TRANSACTION ISOLATION LEVEL READ COMMITTED')
    const [versions] = await ask(
      connection,
      'SELECT CAST(snapshot_isolation_state AS varchar(1)) FROM sys.databases WHERE database_id = DB_ID()',
    )
    if (versions?.[0] === '1') await ask(connection, 'SET TRANSACTION ISOLATION LEVEL SNAPSHOT')
    await ask(connection, 'BEGIN TRANSACTION')
  } catch (error) {
    connection.close()
    throw fail(error)
  }
  const guarded = async (sql: string, values: readonly string[] = []): Promise<(string | null)[][]> => {
    try {
      return await ask(connection, sql, values)
    } catch (error) {
      throw fail(error)
    }
  }
  return {
    table: (name) => describe(guarded, name),
    tables: async () => {
      const rows = await guarded(
        `SELECT TOP 1000 TABLE_SCHEMA + '.' + TABLE_NAME FROM INFORMATION_SCHEMA.TABLES ORDER BY 1`,
      )
      return rows.map(([name]) => name ?? '')
    },
    rows: async function* (query) {
      const rows = new PassThrough({ objectMode: true, highWaterMark: 1_000 })
      const asked = send(connection, selectSql(query), boundsOf(query), (row) => {
        if (rows.write(row)) return
        asked.request.pause()
        rows.once('drain', () => asked.request.resume())
      })
      asked.done.then(
        () => rows.end(),
        (error: unknown) => rows.destroy(fail(error)),
      )
      let text = ''
      try {
        for await (const row of rows as AsyncIterable<readonly (string | null)[]>) {
          text += textRow(row)
          if (text.length < 1 << 18) continue
          yield Buffer.from(text)
          text = ''
        }
      } finally {
        if (!rows.readableEnded) connection.close()
      }
      if (text !== '') yield Buffer.from(text)
    },
    highest: async (query) => {
      const [row] = await guarded(
        `SELECT CONVERT(nvarchar(max), MAX(${quoted(query.cursor.name)})) ${fromSql(query)}`,
        boundsOf(query),
      )
      return row?.[0] ?? null
    },
    close: async () => connection.close(),
  }
}

function settingsOf(url: string, fail: (error: unknown) => Error): ConstructorParameters<typeof Connection>[0] {
  const parts = URL.parse(url)
  if (parts === null || !/^(sqlserver|mssql):$/.test(parts.protocol))
    throw fail(new Error('the connection URL is not valid'))
  return {
    server: decodeURIComponent(parts.hostname),
    authentication: {
      type: 'default',
      options: { userName: decodeURIComponent(parts.username), password: decodeURIComponent(parts.password) },
    },
    options: {
      port: parts.port === '' ? 1433 : Number(parts.port),
      database: decodeURIComponent(parts.pathname.replace(/^\//, '')),
      encrypt: parts.searchParams.get('encrypt') !== 'false',
      trustServerCertificate: parts.searchParams.get('trustServerCertificate') === 'true',
      connectTimeout: 15_000,
      requestTimeout: 0,
      appName: 'trueworth',
      useUTC: true,
    },
  }
}

function send(
  connection: Connection,
  sql: string,
  values: readonly string[],
  onRow: (row: (string | null)[]) => void,
): { request: Request; done: Promise<void> } {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const request = new Request(sql, (error) => (error ? reject(error) : resolve()))
  for (const [index, value] of values.entries()) request.addParameter(`p${index}`, TYPES.NVarChar, value)
  request.on('row', (columns: { value: string | number | null }[]) =>
    onRow(columns.map(({ value }) => (value === null ? null : String(value)))),
  )
  connection.execSql(request)
  return { request, done: promise }
}

async function ask(connection: Connection, sql: string, values: readonly string[] = []): Promise<(string | null)[][]> {
  const rows: (string | null)[][] = []
  await send(connection, sql, values, (row) => rows.push(row)).done
  return rows
}

async function describe(
  guarded: (sql: string, values: readonly string[]) => Promise<(string | null)[][]>,
  name: string,
): Promise<DatabaseTable | undefined> {
  const parts = nameParts(name)
  const [schema, table] = parts.length > 1 ? [parts[0] ?? '', parts[1] ?? ''] : ['dbo', parts[0] ?? '']
  const rows = await guarded(
    `SELECT COLUMN_NAME, DATA_TYPE, CONVERT(nvarchar(9), NUMERIC_PRECISION), CONVERT(nvarchar(9), NUMERIC_SCALE)
     FROM INFORMATION_SCHEMA.COLUMNS WHERE TABLE_SCHEMA = @p0 AND TABLE_NAME = @p1 ORDER BY ORDINAL_POSITION`,
    [schema, table],
  )
  if (rows.length === 0) return undefined
  return {
    sql: `${quoted(schema)}.${quoted(table)}`,
    columns: rows.map(([column, type, precision, scale]) => ({
      name: column ?? '',
      type: type ?? '',
      landed: landedType(type ?? '', Number(precision), Number(scale)),
    })),
  }
}

/** The DuckDB type that holds every value of a SQL Server type; text where none does. */
export function landedType(type: string, precision: number, scale: number): string {
  if (/^(tinyint|smallint|int|bigint)$/.test(type)) return 'BIGINT'
  if (type === 'bit') return 'BOOLEAN'
  if (/^(float|real)$/.test(type)) return 'DOUBLE'
  if (type === 'money') return 'DECIMAL(19,4)'
  if (type === 'smallmoney') return 'DECIMAL(10,4)'
  if (/^(decimal|numeric)$/.test(type)) return `DECIMAL(${precision},${scale})`
  if (type === 'date') return 'DATE'
  if (/^(datetime|datetime2|smalldatetime)$/.test(type)) return 'TIMESTAMP'
  return type === 'datetimeoffset' ? 'TIMESTAMP WITH TIME ZONE' : 'VARCHAR'
}

/** A column as text: ISO 8601 for what is a time, hex for what is no text, all digits of a number. */
export function fieldSql({ name, type }: Pick<DatabaseColumn, 'name' | 'type'>): string {
  const column = quoted(name)
  const style = (number: number): string => `CONVERT(nvarchar(max), ${column}, ${number})`
  if (/^(date|datetime|datetime2|smalldatetime|datetimeoffset)$/.test(type)) return style(121)
  if (/^(float|real)$/.test(type)) return style(3)
  if (/^(money|smallmoney)$/.test(type)) return style(2)
  if (/^(binary|varbinary|image|timestamp|rowversion)$/.test(type))
    return `LOWER(CONVERT(nvarchar(max), CAST(${column} AS varbinary(max)), 2))`
  return `CONVERT(nvarchar(max), ${column})`
}

export function selectSql(query: TableQuery): string {
  const top = query.limit === undefined ? '' : `TOP ${query.limit} `
  return `SELECT ${top}${query.table.columns.map(fieldSql).join(', ')} ${fromSql(query)}`
}

function fromSql({ table, cursor, since, until }: TableQuery): string {
  if (cursor === undefined) return `FROM ${table.sql}`
  const column = quoted(cursor.name)
  const places = boundsOf({ since, until }).map((_, index) => `@p${index}`)
  const conditions = [
    ...(since === null ? [] : [`(${until === null ? `${column} IS NULL OR ` : ''}${column} >= ${places[0]})`]),
    ...(until === null ? [] : [`${column} < ${places.at(-1)}`]),
  ]
  return `FROM ${table.sql}${conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`}`
}

function boundsOf({ since, until }: Pick<TableQuery, 'since' | 'until'>): string[] {
  return [since, until].filter((bound) => bound !== null)
}

function quoted(name: string): string {
  return `[${name.replaceAll(']', ']]')}]`
}
