import { createConnection, type Connection, type TypeCastField } from 'mysql2'
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
  system: 'MySQL',
  example: 'mysql://user:password@host:3306/database',
  codes: {
    ER_ACCESS_DENIED_ERROR: 'database_password',
    ER_ACCESS_DENIED_NO_PASSWORD_ERROR: 'database_password',
    ER_HOST_NOT_PRIVILEGED: 'database_refuses_user',
    ER_HOST_IS_BLOCKED: 'database_refuses_user',
    ER_DBACCESS_DENIED_ERROR: 'database_no_permission',
    ER_TABLEACCESS_DENIED_ERROR: 'database_no_permission',
    ER_COLUMNACCESS_DENIED_ERROR: 'database_no_permission',
    ER_BAD_DB_ERROR: 'database_missing',
    ER_CON_COUNT_ERROR: 'database_full',
    ENOTFOUND: 'database_no_host',
    ECONNREFUSED: 'database_no_answer',
  },
  passes: (code, message) =>
    /^E[A-Z]/.test(code) && !code.startsWith('ER_')
      ? true
      : /^(PROTOCOL_|ER_CON_COUNT|ER_SERVER_SHUTDOWN|ER_LOCK_|ER_QUERY_INTERRUPTED|ER_TOO_MANY_USER)/.test(code) ||
        /closed|timeout|lost/i.test(message),
}

/** Sets what a session must have; a server that does not know a setting is not asked twice. */
const SETTINGS = [
  `SET SESSION sql_mode = '', time_zone = '+00:00', net_write_timeout = 28800, net_read_timeout = 28800`,
  `SET SESSION max_execution_time = 0`,
  `SET SESSION max_statement_time = 0`,
]

/** MySQL and MariaDB. Rows come as text, in one consistent snapshot of the tables that can give one (InnoDB). */
export async function openMysql(url: string, source: string, entity?: string): Promise<DatabaseSnapshot> {
  const fail = (error: unknown) => databaseError(error, FAULTS, { url, source, entity })
  const connection = connect(url, fail)
  // The error reaches whoever waits for an answer; without a listener it would end the process.
  connection.on('error', () => undefined)
  const ask = async <Row>(sql: string, values: readonly unknown[] = []): Promise<Row[]> =>
    new Promise((resolve, reject) =>
      connection.query({ sql, values: [...values], typeCast: asText }, (error, rows) =>
        error ? reject(fail(error)) : resolve(rows as Row[]),
      ),
    )
  try {
    for (const [index, setting] of SETTINGS.entries()) {
      await ask(setting).catch((error: unknown) => {
        if (index === 0) throw error
      })
    }
    await ask('SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ')
    await ask('START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY')
  } catch (error) {
    connection.destroy()
    throw error
  }
  return {
    table: async (name) => describe(ask, name),
    tables: async () => {
      const rows = await ask<{ name: string }>(
        `SELECT CONCAT(table_schema, '.', table_name) AS name FROM information_schema.tables
         WHERE table_schema NOT IN ('mysql', 'information_schema', 'performance_schema', 'sys') ORDER BY 1 LIMIT 1000`,
      )
      return rows.map(({ name }) => name)
    },
    rows: (query) => rowsOf(connection, query, fail),
    highest: async (query) => {
      const { sql, values } = fromSql(query)
      const [row] = await ask<{ highest: string | null }>(
        `SELECT MAX(${quoted(query.cursor.name)}) AS highest ${sql}`,
        values,
      )
      return row?.highest ?? null
    },
    close: async () => connection.destroy(),
  }
}

function connect(url: string, fail: (error: unknown) => Error): Connection {
  const parts = URL.parse(url)
  if (parts === null || !/^(mysql|mariadb):$/.test(parts.protocol))
    throw fail(new Error('the connection URL is not valid'))
  const ssl = parts.searchParams.get('ssl')
  return createConnection({
    host: decodeURIComponent(parts.hostname.replace(/^\[(.*)\]$/, '$1')),
    port: parts.port === '' ? 3306 : Number(parts.port),
    user: decodeURIComponent(parts.username),
    password: decodeURIComponent(parts.password),
    database: decodeURIComponent(parts.pathname.replace(/^\//, '')),
    charset: 'utf8mb4_bin',
    connectTimeout: 15_000,
    enableKeepAlive: true,
    // Encrypted without asking who answers, unless the URL says verify.
    ...(ssl !== null && ssl !== 'false' && { ssl: { rejectUnauthorized: ssl === 'verify' } }),
  })
}

/** Every value as the server writes it. */
function asText(field: TypeCastField): string | null {
  return field.string('utf8')
}

type Ask = <Row>(sql: string, values?: readonly unknown[]) => Promise<Row[]>

async function describe(ask: Ask, name: string): Promise<DatabaseTable | undefined> {
  const parts = nameParts(name)
  const [schema, table] = parts.length > 1 ? [parts[0], parts[1]] : [null, parts[0]]
  const rows = await ask<{ name: string; type: string; place: string }>(
    `SELECT column_name AS name, column_type AS type, table_schema AS place FROM information_schema.columns
     WHERE table_schema = COALESCE(?, DATABASE()) AND table_name = ? ORDER BY ordinal_position`,
    [schema, table],
  )
  const [first] = rows
  if (first === undefined) return undefined
  return {
    sql: `${quoted(first.place)}.${quoted(table ?? '')}`,
    columns: rows.map((row) => ({ name: row.name, type: row.type, landed: landedType(row.type) })),
  }
}

/** The DuckDB type that holds every value of a MySQL type; text where none does. */
function landedType(type: string): string {
  if (/^(tinyint|smallint|mediumint|int|year)\b/.test(type)) return 'BIGINT'
  if (/^bigint\b/.test(type)) return type.includes('unsigned') ? 'DECIMAL(20,0)' : 'BIGINT'
  if (/^bit\b/.test(type)) return 'DECIMAL(20,0)'
  if (/^(float|double)\b/.test(type)) return 'DOUBLE'
  if (type === 'date') return 'DATE'
  if (/^datetime\b/.test(type)) return 'TIMESTAMP'
  if (/^timestamp\b/.test(type)) return 'TIMESTAMP WITH TIME ZONE'
  const decimal = /^decimal\((\d+),(\d+)\)/.exec(type)
  return decimal !== null && Number(decimal[1]) <= 38 ? `DECIMAL(${decimal[1]},${decimal[2]})` : 'VARCHAR'
}

/** What is no text by nature comes as hex; the day zero, which MySQL writes for no day, as nothing. */
function fieldSql({ name, type }: DatabaseColumn): string {
  const column = quoted(name)
  if (/^(binary|varbinary|.*blob)/.test(type)) return `LOWER(HEX(${column}))`
  if (/^bit\b/.test(type)) return `${column} + 0`
  if (/^(geometry|point|linestring|polygon|multi|geom)/.test(type)) return `ST_AsText(${column})`
  if (/^(date|timestamp)/.test(type)) return `IF(CAST(${column} AS CHAR) LIKE '0000-00-00%', NULL, ${column})`
  return column
}

function fromSql({ table, cursor, since, until }: TableQuery): { sql: string; values: string[] } {
  if (cursor === undefined) return { sql: `FROM ${table.sql}`, values: [] }
  const column = quoted(cursor.name)
  const conditions = [
    ...(since === null ? [] : [`(${until === null ? `${column} IS NULL OR ` : ''}${column} >= ?)`]),
    ...(until === null ? [] : [`${column} < ?`]),
  ]
  const where = conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`
  // An instant is compared as the session writes it: in UTC, without an offset.
  const values = [since, until].flatMap((bound) => (bound === null ? [] : [bound.replace(/(Z|[+-]00(:?00)?)$/, '')]))
  return { sql: `FROM ${table.sql}${where}`, values }
}

/** So many bytes of text are handed on at once. */
const BLOCK_BYTES = 1 << 18

async function* rowsOf(
  connection: Connection,
  query: TableQuery,
  fail: (error: unknown) => Error,
): AsyncGenerator<Uint8Array> {
  const { sql, values } = fromSql(query)
  const fields = query.table.columns.map(fieldSql)
  const end = query.limit === undefined ? '' : ` LIMIT ${query.limit}`
  const asked = connection.query({
    sql: `SELECT ${fields.join(', ')} ${sql}${end}`,
    values,
    rowsAsArray: true,
    typeCast: asText,
  })
  const rows = asked.stream({ highWaterMark: 1_000 })
  // A connection that breaks tells its queries only where they have a callback.
  connection.once('error', (error) => rows.destroy(error))
  let text = ''
  try {
    for await (const row of rows as AsyncIterable<readonly (string | null)[]>) {
      text += textRow(row)
      if (text.length < BLOCK_BYTES) continue
      yield Buffer.from(text)
      text = ''
    }
  } catch (error) {
    throw fail(error)
  } finally {
    // A reader that leaves early leaves the server in the middle of an answer.
    if (!rows.readableEnded) connection.destroy()
  }
  if (text !== '') yield Buffer.from(text)
}

function quoted(name: string): string {
  return `\`${name.replaceAll('`', '``')}\``
}
